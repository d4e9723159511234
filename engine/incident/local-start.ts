/** Reads when an incident begins on the clocks of its place, e.g. `Tue 14:05`. */
import { invariant } from '../kernel/invariant.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Second of the week, Monday 00:00 = 0. */
export function startSecondOfWeek(localStart: string): number {
  const parts = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):([0-5]\d)$/.exec(localStart);
  invariant(parts !== null, `localStart "${localStart}" is not like "Tue 14:05"`);
  return (WEEKDAYS.indexOf(parts[1]) * 24 + Number(parts[2])) * 3600 + Number(parts[3]) * 60;
}
