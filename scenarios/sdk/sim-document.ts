/** The document that `sim` prints: what was drawn, what happened, what it was worth. */
import { drawnInstance } from '@chaotic-good/engine/incident/draw';
import { badnessBySecond, costBetween } from '@chaotic-good/engine/incident/impact';
import type { CounterfactualRun } from '@chaotic-good/engine/incident/counterfactuals';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { endSecond } from '@chaotic-good/engine/incident/journey-samples';
import type { Judgement } from '@chaotic-good/engine/incident/judge';
import { horizonSeconds, scoringInput } from '@chaotic-good/engine/incident/scoring-input';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { EventOf, Happening } from '@chaotic-good/engine/protocol/events';
import { scoreIncident } from '@chaotic-good/engine/scoring/score-incident';
import type { PlayedLine } from './play-script.ts';
import { timeText } from './time-text.ts';

/** What the document is made of. */
export type SimResult = {
  /** The seed as it was typed. */
  seed: string;
  /** The closed and judged incident. */
  incident: Incident;
  /** Its judgement. */
  judged: Judgement;
  /** What would have been. */
  runs: { doNothing: CounterfactualRun; golden: CounterfactualRun };
  /** What came of the lines of the script. */
  lines: readonly PlayedLine[];
};

/** A number with at most three places, so that documents are readable. */
function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The newest event of a type. */
function lastEvent<Type extends Happening['type']>(
  incident: Incident,
  type: Type,
): EventOf<Type> | undefined {
  return incident.state.events.findLast((event) => event.type === type) as EventOf<Type> | undefined;
}

function drawnOf(incident: Incident) {
  const { draw, variant } = incident.state;
  const { choice, instance } = drawnInstance(incident.setup.scenario, draw);
  const { mechanism, component, params, fault } = instance;
  return {
    fault: choice.id,
    instance: instance.id,
    catalogueFault: fault,
    mechanism,
    component,
    params,
    onset: timeText(draw.onsetMicros),
    onsetMicros: draw.onsetMicros,
    prehistory: variant,
  };
}

function impactOf(run: { badness: Float64Array; failedActions: number; costCents: number }) {
  return {
    badnessSeconds: short(sum(run.badness)),
    failedActions: run.failedActions,
    costCents: run.costCents,
  };
}

/** Impact as played, with the run-on in place of what was left of the time, and as it would have been. */
function impactPart({ incident, judged, runs }: SimResult) {
  const { samples } = incident.state;
  const { journeys } = incident.setup.system;
  const horizon = horizonSeconds(incident);
  const played = costBetween(journeys, samples, 0, endSecond(samples));
  return {
    horizonSeconds: horizon,
    actual: impactOf({ badness: judged.badness.slice(0, horizon), ...played }),
    actualUntilClose: short(sum(badnessBySecond(journeys, samples))),
    doNothing: impactOf(runs.doNothing),
    golden: impactOf(runs.golden),
  };
}

function outcomeOf(incident: Incident) {
  const { state } = incident;
  const judgedEvent = lastEvent(incident, 'RecoveryJudged');
  return {
    closed: state.closed,
    closedAt: timeText(state.closedAtMicros),
    recovered: state.resolution.recovered,
    recovery: judgedEvent?.recovery ?? null,
    heldAtClose: judgedEvent?.heldAtClose ?? null,
    causeCured: judgedEvent?.causeCured ?? null,
    relapsedAfterSeconds: judgedEvent?.relapsedAfterSeconds ?? null,
    invariants: state.events
      .filter((event) => event.type === 'InvariantJudged')
      .map(({ invariantId, title, held }) => ({ id: invariantId, title, held })),
    leftovers: lastEvent(incident, 'LeftoversJudged')?.leftovers ?? [],
  };
}

/** Deterministic figures of the engine. */
function figuresOf(incident: Incident) {
  const { state, world, setup } = incident;
  const { cluster, kube } = world;
  return {
    simulatedSeconds: short(cluster.nowMicros / 1e6 + setup.scenario.prehistorySeconds),
    commands: state.commandSeq,
    events: state.events.length,
    journeys: setup.system.journeys.map(({ name }, at) => {
      const { good, bad, failed, slow, lost } = cluster.journeys[at];
      return { name, good, bad, failed, slow, lost };
    }),
    processes: cluster.processes.length,
    resourceVersion: kube.store.resourceVersion,
  };
}

/** The document, JSON-safe, with its members in a fixed order. */
export function simDocument(result: SimResult) {
  const { seed, incident, judged, runs, lines } = result;
  const { scenario, loadScale } = incident.setup;
  return {
    scenario: scenario.id,
    seed,
    loadScale,
    drawn: drawnOf(incident),
    outcome: outcomeOf(incident),
    score: scoreIncident(scoringInput(incident, judged, runs)),
    impact: impactPart(result),
    timeline: timelineOf(incident.state.events, { kind: 'referee' }, true).map(
      ({ seq, atMicros, kind, seat, text, tone }) => ({
        at: timeText(atMicros),
        seq,
        kind,
        seat,
        text,
        tone,
      }),
    ),
    lines: lines.map(({ atMicros, endMicros, ...line }) => ({
      at: timeText(atMicros),
      end: timeText(endMicros),
      ...line,
    })),
    figures: figuresOf(incident),
    stateHash: incidentHash(incident),
  };
}
