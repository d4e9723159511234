/** Keys of a replay: what they mean, unless somebody types or is on something with keys of its own. */

/** What a key means. */
export type ReplayKey = 'play' | 'before' | 'after' | 'back' | 'on';

const KEYS: Readonly<Record<string, ReplayKey>> = {
  ' ': 'play',
  '[': 'before',
  ']': 'after',
  ArrowLeft: 'back',
  ArrowRight: 'on',
};

/** Things that space and arrows belong to while they have the focus. */
const OWN_KEYS = 'input, textarea, select, button, a, summary, [role], [contenteditable], [tabindex="0"]';
/** Things into which every key is typed. */
const TYPED_INTO = 'input:not([type="range"], [type="checkbox"]), textarea, select, [contenteditable]';

/** What is read of a key event. */
export type ReplayPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** What a key means on this element, or null. */
export function readReplayKey(press: ReplayPress, target: Element): ReplayKey | null {
  const { key, ctrlKey, metaKey, altKey } = press;
  const meaning = KEYS[key];
  if (meaning === undefined || ctrlKey || metaKey || altKey) return null;
  if (target.closest(TYPED_INTO) !== null) return null;
  const isBracket = key === '[' || key === ']';
  return isBracket || target.closest(OWN_KEYS) === null ? meaning : null;
}
