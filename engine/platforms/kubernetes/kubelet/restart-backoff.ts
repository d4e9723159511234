/** The kubelet's back-off: 10 s, doubling to 5 minutes, forgotten after 10 quiet minutes. */
import type { BackOff } from './pod-runtime.ts';

const FIRST_MICROS = 10_000_000;
const LONGEST_MICROS = 300_000_000;

/** A back-off that has not begun. */
export function newBackOff(): BackOff {
  return { delayMicros: 0, grownMicros: 0 };
}

/** True when what failed at `sinceMicros` must wait: it failed before and was not well for 10 minutes. */
export function isWaiting(backOff: BackOff, sinceMicros: number): boolean {
  return backOff.delayMicros > 0 && sinceMicros - backOff.grownMicros <= 2 * LONGEST_MICROS;
}

/** Makes the next wait longer, or begins anew after 10 quiet minutes. */
export function grow(backOff: BackOff, nowMicros: number): void {
  const fresh = backOff.delayMicros === 0 || nowMicros - backOff.grownMicros > 2 * LONGEST_MICROS;
  backOff.delayMicros = fresh ? FIRST_MICROS : Math.min(backOff.delayMicros * 2, LONGEST_MICROS);
  backOff.grownMicros = nowMicros;
}

/** A whole number of seconds as Go prints durations: 10s, 1m20s, 5m0s. */
export function durationWord(micros: number): string {
  const seconds = Math.round(micros / 1_000_000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
