/** How a post-mortem writes text of people, money, counts and lengths of time. */

/** Text of people inside a table or list: one line, nothing that Markdown or HTML would act on. */
export function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|]/g, '\\$&')
    .replace(/</g, '&lt;');
}

/** Cents as dollars. */
export function money(cents: number): string {
  return `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A whole number with commas. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Seconds as `4 min 12 s`. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** The first letter small, unless the word is an abbreviation. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}

/** `14:06:21` of a moment in microseconds, on the clock of an incident that began at a Unix time, UTC. */
export function clockAt(startedAtUnixMs: number, atMicros: number): string {
  return new Date(startedAtUnixMs + atMicros / 1000).toISOString().slice(11, 19);
}
