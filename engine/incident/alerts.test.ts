import { describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/cluster-state.ts';
import type { AlertRule } from '../protocol/alert-rule.ts';
import type { NewEvent } from '../protocol/events.ts';
import { journeyFixture, samplesFixture, times } from '../testing/fixtures.ts';
import type { SecondFixture } from '../testing/fixtures.ts';
import { burnRate, judgeAlerts, recallAlerts } from './alerts.ts';
import type { AlertMemory } from './alerts.ts';

const BURN: AlertRule = {
  id: 'vote-burn',
  title: 'Votes fail too often',
  severity: 'page',
  condition: {
    type: 'burnRate',
    sli: 'vote',
    objectiveRatio: 0.99,
    windows: [{ longSeconds: 60, shortSeconds: 10, factor: 14.4 }],
    forSeconds: 5,
  },
  keepFiringSeconds: 30,
};
const DISK: AlertRule = {
  id: 'disk',
  title: 'A volume is almost full',
  severity: 'ticket',
  condition: { type: 'threshold', signal: 'volumeUsedRatio', above: 0.85, forSeconds: 0 },
  keepFiringSeconds: 0,
};

function noMemory(): AlertMemory {
  return { rules: new Map(), fired: 0, throttle: new Map() };
}

/** What fired and resolved, second by second. */
function judgeOver(
  rules: AlertRule[],
  seconds: SecondFixture[],
  cluster: (second: number) => object,
): string[] {
  const memory = noMemory();
  const told: string[] = [];
  for (let second = 1; second <= seconds.length; second++) {
    const events: NewEvent[] = judgeAlerts(memory, {
      rules,
      journeys: [journeyFixture()],
      samples: samplesFixture([seconds.slice(0, second)]),
      cluster: {
        nowMicros: second * 1_000_000,
        processes: [],
        volumes: [],
        ...cluster(second),
      } as unknown as Cluster,
    });
    for (const event of events) {
      const subject = event.type === 'AlertFired' ? event.subject : '';
      told.push(`${second} ${event.type} ${'alertId' in event ? event.alertId : ''} ${subject}`.trim());
    }
  }
  return told;
}

describe('burn rate', () => {
  it('is the bad share over the budget', () => {
    // 60 s: 30 bad of 600 = 5 % against 1 % = 5×; last 10 s: 30 of 100 = 30×.
    const samples = samplesFixture([[...times(50, [10, 0]), ...times(10, [10, 3])]]);
    expect(burnRate(samples, 0, 60, 0.99)).toBeCloseTo(5, 9);
    expect(burnRate(samples, 0, 10, 0.99)).toBeCloseTo(30, 9);
    expect(burnRate(samplesFixture([[[0, 0]]]), 0, 10, 0.99)).toBe(0);
  });

  it('fires when both windows burn long enough, and resolves when it has been over', () => {
    // From second 60 on half of all fail: the long window reaches 14.4 % after 18 s (90 bad of 600 = 15×),
    // and 5 s later it fires. From 120 on all is well: the short window falls below 14.4 % after 8 s.
    const seconds = [...times(60, [10, 0]), ...times(60, [10, 5]), ...times(80, [10, 0])];
    expect(judgeOver([BURN], seconds, () => ({}))).toEqual([
      '83 AlertFired alert-1',
      '158 AlertResolved alert-1',
    ]);
  });

  it('does not fire on a short burst', () => {
    const seconds = [...times(60, [10, 0]), ...times(10, [10, 5]), ...times(60, [10, 0])];
    expect(judgeOver([BURN], seconds, () => ({}))).toEqual([]);
  });
});

describe('thresholds', () => {
  it('fire for each subject apart, again with a new id', () => {
    const volumes = (second: number) => ({
      volumes: [
        { name: 'a', usedBytes: second >= 3 && second !== 6 ? 90 : 50, capacityBytes: 100 },
        { name: 'b', usedBytes: second >= 5 ? 99 : 50, capacityBytes: 100 },
      ],
    });
    expect(judgeOver([DISK], times(7, [10, 0]), volumes)).toEqual([
      '3 AlertFired alert-1 a',
      '5 AlertFired alert-2 b',
      '6 AlertResolved alert-1',
      '7 AlertFired alert-3 a',
    ]);
  });

  it('count restarts of a container, not its first start', () => {
    const rule: AlertRule = {
      ...DISK,
      id: 'restarts',
      condition: { type: 'threshold', signal: 'containerRestarts', above: 1, forSeconds: 0 },
    };
    const started = (at: number) => ({
      owner: 'polls/polls-1/polls',
      startedMicros: at * 1_000_000,
      id: at,
      phase: 'exited',
    });
    const cluster = (second: number) => ({ processes: [0, 2, 4].filter((at) => at <= second).map(started) });
    expect(judgeOver([rule], times(6, [10, 0]), cluster)).toEqual([
      '4 AlertFired alert-1 polls/polls-1/polls',
    ]);
  });

  it('see throttling over the last minute', () => {
    const rule: AlertRule = {
      ...DISK,
      id: 'throttled',
      condition: { type: 'threshold', signal: 'throttledRatio', above: 0.5, forSeconds: 0 },
    };
    const cluster = (second: number) => ({
      processes: [
        {
          id: 0,
          owner: 'polls/polls-1/polls',
          startedMicros: 0,
          phase: 'running',
          // Ten periods a second; from second 30 on throttled in eight of them.
          cpu: { periods: second * 10, throttledPeriods: Math.max(0, second - 30) * 8 },
        },
      ],
    });
    const told = judgeOver([rule], times(120, [10, 0]), cluster);
    expect(told).toHaveLength(1);
    // Half of the window's periods are throttled once 62.5 % of the window lies after second 30.
    expect(Number(told[0].split(' ')[0])).toBeGreaterThan(60);
    expect(Number(told[0].split(' ')[0])).toBeLessThan(80);
  });

  it('that were crossed before time 0 fire at once', () => {
    const rule: AlertRule = { ...DISK, condition: { ...DISK.condition, forSeconds: 60 } };
    const volumes = [{ name: 'a', usedBytes: 90, capacityBytes: 100 }];
    const cluster = { nowMicros: 0, processes: [], volumes } as unknown as Cluster;
    const samples = samplesFixture([times(60, [10, 0])], -60);
    const inputs = { rules: [rule], journeys: [journeyFixture()], samples, cluster };
    const memory = noMemory();
    expect(judgeAlerts(noMemory(), inputs)).toEqual([]);
    recallAlerts(memory, inputs);
    expect(judgeAlerts(memory, inputs)).toMatchObject([{ type: 'AlertFired', subject: 'a' }]);
  });
});
