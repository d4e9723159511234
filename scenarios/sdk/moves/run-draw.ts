/**
 * Runs every move of one draw of one seed.
 *
 * Why   Moves of a draw differ only from their first line on, so the time before is simulated once and
 *       snapshotted; the prehistory is built once for each of its eight variants.
 */
import { drawScenario, drawVariant } from '@chaotic-good/engine/incident/draw';
import type { ForcedDraw, ScenarioDraw } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { restoreIncident, snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { ScenarioWithSystem } from '../registry.ts';
import { authoredMoves, firstLineSeconds } from './authored-moves.ts';
import type { AuthoredMove } from './authored-moves.ts';
import { MOVE_SEAT, runMove } from './run-move.ts';
import type { MoveRun } from './run-move.ts';

/** Which draw of which seed. */
export type DrawToRun = {
  /** The scenario and its system. */
  subject: ScenarioWithSystem;
  /** The seed as typed. */
  seed: string;
  /** A choice in place of chance. */
  forced?: ForcedDraw;
  /** Share of the load. */
  loadScale: number;
  /** Which moves; all when absent. */
  only?: (move: AuthoredMove) => boolean;
};

/** Prehistories built so far, by variant; one cache for each scenario and load. */
export type PrehistoryCache = Map<string, Prehistory>;

function setupOf({ subject, loadScale }: DrawToRun): IncidentSetup {
  return { ...subject, loadScale, telemetry: false };
}

function prehistoryOf(setup: IncidentSetup, variant: number, cache: PrehistoryCache): Prehistory {
  const key = `${setup.scenario.id} ${setup.loadScale} ${variant}`;
  const known = cache.get(key) ?? buildPrehistory(setup, variant);
  cache.set(key, known);
  return known;
}

/** The incident of a draw, running, with the seat that plays moves. */
export function openDraw(draw: DrawToRun, cache: PrehistoryCache): Incident {
  const setup = setupOf(draw);
  const seed = seedFromText(draw.seed);
  const prehistory = prehistoryOf(setup, drawVariant(seed), cache);
  const incident = openIncident({ ...setup, seed, forced: draw.forced, prehistory });
  const say = (commandId: string, seat: string, command: Parameters<typeof submitCommand>[1]['command']) =>
    submitCommand(incident, { commandId, seat, command });
  say('seat', MOVE_SEAT, { type: 'JoinSeat', name: 'Script', kind: 'player' });
  say('start', SYSTEM_SEAT, { type: 'StartIncident' });
  return incident;
}

/** What was drawn, without opening anything. */
export function drawOf({ subject, seed, forced }: DrawToRun): ScenarioDraw {
  return drawScenario(subject.scenario, seedFromText(seed), forced);
}

function movesOf(draw: DrawToRun): AuthoredMove[] {
  return authoredMoves(draw.subject.scenario, drawOf(draw)).filter(draw.only ?? (() => true));
}

/** Runs every move, sharing the time before its first line. In the order of `authoredMoves`. */
export function runDraw(draw: DrawToRun, cache: PrehistoryCache): MoveRun[] {
  const moves = movesOf(draw);
  const base = openDraw(draw, cache);
  const { onsetMicros } = base.state.draw;
  const times = [...new Set(moves.map(firstLineSeconds))].filter(Number.isFinite).sort((a, b) => a - b);
  const runs = new Map<AuthoredMove, MoveRun>();
  for (const seconds of times) {
    runIncident(base, Math.round(onsetMicros + seconds * 1e6));
    const bytes = snapshotIncident(base);
    for (const move of moves.filter((one) => firstLineSeconds(one) === seconds)) {
      runs.set(move, runMove(restoreIncident(base.setup, bytes), move));
    }
  }
  const nobody = moves.find((move) => move.move === null);
  if (nobody !== undefined) runs.set(nobody, runMove(base, nobody));
  return moves.map((move) => runs.get(move)!);
}

/** The same runs, each from the beginning and without any snapshot: the hashes must be equal. */
export function runDrawApart(draw: DrawToRun, cache: PrehistoryCache): MoveRun[] {
  return movesOf(draw).map((move) => runMove(openDraw(draw, cache), move));
}
