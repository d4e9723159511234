/** The first letters of a name, as they stand where there is no room for more. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters =
    words.length > 1 ? [words[0], words[words.length - 1]].map((word) => [...word][0] ?? '') : [];
  return (letters.length > 1 ? letters.join('') : [...name.trim()].slice(0, 2).join('')).toUpperCase();
}
