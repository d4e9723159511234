import { describe, expect, it } from 'vitest';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import type { NewEvent } from '../protocol/events.ts';
import type { Viewer } from '../protocol/audience.ts';
import { checkFrameSecrets, checkLog } from '../testing/check-log.ts';
import { journeyFixture, runningWith, scenarioFixture } from '../testing/fixtures.ts';
import { frameFor } from './frame.ts';
import type { Incident } from './incident.ts';
import type { IncidentState } from './incident-state.ts';
import { recordEvents } from './record.ts';

const SECRET: NewEvent[] = [
  {
    type: 'OnsetDrawn',
    audience: 'referee',
    onsetMicros: 90_000_000,
    fault: 'network',
    instance: 'worker-2-half',
  },
  { type: 'FaultStarted', audience: 'referee', fault: 'network', instance: 'worker-2-half' },
  { type: 'ImpactBegan', audience: 'referee', second: 95 },
  { type: 'InvariantBroken', audience: 'referee', invariantId: 'data', title: 'No data is lost' },
];
const OPEN: NewEvent[] = [
  { type: 'MessagePosted', audience: 'everyone', seat: 'ana', text: 'Something is slow' },
  {
    type: 'CommandRefused',
    audience: { seat: 'ben' },
    seat: 'ben',
    command: 'Pause',
    rejection: { code: 'only-host', sentence: 'Only the host can do this. Ask the host.' },
  },
];

function incidentOf(state: IncidentState): Incident {
  const setup = {
    scenario: scenarioFixture(),
    system: { journeys: [journeyFixture()] } as never,
    loadScale: 1,
    telemetry: false,
  };
  return {
    setup,
    state,
    world: { cluster: { nowMicros: 100_000_000 } } as unknown as World,
    telemetry: null,
  };
}

function played(events: NewEvent[]): Incident {
  const state = runningWith('ana', 'ben');
  recordEvents(state, 100_000_000, 0, events);
  return incidentOf(state);
}

const seat = (name: string): Viewer => ({ kind: 'seat', seat: name, roles: ['ops'] });

describe('a frame', () => {
  it('holds nothing secret, for nobody who plays or watches', () => {
    const incident = played([...SECRET, ...OPEN]);
    for (const viewer of [seat('ana'), seat('ben'), { kind: 'public' } as const]) {
      expect(checkFrameSecrets(incident, viewer)).toEqual([]);
    }
  });

  it('is the same byte for byte whether or not something secret happened', () => {
    const withSecrets = JSON.stringify(frameFor(played([...SECRET, ...OPEN]), seat('ana'), 0));
    expect(withSecrets).toBe(JSON.stringify(frameFor(played(OPEN), seat('ana'), 0)));
  });

  it('tells a refusal only to the seat that was refused', () => {
    const kinds = (viewer: Viewer) => frameFor(played(OPEN), viewer, 0).timeline.map(({ kind }) => kind);
    expect(kinds(seat('ben'))).toContain('command-refused');
    expect(kinds(seat('ana'))).not.toContain('command-refused');
    expect(kinds({ kind: 'public' })).not.toContain('command-refused');
  });

  it('tells everything to everyone once it is closed and the truth may be told', () => {
    const over: NewEvent = {
      type: 'IncidentClosed',
      audience: 'everyone',
      reason: 'time-limit',
      recovered: false,
    };
    const closed = frameFor(played([...SECRET, over]), seat('ana'), 0);
    expect(closed.timeline.map(({ kind }) => kind)).not.toContain('fault-started');
    const told: NewEvent = { type: 'TruthRevealed', audience: 'everyone', filed: false };
    const frame = frameFor(played([...SECRET, over, told]), seat('ana'), 0);
    expect(frame.timeline.map(({ kind }) => kind)).toContain('fault-started');
    expect(frame.closed).toBe('time-limit');
  });

  it('is JSON that says the same after a journey', () => {
    const frame = frameFor(played(OPEN), seat('ana'), 0);
    expect(JSON.parse(JSON.stringify(frame))).toEqual(frame);
    expect(frame.journeys[0]).toMatchObject({ completed: 10, bad: 0, goodRatio: 1 });
  });

  it('goes on where the frame before ended', () => {
    const incident = played(OPEN);
    const upTo = incident.state.events.length;
    recordEvents(incident.state, 101_000_000, 0, [OPEN[0]]);
    expect(frameFor(incident, seat('ana'), upTo).timeline).toHaveLength(1);
  });
});

describe('the log', () => {
  it('numbers open and secret events apart, each without gaps', () => {
    const incident = played([OPEN[0], ...SECRET, OPEN[0]]);
    expect(checkLog(incident)).toEqual([]);
    expect(incident.state.events.filter((event) => event.seq > 1_000_000_000)).toHaveLength(4);
  });
});
