/** Texts that players write: not empty, not endless. */
import type { Rejection } from '../../protocol/rejection.ts';

/** Longest message, note or expectation, characters. */
export const TEXT_CHARACTERS_MAX = 2000;

/** Longest proposal or next action, characters. */
export const PLAN_CHARACTERS_MAX = 300;

/** Longest title, text and place of a pin, characters. */
export const PIN_CHARACTERS_MAX = { title: 120, text: 600, place: 500 };

/** Longest name of a seat or a team, characters. */
export const NAME_CHARACTERS_MAX = 40;

/** What is wrong with a text, or null. */
export function textProblem(text: string, charactersMax = TEXT_CHARACTERS_MAX): Rejection | null {
  if (text.trim() === '') return { code: 'empty-text', sentence: 'Write something first.' };
  if (text.length > charactersMax) {
    return { code: 'too-long', sentence: `Shorten the text to ${charactersMax} characters.` };
  }
  return null;
}
