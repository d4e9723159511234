/** Splits a typed line into words as a shell does, without its programs: quotes and backslashes, no more. */

/** Signs that mean something to a shell and nothing to one command. */
const SHELL_SIGNS = /[|;&<>`$()]/;

/** The words, or null when the line needs a shell: pipes, lists, variables, a quote that never ends. */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at];
    if (sign === "'" || sign === '"') {
      const end = line.indexOf(sign, at + 1);
      if (end < 0) return null;
      const inside = line.slice(at + 1, end);
      if (sign === '"' && /[`$\\]/.test(inside)) return null;
      word = (word ?? '') + inside;
      at = end;
    } else if (sign === '\\') {
      if (at + 1 === line.length) return null;
      word = (word ?? '') + line[++at];
    } else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (SHELL_SIGNS.test(sign)) {
      return null;
    } else {
      word = (word ?? '') + sign;
    }
  }
  return word === null ? words : [...words, word];
}
