/** Runs one move on an incident that stands at or before its first line, to the end and the judgement. */
import { badnessBySecond } from '@chaotic-good/engine/incident/impact';
import { runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { playLine } from '@chaotic-good/engine/incident/script';
import { horizonSeconds } from '@chaotic-good/engine/incident/scoring-input';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import type { RecoveryClass } from '@chaotic-good/engine/protocol/recovery';
import type { Move } from '@chaotic-good/engine/protocol/scenario-spec';
import type { AuthoredMove, MoveKind } from './authored-moves.ts';

/** The seat that plays moves; also the host. */
export const MOVE_SEAT = 'script';

/** A line that did not do what it says. */
export type FailedLine = {
  /** The words. */
  line: string;
  /** Exit code. */
  exitCode: number;
  /** What it complained about. */
  stderr: string;
};

/** How a move went. */
export type MoveRun = {
  /** What it claims, and which. */
  kind: MoveKind;
  id: string;
  /** Badness summed over the seconds up to the horizon. */
  impact: number;
  /** Whether the journeys held once. */
  recovered: boolean;
  /** Seconds from onset to that, −1 = never. */
  recoveredAfterSeconds: number;
  /** What the recovery was worth; `none` without a judgement. */
  recovery: RecoveryClass;
  /** Whether the cause was gone at the close. */
  causeCured: boolean;
  /** When the run-on relapsed, seconds after the close; −1 = never. */
  relapsedAfterSeconds: number;
  /** Invariants that were ever broken. */
  brokenInvariants: string[];
  /** Lines that failed. */
  failedLines: FailedLine[];
  /** Hash after the judgement. */
  hash: string;
  /** Badness by 20 seconds as digits: `.` = none, `9` = (nearly) all. */
  curve: string;
};

/** Seconds that one digit of a curve stands for. */
const CURVE_SECONDS = 20;

/** Types the lines at their times; answers with those that failed. */
function typeLines(incident: Incident, move: Move): FailedLine[] {
  const { onsetMicros } = incident.state.draw;
  const failed: FailedLine[] = [];
  const lines = move.lines.map((line, at) => ({ ...line, at }));
  lines.sort((a, b) => a.afterOnsetSeconds - b.afterOnsetSeconds || a.at - b.at);
  for (const { afterOnsetSeconds, argv } of lines) {
    runIncident(incident, Math.round(onsetMicros + afterOnsetSeconds * 1e6));
    if (incident.state.phase === 'closed') {
      failed.push({ line: argv.join(' '), exitCode: 1, stderr: 'the incident was over' });
      continue;
    }
    const { exitCode, stderr } = playLine(incident, MOVE_SEAT, argv);
    if (exitCode !== 0) failed.push({ line: argv.join(' '), exitCode, stderr: stderr.trim() });
  }
  return failed;
}

/** Lets time pass until the journeys have held, declares it resolved, and goes on to the close. */
function finish(incident: Incident, declares: boolean): void {
  const { state, world } = incident;
  while (state.phase === 'running') {
    if (declares && state.resolution.recovered && !state.resolution.declared) {
      const commandId = `declare ${state.commandSeq}`;
      submitCommand(incident, { commandId, seat: MOVE_SEAT, command: { type: 'DeclareResolved' } });
    }
    runIncident(incident, world.cluster.nowMicros + 1_000_000);
  }
}

function curveOf(badness: Float64Array): string {
  let curve = '';
  for (let from = 0; from < badness.length; from += CURVE_SECONDS) {
    const part = badness.subarray(from, from + CURVE_SECONDS);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    curve += mean < 0.005 ? '.' : String(Math.min(9, Math.floor(mean * 10)));
  }
  return curve;
}

/**
 * Runs a move. Nobody's run is not judged: it must not recover before time is up, and what would happen later
 * says nothing.
 */
export function runMove(incident: Incident, authored: AuthoredMove): MoveRun {
  const { state, setup } = incident;
  const { kind, id, move } = authored;
  const failedLines = move === null ? [] : typeLines(incident, move);
  finish(incident, move !== null);
  const horizon = horizonSeconds(incident);
  const all =
    move === null ? badnessBySecond(setup.system.journeys, state.samples) : judgeIncident(incident).badness;
  const badness = all.slice(0, horizon);
  const recovered = state.events.find((event) => event.type === 'IncidentRecovered');
  const judged = state.events.find((event) => event.type === 'RecoveryJudged');
  const broken = state.events.flatMap((event) => {
    if (event.type === 'InvariantBroken') return [event.invariantId];
    return event.type === 'InvariantJudged' && !event.held ? [event.invariantId] : [];
  });
  return {
    kind,
    id,
    impact: badness.reduce((sum, value) => sum + value, 0),
    recovered: recovered !== undefined,
    recoveredAfterSeconds:
      recovered === undefined ? -1 : recovered.second - Math.floor(state.draw.onsetMicros / 1e6),
    recovery: judged?.recovery ?? 'none',
    causeCured: judged?.causeCured ?? false,
    relapsedAfterSeconds: judged?.relapsedAfterSeconds ?? -1,
    brokenInvariants: [...new Set(broken)],
    failedLines,
    hash: incidentHash(incident),
    curve: curveOf(badness),
  };
}
