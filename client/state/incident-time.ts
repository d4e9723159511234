/** Incident time as clock time: what the room's clock stands for. */
import { clockText } from '../ui/format.ts';
import type { Zone } from '../ui/format.ts';

/** Writes moments of one room. */
export type TimeWriter = {
  /** `14:06:21` of a moment in microseconds. */
  clock: (atMicros: number) => string;
  /** `14:06` of a second, with seconds when the span is short. */
  axis: (second: number) => string;
  /** Seconds past the full hour at second 0. */
  clockOffset: number;
};

/** A writer for a room that began at a Unix time. */
export function timeWriter(startedAtUnixMs: number, zone: Zone): TimeWriter {
  return {
    clock: (atMicros) => clockText(startedAtUnixMs + atMicros / 1000, zone),
    axis: (second) => {
      const unixMs = startedAtUnixMs + second * 1000;
      return clockText(unixMs, zone, Math.round(unixMs / 1000) % 60 !== 0);
    },
    clockOffset: (startedAtUnixMs / 1000) % 3600,
  };
}
