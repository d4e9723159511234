/** How a post-mortem writes money, counts, times and lengths of time. Plain text; whoever renders escapes. */

/** Cents as dollars. */
export function money(cents: number): string {
  return `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** A whole number with commas. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 user action`, `3 user actions`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** Seconds as `4 min 12 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  const rest = whole - minutes * 60;
  return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** A share (0–1) in per cent: small failures of a good share stay visible. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  const fine = (value > 90 && value < 100) || (value > 0 && value < 10);
  return `${fine ? value.toFixed(1) : Math.round(value)} %`;
}

/** The first letter small, unless the word is an abbreviation. */
export function lowerFirst(text: string): string {
  return /^[A-Z][a-z]|^A /.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}

/** The first letter large. */
export function upperFirst(text: string): string {
  return text === '' ? '' : text[0].toUpperCase() + text.slice(1);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

/** `14:06:21` of a moment in microseconds, on the clock of an incident that began at a Unix time, UTC. */
export function clockAt(startedAtUnixMs: number, atMicros: number): string {
  return new Date(startedAtUnixMs + atMicros / 1000).toISOString().slice(11, 19);
}

/** `2026-11-26` of a Unix time, UTC. */
export function dayAt(unixMs: number): string {
  return new Date(unixMs).toISOString().slice(0, 10);
}
