/** Small, whole examples with defaults, so that an option set in a test means something. */
import type { JourneySpec } from '../cluster/system-spec.ts';
import { createIncidentState } from '../incident/incident-state.ts';
import type { IncidentState } from '../incident/incident-state.ts';
import { createJourneySamples, takeSample } from '../incident/journey-samples.ts';
import type { JourneySamples } from '../incident/journey-samples.ts';
import { recordEvents } from '../incident/record.ts';
import { seedFromText } from '../kernel/chance.ts';
import type { NewEvent } from '../protocol/events.ts';
import { SCRIPT_RULES } from '../protocol/game-rules.ts';
import type { FaultInstance, ScenarioSpec } from '../protocol/scenario-spec.ts';

/** A journey; weight 1, objective 99 %, a failure costs a dollar. */
export function journeyFixture(over: Partial<JourneySpec> = {}): JourneySpec {
  return {
    name: 'vote',
    title: 'Vote',
    weight: 1,
    ratePerSecond: 10,
    objectiveRatio: 0.99,
    latencyThresholdMs: 500,
    failureCostCents: 100,
    steps: [],
    ...over,
  };
}

/** One second of one journey: how many ended, and how many of them badly. */
export type SecondFixture = [completed: number, bad: number];

/** Samples of one or more journeys from `firstSecond` on: `seconds[journey][second]`. */
export function samplesFixture(seconds: SecondFixture[][], firstSecond = 0): JourneySamples {
  const samples = createJourneySamples(firstSecond, seconds.length);
  const totals = seconds.map(() => [0, 0]);
  for (let at = 0; at < seconds[0].length; at++) {
    seconds.forEach((journey, number) => {
      totals[number][0] += journey[at][0];
      totals[number][1] += journey[at][1];
    });
    takeSample(samples, {
      journeys: seconds.length,
      readTotals: (journey, into, place) => {
        const [completed, bad] = totals[journey];
        into.set([completed, bad, bad, 0, 0], place);
      },
    });
  }
  return samples;
}

/** The same second over and over. */
export function times(count: number, second: SecondFixture): SecondFixture[] {
  return Array.from({ length: count }, () => second);
}

/** A way in which a fault can be drawn: packets lost on worker-2. */
export function instanceFixture(over: Partial<FaultInstance> = {}): FaultInstance {
  return {
    id: 'worker-2-half',
    weight: 1,
    fault: 'packet-drop',
    mechanism: 'packet-loss',
    params: { node: 'worker-2', port: 8080, share: 0.5 },
    component: 'node/worker-2',
    aliases: ['host/worker-2', 'link/*worker-2'],
    evidence: [
      {
        id: 'node-seen',
        title: 'worker-2 retransmits',
        any: [{ tool: 'top', resource: 'nodes', name: 'worker-2' }],
      },
      {
        id: 'timeouts',
        title: 'the proxy times out',
        any: [{ tool: 'logs', pod: 'proxy-*', template: 'timeout' }],
      },
      { id: 'placed', title: 'who runs there', any: [{ tool: 'get', resource: 'pods', name: 'polls-*' }] },
    ],
    cured: { type: 'noDataLost' },
    golden: { id: 'golden', title: 'Golden', lines: [] },
    rightFixes: [],
    wrongMoves: [],
    ...over,
  };
}

/** A scenario with one fault of one instance. */
export function scenarioFixture(
  over: Partial<ScenarioSpec> = {},
  instance: Partial<FaultInstance> = {},
): ScenarioSpec {
  return {
    schema: 1,
    id: 'fixture',
    title: 'Fixture',
    level: 'drill',
    story: 'Something is slow.',
    system: 'polls',
    namespace: 'polls',
    localStart: 'Tue 14:05',
    prehistorySeconds: 60,
    onsetSeconds: [60, 120],
    alerts: [],
    page: 'Votes fail.',
    backdrop: [],
    faults: [{ id: 'network', instances: [instanceFixture(instance)] }],
    cheats: [],
    invariants: [],
    ...over,
  };
}

/** A state at time 0 with an empty lobby and a minute of healthy past of one journey. */
export function stateFixture(): IncidentState {
  return createIncidentState({
    seed: seedFromText('fixture'),
    rules: SCRIPT_RULES,
    journeyNames: ['vote', 'read'],
    scenarioId: 'fixture',
    variant: 0,
    draw: { onsetMicros: 90_000_000, fault: 'network', instance: 'worker-2-half' },
    timeLimitMicros: 1_200_000_000,
    samples: samplesFixture([times(60, [10, 0])], -60),
    baseline: { dataEpochs: [], claims: new Map(), cordoned: [], objects: new Map() },
  });
}

/** A state after these events, one a second from time 0. */
export function stateAfter(...events: NewEvent[]): IncidentState {
  const state = stateFixture();
  events.forEach((event, second) => recordEvents(state, second * 1_000_000, 0, [event]));
  return state;
}

/** A running incident with these players; the first is the host. */
export function runningWith(...seats: string[]): IncidentState {
  const joined = seats.map((seat): NewEvent => ({
    type: 'SeatJoined',
    audience: 'everyone',
    seat,
    name: seat,
    kind: 'player',
  }));
  return stateAfter(
    ...joined,
    { type: 'HostPassed', audience: 'everyone', seat: seats[0] },
    { type: 'IncidentStarted', audience: 'everyone', timeLimitMicros: 1_200_000_000 },
  );
}
