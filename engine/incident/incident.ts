/**
 * An incident: a world, what people make of it, and time. A pure function of its ordered inputs.
 *
 * How   `openIncident` takes a prehistory up at time 0 and draws; `runIncident` lets time pass up to a
 *       moment; `submitCommand` (submit.ts) changes things at the current moment. Slicing does not matter:
 *       everything of the incident's own is an event in the world's list, and steps end where a close can
 *       happen.
 */
import { schedule } from '../kernel/event-queue.ts';
import type { Seed } from '../kernel/chance.ts';
import { startFault } from '../faults/start-fault.ts';
import { EVENT_INQUIRY_ANSWERED } from '../platforms/kubernetes/event-kinds.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { runWorld } from '../platforms/kubernetes/world.ts';
import { SCRIPT_RULES } from '../protocol/game-rules.ts';
import type { GameRules } from '../protocol/game-rules.ts';
import { TIME_LIMIT_SECONDS_DEFAULT } from '../protocol/scenario-spec.ts';
import { recallAlerts } from './alerts.ts';
import { takeBaseline } from './baseline.ts';
import { endCalm } from './calm.ts';
import { drawnInstance, drawScenario, drawVariant } from './draw.ts';
import type { ForcedDraw } from './draw.ts';
import { EVENT_CALM_END, EVENT_ONSET, EVENT_SECOND, EVENT_TIMED_WRITE } from './event-kinds.ts';
import { createIncidentState } from './incident-state.ts';
import type { IncidentState } from './incident-state.ts';
import { buildPrehistory, openPrehistory, performTimedWrite } from './prehistory.ts';
import type { IncidentSetup, Prehistory } from './prehistory.ts';
import { recordEvents } from './record.ts';
import { noteAnswer } from './requests-by-hand.ts';
import { endOfSecond } from './second.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** An incident in memory. Only `world` and `state` are hashed; `telemetry` goes into snapshots too. */
export type Incident = {
  /** What stays the same. */
  setup: IncidentSetup;
  /** The cluster and its platform. */
  world: World;
  /** Everything else. */
  state: IncidentState;
  /** What monitoring knows of it; null when switched off. An incident runs exactly the same without. */
  telemetry: Telemetry | null;
};

/** What `openIncident` needs. */
export type OpenOptions = IncidentSetup & {
  /** Key of all draws from time 0 on. */
  seed: Seed;
  /** Its prehistory, if it is at hand; it must be of the variant that the seed draws. */
  prehistory?: Prehistory;
  /** A choice of fault and instance in place of chance; never of the onset. */
  forced?: ForcedDraw;
  /** What the room agreed on; `SCRIPT_RULES` without it. */
  rules?: GameRules;
  /** When the fault began as played, microseconds: for counterfactuals of a game whose calm ended early. */
  onsetMicros?: number;
};

/** An incident at time 0, in the lobby: nobody seated, time standing. */
export function openIncident(options: OpenOptions): Incident {
  const { scenario, system, loadScale, telemetry, seed } = options;
  const setup: IncidentSetup = { scenario, system, loadScale, telemetry };
  const variant = drawVariant(seed);
  const cached = options.prehistory?.variant === variant ? options.prehistory : undefined;
  const past = openPrehistory(setup, cached ?? buildPrehistory(setup, variant));
  const { world } = past;
  world.cluster.seed = seed.slice();
  const rules = options.rules ?? SCRIPT_RULES;
  const { calmSeconds } = rules;
  const draw = drawScenario(scenario, seed, options.forced, calmSeconds);
  if (options.onsetMicros !== undefined) draw.onsetMicros = options.onsetMicros;
  const state = createIncidentState({
    seed,
    scenarioId: scenario.id,
    rules,
    journeyNames: system.journeys.map(({ name }) => name),
    variant,
    draw,
    timeLimitMicros: (calmSeconds + (scenario.timeLimitSeconds ?? TIME_LIMIT_SECONDS_DEFAULT)) * 1_000_000,
    samples: past.samples,
    baseline: takeBaseline(world),
  });
  recallAlerts(state.alertMemory, {
    rules: scenario.alerts,
    journeys: system.journeys,
    samples: state.samples,
    cluster: world.cluster,
  });
  const { queue } = world.cluster;
  const { calm } = state.team;
  calm.onsetSlot = schedule(queue, draw.onsetMicros, EVENT_ONSET, 0, 0);
  if (!calm.ended) schedule(queue, calm.endsMicros, EVENT_CALM_END, 0, 0);
  recordEvents(state, 0, 0, [{ type: 'OnsetDrawn', audience: 'referee', ...draw }]);
  return { setup, world, state, telemetry: past.telemetry };
}

/** The fault begins, unseen. */
function beginFault(incident: Incident): void {
  const { setup, state, world } = incident;
  const { instance } = drawnInstance(setup.scenario, state.draw);
  startFault(world, instance.fault, instance.params);
  const { fault, instance: drawn } = state.draw;
  const started = { type: 'FaultStarted', audience: 'referee', fault, instance: drawn } as const;
  recordEvents(state, world.cluster.nowMicros, 0, [started]);
}

/** What the incident does when one of its own events is due. */
function handleIncidentEvent(incident: Incident, kind: number, a: number): void {
  if (kind === EVENT_SECOND) endOfSecond(incident);
  else if (kind === EVENT_TIMED_WRITE) performTimedWrite(incident.world, incident.setup.scenario, a);
  else if (kind === EVENT_ONSET) beginFault(incident);
  else if (kind === EVENT_CALM_END) endCalm(incident, false);
  else if (kind === EVENT_INQUIRY_ANSWERED) noteAnswer(incident, a);
}

/**
 * Lets time pass up to `untilMicros`, or up to the moment of closing; what is due at `untilMicros` itself
 * comes after the commands of that moment. In the lobby, while paused and after the close time stands still.
 */
export function runIncident(incident: Incident, untilMicros: number): void {
  const { world, state } = incident;
  const { cluster } = world;
  if (state.phase !== 'running' || cluster.nowMicros >= untilMicros) return;
  runWorld(world, untilMicros, (kind, a) => {
    handleIncidentEvent(incident, kind, a);
    return state.phase !== 'running';
  });
}

/** Lets time pass through `untilMicros`: what is due at that moment happens, too. */
export function runThrough(incident: Incident, untilMicros: number): void {
  runIncident(incident, untilMicros + 1);
}
