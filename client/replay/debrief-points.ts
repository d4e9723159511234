/** What only the debrief knows, for a replay: the moves that made it worse, and the truth in a sentence. */
import type { Debrief, WorseMove } from '@chaotic-good/engine/protocol/debrief';
import { gameTimeText } from '../ui/format.ts';
import type { DecisionPoint } from './replay-messages.ts';

/** The points with those moves among them, in order of time; a move takes the place of its own write. */
export function withWorse(
  points: readonly DecisionPoint[],
  worse: readonly Pick<WorseMove, 'second' | 'role' | 'title' | 'line'>[],
): DecisionPoint[] {
  const moves = worse.map(({ second, role, title, line }): DecisionPoint => {
    const text = `${role === '' ? '' : `${role}: `}${line} (made it worse: ${title})`;
    return { second: Math.ceil(second), kind: 'worse', text };
  });
  const isMove = ({ second, kind, text }: DecisionPoint) =>
    kind === 'worse' || worse.some((move) => Math.abs(move.second - second) <= 1 && text.includes(move.line));
  return [...points.filter((point) => !isMove(point)), ...moves].sort((a, b) => a.second - b.second);
}

/** What was wrong, since when. */
export function truthSentence({ truth }: Pick<Debrief, 'truth'>): string {
  const since = gameTimeText(truth.onsetMicros / 1e6);
  return `The truth: ${truth.component}, ${truth.mechanism.toLowerCase()}, from ${since} on.`;
}
