import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Happening, IncidentEvent } from '../protocol/events.ts';
import { phaseSeconds } from './phase-seconds.ts';

function log(...steps: [second: number, happening: Happening][]): IncidentEvent[] {
  return steps.map(([second, happening], at): IncidentEvent => {
    return { ...happening, audience: 'everyone', seq: at + 1, atMicros: second * 1e6, commandSeq: at + 1 };
  });
}

const took: Happening = { type: 'AlertAcknowledged', seat: 'ana', alertId: 'alert-1', title: 'Votes fail' };
const declared: Happening = { type: 'IncidentDeclared', seat: 'ana', severity: 'SEV2' };
const theory: Happening = {
  type: 'HypothesisAdded',
  seat: 'bo',
  hypothesisId: 'hypothesis-1',
  component: 'node/worker-1',
  mechanism: 'packet-loss',
  expectation: 'retransmits',
};

function ran(command: 'DeletePod' | 'Curl', ok = true): Happening {
  const target = { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: 'polls-1' };
  const change = {
    type: 'DeleteObject' as const,
    target,
    gracePeriodSeconds: null,
    propagationPolicy: 'Background' as const,
  };
  const look = {
    type: 'SendRequest' as const,
    token: 1,
    from: { namespace: 'polls', pod: 'polls-1', container: 'app' },
    to: { host: 'postgres', port: 5432 },
  };
  return {
    type: 'ClusterCommandRan',
    seat: 'bo',
    line: '',
    command: command === 'Curl' ? look : change,
    outcome: { ok, stdout: '', stderr: '', exitCode: ok ? 0 : 1, result: null },
  } as unknown as Happening;
}

const times = { onsetMicros: 60e6, impact: { beganSecond: 100, endedSecond: 400 }, closedAtMicros: 500.9e6 };

it('tells the time to notice, to find a theory, to act, until users were well, and until the close', () => {
  const events = log(
    [70, took],
    [110, took],
    [130, declared],
    [150, ran('Curl')],
    [160, theory],
    [170, ran('DeletePod', false)],
    [200, ran('DeletePod')],
    [300, ran('DeletePod')],
  );
  // The first page came before users were hurt, so nobody had to notice any more.
  expect(phaseSeconds(events, times)).toEqual({
    notice: 0,
    orient: 60,
    decide: 40,
    repair: 200,
    verify: 100,
  });
  expect(phaseSeconds(events.slice(1), times).notice).toBe(10);
});

it('takes nothing of the calm for an answer: alerts, theories and changes before the trouble', () => {
  const events = log([20, took], [30, theory], [40, ran('DeletePod')], [140, declared]);
  expect(phaseSeconds(events, times)).toEqual({ notice: 40, orient: 260, decide: 0, repair: 0, verify: 100 });
});

it('ends all phases before a change that nobody announced', () => {
  const events = log([150, ran('DeletePod')], [200, took], [210, theory]);
  expect(phaseSeconds(events, times)).toEqual({ notice: 50, orient: 0, decide: 0, repair: 250, verify: 100 });
});

it('repairs until the close when users never were well again, and knows no phase without harm', () => {
  const events = log([110, declared], [120, theory], [130, ran('DeletePod')]);
  const hurting = { ...times, impact: { beganSecond: 100, endedSecond: -1 } };
  const never = { ...times, impact: { beganSecond: -1, endedSecond: -1 } };
  expect(phaseSeconds(events, hurting)).toMatchObject({ decide: 10, repair: 370, verify: 0 });
  expect(Object.values(phaseSeconds(events, never))).toEqual([0, 0, 0, 0, 0]);
});

it('always fills the time from impact to close, no phase negative', () => {
  const step = fc.tuple(
    fc.integer({ min: 0, max: 700 }),
    fc.constantFrom(took, declared, theory, ran('DeletePod'), ran('Curl')),
  );
  const second = fc.integer({ min: -1, max: 700 });
  fc.assert(
    fc.property(
      fc.array(step),
      second,
      second,
      fc.integer({ min: 0, max: 700 }),
      (steps, began, ended, closed) => {
        const sorted = [...steps].sort(([left], [right]) => left - right);
        const impact = { beganSecond: began, endedSecond: ended < began ? -1 : ended };
        const phases = phaseSeconds(log(...sorted), {
          onsetMicros: 60e6,
          impact,
          closedAtMicros: closed * 1e6,
        });
        const spent = Object.values(phases);
        expect(Math.min(...spent)).toBeGreaterThanOrEqual(0);
        const due = began < 0 || closed <= began ? 0 : closed - began;
        expect(spent.reduce((sum, seconds) => sum + seconds, 0)).toBe(due);
      },
    ),
  );
});
