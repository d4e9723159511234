/** Names with gaps: `polls-*` matches `polls-7c9f-x2x4l`. The only wildcard is `*`: any text, also none. */

/** True when the whole name matches the pattern. */
export function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  if (!name.startsWith(parts[0])) return false;
  let from = parts[0].length;
  for (let at = 1; at < parts.length - 1; at++) {
    const found = name.indexOf(parts[at], from);
    if (found < 0) return false;
    from = found + parts[at].length;
  }
  const last = parts[parts.length - 1];
  return name.length - last.length >= from && name.endsWith(last);
}
