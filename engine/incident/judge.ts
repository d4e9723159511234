/**
 * The judgement after the close: lets a copy run on for 30 simulated minutes without players and records
 * what the recovery was worth, which invariants held, and what was left behind.
 *
 * durable    the cause is gone at the close, and the run-on stays well.
 * contained  the cause is still there, and the run-on stays well all the same.
 * masked     it had recovered at the close, and in the run-on users are hurt again.
 * none       neither. An incident that closes before its hold window is met may still settle: it counts
 *            as staying well when it recovers within five minutes of the close and does not relapse.
 */
import { invariant } from '../kernel/invariant.ts';
import type { NewEvent } from '../protocol/events.ts';
import type { RecoveryClass } from '../protocol/recovery.ts';
import { HOLD_SECONDS_DEFAULT } from '../protocol/scenario-spec.ts';
import { drawnInstance } from './draw.ts';
import { badnessBySecond, costBetween } from './impact.ts';
import { runThrough } from './incident.ts';
import type { Incident } from './incident.ts';
import { endSecond } from './journey-samples.ts';
import { findLeftovers } from './leftovers.ts';
import { holds } from './predicates.ts';
import { recordEvents } from './record.ts';
import { insideObjectives } from './resolution.ts';
import { restoreIncident, snapshotIncident } from './snapshot.ts';

/** How long the copy runs on, seconds. */
export const RUN_ON_SECONDS = 1800;
/** How long an unfinished recovery may take to settle after the close, seconds. */
const SETTLE_SECONDS = 300;
/** How often the run-on is looked at, microseconds. */
const STEP_MICROS = 60_000_000;
/** Later than any run-on ends, microseconds. */
const FAR_MICROS = 1_000_000_000_000;

/** What the judgement tells besides events. */
export type Judgement = {
  /** Badness of each second from 0 to the end of the run-on. */
  badness: Float64Array;
  /** What users met from 0 to the time limit; after the close, what they met in the run-on. */
  impact: { failedActions: number; costCents: number };
};

/**
 * A copy of a closed incident in which time runs again, without players: for 30 minutes, or until the
 * judgement can no longer change.
 */
function runOn(incident: Incident, held: boolean): Incident {
  const copy = restoreIncident(
    { ...incident.setup, telemetry: false },
    snapshotIncident({ ...incident, telemetry: null }),
  );
  copy.state.phase = 'running';
  copy.state.resolution.declared = false;
  copy.state.timeLimitMicros = FAR_MICROS;
  // Up to the time limit at least, because impact counts up to there.
  const closedMicros = incident.world.cluster.nowMicros;
  const settledMicros = Math.max(closedMicros + SETTLE_SECONDS * 1_000_000, incident.state.timeLimitMicros);
  const endMicros = Math.max(closedMicros + RUN_ON_SECONDS * 1_000_000, incident.state.timeLimitMicros);
  runThrough(copy, settledMicros);
  const { well } = lookAtRunOn(incident, copy, held);
  // What is not well by now can only stay so; what is well must prove it to the end.
  for (let at = settledMicros; well && at < endMicros; at += STEP_MICROS) {
    if (!lookAtRunOn(incident, copy, held).well) break;
    runThrough(copy, Math.min(endMicros, at + STEP_MICROS));
  }
  return copy;
}

/** Whether the journeys had held when it closed; an incident that never hurt anybody held, too. */
function heldAtClose(incident: Incident): boolean {
  const { state, setup } = incident;
  if (state.impact.beganSecond >= 0) return state.resolution.recovered;
  const now = endSecond(state.samples);
  const holdSeconds = setup.scenario.holdSeconds ?? HOLD_SECONDS_DEFAULT;
  return insideObjectives(setup.system.journeys, state.samples, now - holdSeconds, now);
}

/** What happened to the copy after the close. */
function lookAtRunOn(
  incident: Incident,
  copy: Incident,
  held: boolean,
): { well: boolean; relapsedAfter: number } {
  const closedSecond = Math.floor(incident.state.closedAtMicros / 1_000_000);
  let well = held;
  for (const event of copy.state.events.slice(incident.state.events.length)) {
    const hurt = event.type === 'IncidentRelapsed' || (event.type === 'ImpactBegan' && held);
    if (hurt) return { well: false, relapsedAfter: Math.max(0, event.second - closedSecond) };
    if (event.type === 'IncidentRecovered' && event.second - closedSecond <= SETTLE_SECONDS) well = true;
  }
  return { well, relapsedAfter: -1 };
}

function classify(held: boolean, well: boolean, cured: boolean): RecoveryClass {
  if (well) return cured ? 'durable' : 'contained';
  return held ? 'masked' : 'none';
}

/** Judges a closed incident, once: records the judgement in its log. */
export function judgeIncident(incident: Incident): Judgement {
  const { state, setup, world } = incident;
  invariant(state.phase === 'closed', 'only a closed incident is judged');
  const held = heldAtClose(incident);
  const copy = runOn(incident, held);
  const { journeys } = setup.system;
  const { samples } = copy.state;
  const judgement: Judgement = {
    badness: badnessBySecond(journeys, samples),
    impact: costBetween(journeys, samples, 0, Math.ceil(state.timeLimitMicros / 1_000_000)),
  };
  if (state.events.some((event) => event.type === 'RecoveryJudged')) return judgement;
  const { instance } = drawnInstance(setup.scenario, state.draw);
  const causeCured = holds(world, state.baseline, instance.cured);
  const { well, relapsedAfter } = lookAtRunOn(incident, copy, held);
  const judged: NewEvent[] = [
    {
      type: 'RecoveryJudged',
      audience: 'everyone',
      recovery: classify(held, well, causeCured),
      heldAtClose: held,
      causeCured,
      relapsedAfterSeconds: relapsedAfter,
      runOnSeconds: endSecond(copy.state.samples) - endSecond(state.samples),
    },
  ];
  for (const { id, title, holds: asked } of setup.scenario.invariants) {
    const intact = holds(world, state.baseline, asked);
    judged.push({ type: 'InvariantJudged', audience: 'everyone', invariantId: id, title, held: intact });
  }
  const leftovers = findLeftovers(world, state.baseline, state.events);
  judged.push({ type: 'LeftoversJudged', audience: 'everyone', leftovers });
  recordEvents(state, state.closedAtMicros, 0, judged);
  return judgement;
}
