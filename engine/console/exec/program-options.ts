/** Options of the small programs: bundled letters, long names, values, `--`. */

/** The options and the other words of a program's line; or the option nobody knows. */
export type ProgramOptions =
  { ok: true; options: Map<string, string>; words: string[] } | { ok: false; unknown: string };

/**
 * Reads a program's words. `letters` lists the known letters, `valued` those that take a value; `longs` maps
 * long names to letters.
 */
export function readProgramOptions(
  argv: readonly string[],
  known: { letters: string; valued?: string; longs?: { readonly [name: string]: string } },
): ProgramOptions {
  const { letters, valued = '', longs = {} } = known;
  const options = new Map<string, string>();
  const words: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at];
    if (word === '--') {
      words.push(...argv.slice(at + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name, ...rest] = word.slice(2).split('=');
      const letter = Object.hasOwn(longs, name) ? longs[name] : undefined;
      if (letter === undefined) return { ok: false, unknown: `--${name}` };
      const isValued = valued.includes(letter);
      if (isValued && rest.length === 0) at += 1;
      options.set(letter, isValued ? (rest.length > 0 ? rest.join('=') : (argv[at] ?? '')) : '');
      continue;
    }
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    for (let index = 1; index < word.length; index++) {
      const letter = word[index];
      if (valued.includes(letter)) {
        const rest = word.slice(index + 1);
        if (rest === '') at += 1;
        options.set(letter, rest === '' ? (argv[at] ?? '') : rest);
        break;
      }
      if (!letters.includes(letter)) return { ok: false, unknown: letter };
      options.set(letter, '');
    }
  }
  return { ok: true, options, words };
}

/** What GNU programs say about an option they do not know. */
export function unknownOption(program: string, unknown: string): string {
  const text = unknown.startsWith('--')
    ? `unrecognized option '${unknown}'`
    : `invalid option -- '${unknown}'`;
  return `${program}: ${text}\nTry '${program} --help' for more information.`;
}
