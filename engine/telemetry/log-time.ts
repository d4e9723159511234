/** Time as each kind of program writes it into its own lines. */
import type { ProgramSpec } from '../cluster/system-spec.ts';
import type { ClockOrigin } from '../platforms/kubernetes/timestamps.ts';
import { timestampAt } from '../platforms/kubernetes/timestamps.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Milliseconds within the second, three digits. */
function millis(atMicros: number): string {
  const within = atMicros - Math.floor(atMicros / 1_000_000) * 1_000_000;
  return String(Math.floor(within / 1000)).padStart(3, '0');
}

/** `06/Jan/2026:14:05:12 +0000`, the common log format's. */
function commonLogTime(rfc3339: string): string {
  const month = MONTHS[Number(rfc3339.slice(5, 7)) - 1];
  return `${rfc3339.slice(8, 10)}/${month}/${rfc3339.slice(0, 4)}:${rfc3339.slice(11, 19)} +0000`;
}

/**
 * The {time} of a line: applications RFC 3339 with milliseconds, PostgreSQL its `%m [%p]`, a proxy the
 * common log format in access lines and RFC 3339 elsewhere, agents (Fluent Bit) slashes.
 */
export function logTime(
  origin: ClockOrigin,
  kind: ProgramSpec['kind'],
  isAccess: boolean,
  atMicros: number,
  pid: number,
): string {
  const seconds = timestampAt(origin, atMicros);
  switch (kind) {
    case 'proxy':
      return isAccess ? commonLogTime(seconds) : seconds;
    case 'database':
      return `${seconds.slice(0, 10)} ${seconds.slice(11, 19)}.${millis(atMicros)} UTC [${pid}]`;
    case 'agent':
      return `${seconds.slice(0, 4)}/${seconds.slice(5, 7)}/${seconds.slice(8, 10)} ${seconds.slice(11, 19)}`;
    default:
      return `${seconds.slice(0, 19)}.${millis(atMicros)}Z`;
  }
}
