/**
 * Simulation time as Kubernetes writes it: RFC 3339 in UTC against a fixed epoch, and ages.
 *
 * Why  The engine may not ask for a date, and two runs must write the same bytes. The epoch is a Monday,
 *      so `startSecondOfWeek` alone says where in the week an incident begins.
 */

/** Monday 2026-01-05T00:00:00Z in Unix seconds. */
export const SIM_EPOCH_UNIX_SECONDS = 1767571200;

const MICROS_PER_SECOND = 1_000_000;
const SECONDS_PER_DAY = 86_400;

/** What the calendar needs of a store. */
export type ClockOrigin = {
  /** Second of the week (Monday 00:00 UTC = 0) at `atMicros` = 0. */
  startSecondOfWeek: number;
};

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** Year, month and day of a day number counted from 1970-01-01 (civil-from-days, H. Hinnant). */
function civilOfDay(day: number): { year: number; month: number; day: number } {
  const shifted = day + 719468; // Days since 0000-03-01: leap days fall at the end of a year.
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const leapsLess =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36524) + Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - leapsLess) / 365);
  const yearDays = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - yearDays;
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1 };
}

/** Day number from 1970-01-01 of a civil date. */
function dayOfCivil(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Unix seconds of a simulation time, whole seconds. */
export function unixSecondsAt(origin: ClockOrigin, atMicros: number): number {
  return SIM_EPOCH_UNIX_SECONDS + origin.startSecondOfWeek + Math.floor(atMicros / MICROS_PER_SECOND);
}

/** RFC 3339 of Unix seconds. */
export function rfc3339(unixSeconds: number): string {
  const day = Math.floor(unixSeconds / SECONDS_PER_DAY);
  const second = unixSeconds - day * SECONDS_PER_DAY;
  const date = civilOfDay(day);
  const time = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const clock = time.map((part) => padded(part, 2)).join(':');
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}T${clock}Z`;
}

/** The timestamp of `atMicros`: whole seconds, as `metadata.creationTimestamp` has them. */
export function timestampAt(origin: ClockOrigin, atMicros: number): string {
  return rfc3339(unixSecondsAt(origin, atMicros));
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?([Zz]|[+-]\d{2}:\d{2})$/;

/** Unix seconds and microseconds of an RFC 3339 text, or undefined when it is none. */
function readRfc3339(text: string): { seconds: number; micros: number } | undefined {
  const parts = RFC3339.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59)
    return undefined;
  const number = dayOfCivil(year, month, day);
  const civil = civilOfDay(number);
  if (civil.month !== month || civil.day !== day) return undefined; // 30 February.
  const zone = parts[8];
  const sign = zone.startsWith('-') ? -1 : 1;
  const offset =
    zone.length === 1 ? 0 : sign * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
  const micros = Number((parts[7] ?? '').slice(0, 6).padEnd(6, '0'));
  return { seconds: number * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - offset, micros };
}

/** True for a valid RFC 3339 timestamp. */
export function isTimestamp(text: string): boolean {
  return readRfc3339(text) !== undefined;
}

/** A timestamp in UTC and whole seconds, as the API server stores it. */
export function canonicalTimestamp(text: string): string {
  const read = readRfc3339(text);
  return read === undefined ? text : rfc3339(read.seconds);
}

/** Simulation time of a timestamp; undefined when the text is no timestamp. */
export function parseTimestampMicros(origin: ClockOrigin, text: string): number | undefined {
  const read = readRfc3339(text);
  if (read === undefined) return undefined;
  const seconds = read.seconds - SIM_EPOCH_UNIX_SECONDS - origin.startSecondOfWeek;
  return seconds * MICROS_PER_SECOND + read.micros;
}

/** Two units of a duration, the second left out when zero: 3m20s, 5h, 2d4h. */
function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/**
 * A duration as kubectl's AGE column has it (apimachinery's HumanDuration): 45s, 3m20s, 15m, 125m, 5h3m,
 * 36h, 3d4h, 400d. Seconds are shown up to 2 minutes, minutes up to 3 hours.
 */
export function durationText(seconds: number): string {
  const whole = Math.trunc(seconds);
  if (whole < -1) return '<invalid>'; // A clock skew of up to two seconds is taken for now.
  if (whole < 0) return '0s';
  if (whole < 120) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return twoUnits(minutes, 'm', whole % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  if (hours < 8) return twoUnits(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 192) return twoUnits(days, 'd', hours % 24, 'h');
  const years = Math.floor(days / 365);
  if (years < 2) return `${days}d`;
  return years < 8 ? twoUnits(years, 'y', days % 365, 'd') : `${years}y`;
}

/** How long ago a timestamp was, as kubectl prints ages; `<unknown>` when there is none. */
export function ageText(origin: ClockOrigin, atMicros: number, timestamp: string): string {
  const then = parseTimestampMicros(origin, timestamp);
  if (then === undefined) return '<unknown>';
  return durationText((atMicros - then) / MICROS_PER_SECOND);
}
