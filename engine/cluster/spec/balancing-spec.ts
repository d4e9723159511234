/** How a caller spreads its calls over the targets of an edge. Absent: round robin, trusting everyone. */
export type BalancingSpec = {
  /**
   * `roundRobin`: in turn. `leastRequests`: to whoever has the fewest unanswered requests of this caller.
   * `twoChoices`: to the less busy of two drawn at random.
   */
  policy: 'roundRobin' | 'leastRequests' | 'twoChoices';
  /** Takes out targets whose answers fail (passive health checks). */
  outliers?: OutlierSpec;
  /** A new target's weight grows from a tenth to whole over this time, microseconds. */
  slowStartMicros?: number;
  /** True: each user keeps a target as long as it can be used. Only on edges without a pool. */
  sticky?: boolean;
  /** When less than this share of the targets can be used, all are used (panic); 0 when absent. */
  panicShare?: number;
};

/** When a target is taken out, and for how long: Envoy's outlier detection by consecutive failures. */
export type OutlierSpec = {
  /** Failures in a row (5xx answers, resets, refusals, time-outs). */
  consecutiveFailures: number;
  /** Time out, microseconds: this many times the number of times that it was taken out of late. */
  baseEjectionMicros: number;
  /** Time out at most, microseconds. */
  maxEjectionMicros: number;
  /** Share of the targets that may be out at once, 0–1; never exceeded. */
  maxEjectedShare: number;
};
