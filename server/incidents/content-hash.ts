/** Names data by its content: scenarios, systems, prehistories. */
import { hash } from 'node:crypto';

/** Hex digits that suffice to tell contents apart. */
const DIGITS = 32;

/** JSON with the members of objects in order of their names, so that equal data gives equal text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** Hash of JSON-safe data, 32 hex digits. */
export function contentHash(value: unknown): string {
  return hash('sha256', canonical(value)).slice(0, DIGITS);
}

/** Hash of bytes, 32 hex digits. */
export function bytesHash(bytes: Uint8Array): string {
  return hash('sha256', bytes).slice(0, DIGITS);
}
