/** How numbers and times are written. Units always; times absolute, with their offset. */

/** Which clock times are shown by. */
export type Zone = 'utc' | 'local';

/** A whole number with commas. */
export function countText(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Cents as dollars: whole ones from ten dollars on. */
export function moneyText(cents: number): string {
  const places = Math.abs(cents) < 1000 ? 2 : 0;
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  return `$${(cents / 100).toLocaleString('en-US', digits)}`;
}

/** A share as per cent; small ones with a decimal. */
export function percentText(ratio: number): string {
  const percent = ratio * 100;
  const near = Math.abs(percent) < 10 && Math.abs(percent) >= 0.05;
  return `${near ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** A number with about three digits. */
export function shortText(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) return `${(value / 1000).toFixed(0)}k`;
  if (size >= 100 || value === 0) return value.toFixed(0);
  return size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Milliseconds; from a second on, seconds. */
export function latencyText(ms: number): string {
  return ms >= 1000 ? `${shortText(ms / 1000)} s` : `${shortText(ms)} ms`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes in binary units. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (Math.abs(value) >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${BYTE_UNITS[unit]}`;
}

/** A length of time: `14 s`, `4 min 12 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? '' : ` ${whole % 60} s`}`;
  const minutes = Math.floor((whole % 3600) / 60);
  return `${Math.floor(whole / 3600)} h${minutes === 0 ? '' : ` ${minutes} min`}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** `12:41:07`; without seconds, `12:41`. */
export function clockText(unixMs: number, zone: Zone, seconds = true): string {
  const date = new Date(unixMs);
  const [hours, minutes, rest] =
    zone === 'utc'
      ? [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]
      : [date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${two(hours)}:${two(minutes)}${seconds ? `:${two(rest)}` : ''}`;
}

/** `UTC`, or the offset of this computer, e.g. `UTC+02:00`. */
export function zoneText(unixMs: number, zone: Zone): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -new Date(unixMs).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `2026-01-06`. */
export function dateText(unixMs: number, zone: Zone): string {
  const date = new Date(unixMs);
  if (zone === 'utc') return date.toISOString().slice(0, 10);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Seconds of a game as `4:07`. */
export function gameTimeText(seconds: number): string {
  const whole = Math.floor(Math.abs(seconds));
  return `${seconds < 0 ? '−' : ''}${Math.floor(whole / 60)}:${two(whole % 60)}`;
}
