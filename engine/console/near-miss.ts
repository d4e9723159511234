/** Finds what somebody most likely meant to type: names at most two edits away. */

const EDITS_MAX = 2;

/** The known words within two edits (fewer for short ones), nearest first, then in order of the alphabet. */
export function nearMisses(word: string, known: readonly string[]): string[] {
  const found = known
    .map((name) => ({ name, edits: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= EDITS_MAX && edits * 2 < name.length);
  found.sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return [...new Set(found.map(({ name }) => name))];
}

/** Fewest insertions, deletions, replacements and swaps from one word to the other; large when far apart. */
function editDistance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > EDITS_MAX) return EDITS_MAX + 1;
  let before: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = previous[column - 1] + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped =
        row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
          ? before[column - 2] + 1
          : replaced;
      current.push(Math.min(replaced, swapped, previous[column] + 1, current[column - 1] + 1));
    }
    before = previous;
    previous = current;
  }
  return previous[to.length];
}
