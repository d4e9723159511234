/** Words that do not belong into a blameless document, each with what to say in its place. */

const PHRASES: readonly [RegExp, string][] = [
  [/\bhuman error\b/i, 'Say what made the move sensible then, in place of “human error”.'],
  [/\boperator error\b/i, 'Say what made the move sensible then, in place of “operator error”.'],
  [/\bcareless(ly)?\b|\bnegligen(t|ce)\b/i, 'Say what could be seen then, in place of judging somebody.'],
  [/\bshould have\b|\bcould have\b/i, 'Say what was known then, in place of what should have been.'],
  [/\bfault of (the )?(ops|comms|scribe|commander)\b/i, 'Say what happened, not whose fault it was.'],
];
const OUTAGE = /\boutage\b/i;

/** What is known of the incident when its words are looked at. */
export type LanguageFacts = {
  /** Whether something went on working: then it was no outage. */
  partial: boolean;
  /** Names of people that must not stand in it. */
  names?: readonly string[];
};

/** What a text says that it should not, as advice; each once. */
export function languageProblems(text: string, { partial, names = [] }: LanguageFacts): string[] {
  const found = PHRASES.filter(([phrase]) => phrase.test(text)).map(([, advice]) => advice);
  if (partial && OUTAGE.test(text))
    found.push('Some users were served all the time: say what failed, not “outage”.');
  const words = new Set(text.split(/[^\p{L}\p{N}'-]+/u));
  for (const name of names) if (words.has(name)) found.push(`Say the role in place of ${name}.`);
  return [...new Set(found)];
}
