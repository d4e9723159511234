/**
 * What a process takes on: a limit on the rate of requests, who is served first, what has waited too long.
 */
import type { Process } from './cluster-state.ts';
import type { AdmissionSpec } from './spec/admission-spec.ts';

/** The state of a process' guards. */
export type Gate = {
  /** Requests that may still come now (token bucket). */
  tokens: number;
  /** When `tokens` was last brought up to date, microseconds. */
  updatedMicros: number;
  /** Requests refused because too many came, ever. */
  rateLimited: number;
  /** Requests dropped because they had waited too long, ever. */
  shed: number;
  /** Requests dropped because nobody had a use for the answer any more, ever. */
  expired: number;
  /** CPU steps that run on event loops now. */
  busyLoops: number;
  /** Spans whose next CPU step waits for a loop, oldest first. */
  ready: number[];
};

/** Guards that have seen nothing yet. */
export function createGate(spec: AdmissionSpec | undefined, nowMicros: number): Gate {
  return {
    tokens: spec?.rateLimit?.burst ?? 0,
    updatedMicros: nowMicros,
    rateLimited: 0,
    shed: 0,
    expired: 0,
    busyLoops: 0,
    ready: [],
  };
}

/** Whether one more request may come now; takes its token. */
export function withinRate(gate: Gate, spec: AdmissionSpec, nowMicros: number): boolean {
  const limit = spec.rateLimit;
  if (limit === undefined) return true;
  const earned = ((nowMicros - gate.updatedMicros) * limit.perSecond) / 1e6;
  gate.updatedMicros = nowMicros;
  gate.tokens = Math.min(limit.burst, gate.tokens + earned);
  if (gate.tokens < 1) {
    gate.rateLimited++;
    return false;
  }
  gate.tokens--;
  return true;
}

/** Takes the request that is served next out of the line; −1 when nobody waits. */
export function takeWaiting(process: Process, spec: AdmissionSpec | undefined): number {
  const { waiting } = process;
  if (waiting.length === 0) return -1;
  return (spec?.order === 'newest' ? waiting.pop() : waiting.shift()) as number;
}

/** Whether a request that arrived then has waited too long to be begun. */
export function waitedTooLong(
  spec: AdmissionSpec | undefined,
  arrivedMicros: number,
  nowMicros: number,
): boolean {
  const limit = spec?.queueTimeoutMicros;
  return limit !== undefined && nowMicros - arrivedMicros > limit;
}
