/** Reads keys: single letters and `g` followed by another, with a pause that forgets. */

/** What a key means. */
export type KeyMeaning =
  | 'palette'
  | 'help'
  | 'filter'
  | 'acknowledge'
  | 'map'
  | 'logs'
  | 'terminal'
  | 'overview'
  | 'note'
  | 'plan'
  | 'status';

const AFTER_G: Readonly<Record<string, KeyMeaning>> = {
  m: 'map',
  l: 'logs',
  t: 'terminal',
  o: 'overview',
  p: 'plan',
  s: 'status',
};
const ALONE: Readonly<Record<string, KeyMeaning>> = {
  '?': 'help',
  '/': 'filter',
  a: 'acknowledge',
  n: 'note',
};
const FORGET_MS = 1000;

/** Every key with what it does, for the list. */
export const KEYS: readonly [string, string][] = [
  ['⌘K, Ctrl K', 'every place and action'],
  ['g m', 'map'],
  ['g o', 'overview'],
  ['g l', 'logs'],
  ['g t', 'terminal'],
  ['g p', 'plan'],
  ['g s', 'status page'],
  ['n', 'note on the timeline'],
  ['/', 'filter the logs'],
  ['a', 'acknowledge the newest page'],
  ['?', 'this list'],
];

/** Every key of a replay: what would change something has none, the scrubber has its own. */
export const REPLAY_KEYS: readonly [string, string][] = [
  ['space', 'play or stand still'],
  ['[ and ]', 'decision point before, and next'],
  ['← and →', '5 s back, and on'],
  ...KEYS.filter(([key]) => key !== 'a' && key !== 'n'),
];

/** What is known of the keys before. */
export type KeyMemory = { afterG: number };

/** What is read of a key event. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** What a key means, or null; `letters` = whether single letters are keys. */
export function readKey(
  memory: KeyMemory,
  press: KeyPress,
  typing: boolean,
  letters: boolean,
  nowMs: number,
): KeyMeaning | null {
  const { key, ctrlKey, metaKey, altKey } = press;
  if ((ctrlKey || metaKey) && key.toLowerCase() === 'k') return 'palette';
  if (ctrlKey || metaKey || altKey || typing || !letters) return null;
  const second = nowMs - memory.afterG < FORGET_MS;
  memory.afterG = key === 'g' && !second ? nowMs : -FORGET_MS;
  if (second) return AFTER_G[key] ?? null;
  return ALONE[key] ?? null;
}
