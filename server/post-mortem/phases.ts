/** How the time was spent, from the first harm on. */
import type { PhaseSeconds } from '@chaotic-good/engine/protocol/debrief';
import type { PostMortemPhase } from '@chaotic-good/engine/protocol/post-mortem';
import { wellAgainSecond } from './ending.ts';
import type { PostMortemParts } from './parts.ts';

const PHASES: readonly [keyof PhaseSeconds, title: string, sentence: string][] = [
  ['notice', 'Notice', 'from the first harm until somebody took it on'],
  ['orient', 'Orient', 'until the first theory or change'],
  ['decide', 'Decide', 'until the first change of the system'],
  ['repair', 'Repair', 'until users were well for the last time'],
  ['verify', 'Verify', 'until it was closed'],
];

/** What the last phase was when users were not well again. */
const UNFINISHED: { [phase in keyof PhaseSeconds]: string } = {
  notice: 'from the first harm to the end: nobody took it on',
  orient: 'to the end: no theory, no change',
  decide: 'to the end: nothing was changed',
  repair: 'to the end: users were not well again',
  verify: 'until it was closed',
};

/** The phases that were entered, in order. */
export function postMortemPhases(parts: PostMortemParts): PostMortemPhase[] {
  const { phases } = parts.debrief;
  if (phases === undefined) return [];
  const entered = PHASES.filter(([id]) => phases[id] > 0);
  const isUnfinished = wellAgainSecond(parts) < 0;
  return entered.map(([id, title, sentence], at) => ({
    title,
    sentence: isUnfinished && at === entered.length - 1 ? UNFINISHED[id] : sentence,
    seconds: Math.round(phases[id]),
  }));
}
