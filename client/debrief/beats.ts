/** The three beats in which a debrief opens, and the keys that lead through them. */

/** How many there are. */
export const BEATS = 3;

/** Keys by what they do: forward, back, or past all of them. */
const STEPS: Readonly<Record<string, number>> = {
  ' ': 1,
  Enter: 1,
  ArrowRight: 1,
  PageDown: 1,
  ArrowLeft: -1,
  PageUp: -1,
  Escape: BEATS,
};

/** What a key press is, as far as it matters here. */
export type BeatKey = {
  /** The key. */
  key: string;
  /** Whether Ctrl, Alt or the command key is held. */
  modified: boolean;
  /** Name of the element that has the focus, in capitals. */
  focused: string;
};

/** How many beats a key press goes forward; 0 when it means something else where it was pressed. */
export function beatStep({ key, modified, focused }: BeatKey): number {
  if (modified || /^(INPUT|TEXTAREA|SELECT)$/.test(focused)) return 0;
  // On a button or a link these two keys press it.
  if (/^(BUTTON|A)$/.test(focused) && (key === ' ' || key === 'Enter')) return 0;
  return STEPS[key] ?? 0;
}
