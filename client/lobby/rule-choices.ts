/** The rules that a room can be opened with, and what they mean, in the words of the pages. */
import type { GameRules } from '@chaotic-good/engine/protocol/game-rules';

/** One way to play. */
export type RuleChoice = { id: string; title: string; sentence: string; rules: GameRules };

/** How a team practises: `TEAM_RULES` of the engine, which the page may not run. */
export const PRACTICE_RULES: GameRules = { mode: 'practice', calmSeconds: 90 };

/** Every one that is offered, the usual one first. */
export const RULE_CHOICES: readonly RuleChoice[] = [
  {
    id: 'practice',
    title: 'Practice',
    sentence: 'Nothing counts on a board: hints are free, harm costs no points, the host may stop the clock.',
    rules: PRACTICE_RULES,
  },
  {
    id: 'ranked',
    title: 'Ranked',
    sentence: 'The same for all: no pause, no more time; hints and harm cost points.',
    rules: { mode: 'ranked', calmSeconds: PRACTICE_RULES.calmSeconds },
  },
  {
    id: 'booth',
    title: 'Booth',
    sentence: 'Ranked, for strangers all day: only 30 s of calm before the trouble.',
    rules: { mode: 'ranked', calmSeconds: 30 },
  },
];

/** What holds in a room, for everybody in it: a word and a sentence. */
export function rulesInWords({ mode, calmSeconds }: GameRules): { title: string; sentence: string } {
  const choice = RULE_CHOICES.find(({ rules }) => rules.mode === mode)!;
  const calm =
    calmSeconds === 0
      ? 'There is no calm before the trouble.'
      : `It stays calm for ${calmSeconds} s, or until all are ready for trouble.`;
  return { title: choice.title, sentence: `${choice.sentence} ${calm}` };
}
