/** The words of a filter, sorted into switches, options with values, and the rest. */
export type FilterWords = {
  /** Switches that are set, by letter. */
  switches: Set<string>;
  /** Values of options, by letter; those given more than once in order. */
  values: Map<string, string[]>;
  /** What is no option. */
  operands: string[];
  /** The first word that is not known, or ''. */
  unknown: string;
};

/**
 * Sorts words as the small Unix tools do: letters may stand together (`-iv`), a value may follow at once
 * (`-n5`) or as the next word, `-5` is short for `-n 5`, and `--long` names are mapped to letters.
 */
export function sortWords(
  words: readonly string[],
  known: { switches: string; values: string; long?: Record<string, string> },
): FilterWords {
  const found: FilterWords = { switches: new Set(), values: new Map(), operands: [], unknown: '' };
  const keep = (letter: string, value: string) =>
    found.values.set(letter, [...(found.values.get(letter) ?? []), value]);
  const take = (letters: string, next: () => string) => {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters[at];
      if (known.values.includes(letter)) {
        keep(letter, letters.slice(at + 1) || next());
        return;
      }
      if (!known.switches.includes(letter)) found.unknown ||= `-${letters}`;
      found.switches.add(letter);
    }
  };
  let at = 0;
  let onlyOperands = false;
  const next = () => words[++at] ?? '';
  for (; at < words.length; at++) {
    const word = words[at];
    if (onlyOperands || word === '-' || !word.startsWith('-')) found.operands.push(word);
    else if (word === '--') onlyOperands = true;
    else if (/^-\d+$/.test(word) && known.values.includes('n')) keep('n', word.slice(1));
    else if (word.startsWith('--')) {
      const [name, value] = word.slice(2).split(/=(.*)/s);
      const letter = known.long?.[name];
      if (letter === undefined) found.unknown ||= word;
      else if (letter !== '') take(letter + (value ?? ''), next);
    } else take(word.slice(1), next);
  }
  return found;
}
