/** Durations as Go programs read them on the command line. */

const MICROS_OF_UNIT: { readonly [unit: string]: number } = {
  ns: 0.001,
  us: 1,
  ms: 1000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
};

/** Reads a Go duration such as `5m`, `1h30m`, `90s`, `250ms` into microseconds; null when it is none. */
export function readDuration(text: string): number | null {
  if (text === '0') return 0;
  if (text.length > 40 || !/^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+$/.test(text)) return null;
  let micros = 0;
  for (const [, amount, , unit] of text.matchAll(/([0-9]+(\.[0-9]+)?)(ns|us|ms|s|m|h)/g)) {
    micros += Number(amount) * MICROS_OF_UNIT[unit];
  }
  return Math.round(micros);
}
