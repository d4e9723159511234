/** The debrief of a closed incident: what was true, what was done, what it was worth. No names of people. */
import { FAULTS } from '@chaotic-good/engine/faults/catalogue';
import type { CounterfactualRun } from '@chaotic-good/engine/incident/counterfactuals';
import { drawnInstance } from '@chaotic-good/engine/incident/draw';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { countsBetween, endSecond } from '@chaotic-good/engine/incident/journey-samples';
import type { Judgement } from '@chaotic-good/engine/incident/judge';
import { horizonSeconds, scoringInput } from '@chaotic-good/engine/incident/scoring-input';
import { phaseSeconds } from '@chaotic-good/engine/incident/phase-seconds';
import { rolesOfSeats } from '@chaotic-good/engine/incident/role-combination';
import { teamworkCounts } from '@chaotic-good/engine/incident/teamwork-counts';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { Debrief, DebriefCurve, RunOn, Truth } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf, Happening, IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import { matchesObservation } from '@chaotic-good/engine/protocol/observation-pattern';
import type { EvidenceSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { scoreIncident } from '@chaotic-good/engine/scoring/score-incident';
import { worseMoves } from '@chaotic-good/engine/scoring/worse-moves';
import { debriefSystem } from '../post-mortem/debrief-system.ts';
import { roleWriter } from './names-in-text.ts';
import { roleNames, withRoles } from './role-names.ts';
import { startedAtUnixMs } from './room-info.ts';

/** What a debrief is made of. */
export type DebriefParts = {
  /** The closed and judged incident. */
  incident: Incident;
  /** Its journal's header. */
  header: JournalHeader;
  /** Its judgement. */
  judged: Judgement;
  /** What would have been; only how users fared is needed. */
  runs: { doNothing: RunImpact; golden: RunImpact };
  /** What pinned charts showed, by the id of the pin. */
  pinned: Debrief['pinned'];
};

/** How users fared in a run that nobody played. */
export type RunImpact = Omit<CounterfactualRun, 'events'>;

function ofType<Type extends Happening['type']>(incident: Incident, type: Type): EventOf<Type>[] {
  return incident.state.events.filter((event): event is EventOf<Type> => event.type === type);
}

/** Four places suffice for a chart, and frozen results are small. */
function short(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** What was looked at before the fault began showed nothing of it. */
function seenSecond(incident: Incident, { any }: EvidenceSpec): number {
  const { onsetMicros } = incident.state.draw;
  const seen = ofType(incident, 'ObservationMade').find(
    ({ observation, atMicros }) =>
      atMicros >= onsetMicros && any.some((pattern) => matchesObservation(pattern, observation)),
  );
  return seen === undefined ? -1 : Math.floor(seen.atMicros / 1_000_000);
}

function truthOf(incident: Incident): Truth {
  const { state, setup } = incident;
  const { instance } = drawnInstance(setup.scenario, state.draw);
  const fault = FAULTS.find(({ id }) => id === instance.fault);
  return {
    title: fault?.title ?? instance.fault,
    summary: fault?.summary ?? '',
    component: instance.component,
    mechanism: MECHANISMS.find(({ id }) => id === instance.mechanism)?.title ?? instance.mechanism,
    onsetMicros: state.draw.onsetMicros,
    impactBeganSecond: state.impact.beganSecond,
    golden: instance.golden.lines.map(({ afterOnsetSeconds, argv }) => ({
      afterOnsetSeconds,
      line: argv.join(' '),
    })),
    evidence: instance.evidence.map((evidence) => ({
      title: evidence.title,
      seenSecond: seenSecond(incident, evidence),
    })),
  };
}

function journeyCurves({ setup, state }: Incident): DebriefCurve[] {
  const seconds = Math.max(0, endSecond(state.samples));
  return setup.system.journeys.map(({ title }, journey) => ({
    name: title,
    values: Array.from({ length: seconds }, (_, second) => {
      const { completed, bad } = countsBetween(state.samples, journey, second, second + 1);
      return completed === 0 ? -1 : short(1 - bad / completed);
    }),
  }));
}

function impactOf(judged: Judgement, runs: DebriefParts['runs']): Debrief['impact'] {
  const figures = ({ failedActions, costCents }: RunImpact) => ({ failedActions, costCents });
  return {
    actual: judged.impact,
    doNothing: figures(runs.doNothing),
    golden: figures(runs.golden),
  };
}

function curvesOf(incident: Incident, judged: Judgement, runs: DebriefParts['runs']): DebriefCurve[] {
  const horizon = horizonSeconds(incident);
  const curve = (name: string, badness: Float64Array) => ({
    name,
    values: Array.from(badness.slice(0, horizon), short),
  });
  return [
    curve('As played', judged.badness),
    curve('If nobody had done anything', runs.doNothing.badness),
    curve('The golden path', runs.golden.badness),
  ];
}

/** People who took a seat to play, also those who left, but for those who only looked on to the end. */
function playerCount(incident: Incident): number {
  const roles = rolesOfSeats(incident.state);
  const players = ofType(incident, 'SeatJoined').filter(
    ({ kind, seat }) => kind === 'player' && roles.get(seat)?.[0] !== 'observer',
  );
  return new Set(players.map(({ seat }) => seat)).size;
}

/** What users met after the close. */
function runOnOf(incident: Incident, judged: Judgement): RunOn {
  const closedSecond = Math.max(0, endSecond(incident.state.samples));
  const values = Array.from(judged.badness.slice(closedSecond), short);
  const relapsedAfterSeconds = ofType(incident, 'RecoveryJudged').at(-1)?.relapsedAfterSeconds ?? -1;
  return { seconds: values.length, relapsedAfterSeconds, values };
}

function hintsOf(incident: Incident): Debrief['hints'] {
  return ofType(incident, 'HintTaken').map(({ atMicros, level, text, priceShare }) => ({
    second: Math.floor(atMicros / 1_000_000),
    level,
    text,
    priceShare,
  }));
}

/** The debrief, and the log as it may be kept. */
export function buildDebrief({ incident, header, judged, runs, pinned }: DebriefParts): {
  debrief: Debrief;
  events: IncidentEvent[];
  /** Seat → role as people read it. */
  roles: Map<string, string>;
} {
  const { state, setup } = incident;
  const roles = roleNames(incident);
  const events = withRoles(state.events, roles, roleWriter(incident, roles));
  const { diagnosis } = state;
  const input = scoringInput(incident, judged, withoutEvents(runs));
  const journeys = journeyCurves(incident);
  const debrief: Debrief = {
    gameId: header.roomId,
    scenarioId: setup.scenario.id,
    title: setup.scenario.title,
    engineVersion: header.engineVersion,
    seed: header.seed,
    startedAtUnixMs: startedAtUnixMs(setup.scenario.localStart),
    closedAtMicros: state.closedAtMicros,
    closed: state.closed ?? 'abandoned',
    players: playerCount(incident),
    recovery: ofType(incident, 'RecoveryJudged').at(-1)?.recovery ?? 'none',
    truth: truthOf(incident),
    diagnosis: diagnosis && {
      component: diagnosis.component,
      mechanism: MECHANISMS.find(({ id }) => id === diagnosis.mechanism)?.title ?? diagnosis.mechanism,
    },
    score: scoreIncident(input),
    impact: impactOf(judged, runs),
    curves: curvesOf(incident, judged, runs),
    journeys,
    broken: [...new Set(ofType(incident, 'InvariantBroken').map(({ title }) => title))],
    leftovers: ofType(incident, 'LeftoversJudged').at(-1)?.leftovers ?? [],
    timeline: timelineOf(events, { kind: 'referee' }, true),
    runOn: runOnOf(incident, judged),
    worse: worseMoves(input, {
      journeys: setup.system.journeys.map(({ objectiveRatio }, at) => ({ ...journeys[at], objectiveRatio })),
      roleOf: (seat) => roles.get(seat) ?? '',
    }),
    hints: hintsOf(incident),
    teamwork: teamworkCounts(state.events, state.closedAtMicros),
    roomCode: header.roomCode ?? header.roomId,
    round: header.round ?? 1,
    team: state.teamName,
    faultClass: state.draw.fault,
    phases: phaseSeconds(state.events, {
      onsetMicros: state.draw.onsetMicros,
      impact: state.impact,
      closedAtMicros: state.closedAtMicros,
    }),
    heldAtUnixMs: header.startedAtUnixMs,
    system: debriefSystem(setup.system),
    pinned,
  };
  return { debrief, events, roles };
}

/** Scoring reads how users fared, never what happened in runs that nobody played. */
function withoutEvents({ doNothing, golden }: DebriefParts['runs']): Parameters<typeof scoringInput>[2] {
  return { doNothing: { ...doNothing, events: [] }, golden: { ...golden, events: [] } };
}
