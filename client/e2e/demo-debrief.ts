/** The debrief of the recorded incident: judged, compared and scored as the server does it. */
import { runDoNothing, runGolden } from '@chaotic-good/engine/incident/counterfactuals';
import { drawnInstance, drawVariant } from '@chaotic-good/engine/incident/draw';
import { costBetween } from '@chaotic-good/engine/incident/impact';
import type { Incident, OpenOptions } from '@chaotic-good/engine/incident/incident';
import { endSecond } from '@chaotic-good/engine/incident/journey-samples';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { phaseSeconds } from '@chaotic-good/engine/incident/phase-seconds';
import { horizonSeconds, scoringInput } from '@chaotic-good/engine/incident/scoring-input';
import { teamworkCounts } from '@chaotic-good/engine/incident/teamwork-counts';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf, Happening } from '@chaotic-good/engine/protocol/events';
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import { ROLES } from '@chaotic-good/engine/protocol/roles';
import { scoreIncident } from '@chaotic-good/engine/scoring/score-incident';
import { worseMoves } from '@chaotic-good/engine/scoring/worse-moves';
import { DEMO_SEATS } from './demo-script.ts';

/** Seconds of the curves that are kept. */
const CURVE_SECONDS = 600;

function last<Type extends Happening['type']>(incident: Incident, type: Type): EventOf<Type> | undefined {
  return incident.state.events.findLast((event) => event.type === type) as EventOf<Type> | undefined;
}

function titleOf(mechanism: string): string {
  return MECHANISMS.find(({ id }) => id === mechanism)?.title ?? mechanism;
}

function roleOf(seat: string): string {
  const role = DEMO_SEATS.find((one) => one.seat === seat)?.role;
  return ROLES.find((one) => one.role === role)?.title ?? '';
}

function curve(
  name: string,
  values: ArrayLike<number>,
  seconds = CURVE_SECONDS,
): { name: string; values: number[] } {
  return {
    name,
    values: Array.from(values, (value) => Math.round(value * 1000) / 1000).slice(0, seconds),
  };
}

function truthOf(incident: Incident): Debrief['truth'] {
  const { draw, impact } = incident.state;
  const { choice, instance } = drawnInstance(incident.setup.scenario, draw);
  return {
    title: `${titleOf(instance.mechanism)}: ${instance.component}`,
    summary: `The fault ${choice.id} (${instance.id}) began and hurt users until it was held off.`,
    component: instance.component,
    mechanism: titleOf(instance.mechanism),
    onsetMicros: draw.onsetMicros,
    impactBeganSecond: impact.beganSecond,
    golden: instance.golden.lines.map(({ afterOnsetSeconds, argv }) => ({
      afterOnsetSeconds,
      line: argv.join(' '),
    })),
    evidence: instance.evidence.map(({ title }, at) => ({ title, seenSecond: at === 0 ? 92 : -1 })),
  };
}

/** Share of good journeys of each second. */
function journeyCurves(incident: Incident): Debrief['journeys'] {
  const { samples } = incident.state;
  return incident.setup.system.journeys.map(({ name }, at) => {
    const values: number[] = [];
    for (let second = 0; second < endSecond(samples); second++) {
      const { completed, bad } = countsOf(incident, at, second);
      values.push(completed === 0 ? -1 : 1 - bad / completed);
    }
    return curve(name, values);
  });
}

function countsOf(incident: Incident, journey: number, second: number): { completed: number; bad: number } {
  const { journeys } = incident.setup.system;
  const zero = journeys.map((spec, at) => ({ ...spec, failureCostCents: at === journey ? 1 : 0 }));
  const { costCents } = costBetween(zero, incident.state.samples, second, second + 1);
  return { completed: 25, bad: Math.min(25, costCents) };
}

/** What users met after the close. */
function runOnOf(incident: Incident, badness: Float64Array): Debrief['runOn'] {
  const { values } = curve('', badness.slice(endSecond(incident.state.samples)), Infinity);
  const relapsedAfterSeconds = last(incident, 'RecoveryJudged')?.relapsedAfterSeconds ?? -1;
  return { seconds: values.length, relapsedAfterSeconds, values };
}

/** Everything that the debrief page shows. */
export function demoDebrief(
  incident: Incident,
  quiet: OpenOptions,
  seed: string,
  startedAtUnixMs: number,
): Debrief {
  const judged = judgeIncident(incident);
  const { state, setup } = incident;
  const horizon = horizonSeconds(incident);
  const prehistory = buildPrehistory(quiet, drawVariant(quiet.seed));
  const runs = {
    doNothing: runDoNothing({ ...quiet, prehistory }, horizon),
    golden: runGolden({ ...quiet, prehistory }, horizon),
  };
  const input = scoringInput(incident, judged, runs);
  const journeys = journeyCurves(incident);
  const cost = ({ failedActions, costCents }: { failedActions: number; costCents: number }) => ({
    failedActions,
    costCents,
  });
  return {
    gameId: 'demo',
    scenarioId: setup.scenario.id,
    title: setup.scenario.title,
    engineVersion: 'demo',
    seed,
    startedAtUnixMs,
    closedAtMicros: state.closedAtMicros,
    closed: state.closed ?? 'host',
    players: DEMO_SEATS.length,
    recovery: last(incident, 'RecoveryJudged')?.recovery ?? 'none',
    truth: truthOf(incident),
    diagnosis: state.diagnosis && {
      component: state.diagnosis.component,
      mechanism: titleOf(state.diagnosis.mechanism),
    },
    score: scoreIncident(input),
    impact: {
      actual: cost(costBetween(setup.system.journeys, state.samples, 0, endSecond(state.samples))),
      doNothing: cost(runs.doNothing),
      golden: cost(runs.golden),
    },
    curves: [
      curve('actual', input.badness.actual),
      curve('doNothing', input.badness.doNothing),
      curve('golden', input.badness.golden),
    ],
    journeys,
    broken: [],
    leftovers: last(incident, 'LeftoversJudged')?.leftovers ?? [],
    timeline: timelineOf(state.events, { kind: 'referee' }, true).map((entry) => ({
      ...entry,
      seat: roleOf(entry.seat),
    })),
    runOn: runOnOf(incident, judged.badness),
    worse: worseMoves(input, {
      journeys: setup.system.journeys.map(({ objectiveRatio }, at) => ({ ...journeys[at], objectiveRatio })),
      roleOf,
    }),
    hints: [],
    teamwork: teamworkCounts(state.events, state.closedAtMicros),
    team: state.teamName,
    faultClass: state.draw.fault,
    phases: phaseSeconds(state.events, {
      onsetMicros: state.draw.onsetMicros,
      impact: state.impact,
      closedAtMicros: state.closedAtMicros,
    }),
  };
}
