/** Every move that a draw has to show for itself: nobody, the best, right fixes, wrong moves, lazy ones. */
import { drawnInstance } from '@chaotic-good/engine/incident/draw';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import type { RecoveryClass } from '@chaotic-good/engine/protocol/recovery';
import type { Move, ScenarioSpec, WrongMoveExpectation } from '@chaotic-good/engine/protocol/scenario-spec';

/** What a move claims. */
export type MoveKind = 'do-nothing' | 'golden' | 'right-fix' | 'wrong-move' | 'cheat';

/** A move with its claim. */
export type AuthoredMove = {
  /** What it claims. */
  kind: MoveKind;
  /** Id, unique in its kind. */
  id: string;
  /** Its lines; null = nobody does anything. */
  move: Move | null;
  /** How its recovery must be classed, '' when anything goes. */
  recovery: RecoveryClass | '';
  /** How it must compare. */
  expectation: WrongMoveExpectation;
};

/** The moves of a draw, do-nothing first. */
export function authoredMoves(scenario: ScenarioSpec, draw: ForcedDraw): AuthoredMove[] {
  const { instance } = drawnInstance(scenario, draw);
  const made = (kind: MoveKind, move: Move, more: Partial<AuthoredMove> = {}): AuthoredMove => ({
    kind,
    id: move.id,
    move,
    recovery: '',
    expectation: {},
    ...more,
  });
  return [
    { kind: 'do-nothing', id: 'do-nothing', move: null, recovery: '', expectation: {} },
    made('golden', instance.golden),
    ...instance.rightFixes.map((fix) => made('right-fix', fix, { recovery: fix.class })),
    ...instance.wrongMoves.map((wrong) => made('wrong-move', wrong, { expectation: wrong.expectation })),
    ...scenario.cheats.map((cheat) => made('cheat', cheat)),
  ];
}

/** Seconds after onset of the first line; Infinity for nobody. */
export function firstLineSeconds({ move }: AuthoredMove): number {
  return Math.min(...(move?.lines ?? []).map((line) => line.afterOnsetSeconds));
}
