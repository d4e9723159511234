/** How a caller guards itself and the called against failure, per edge. All parts are optional. */

/** Lets only a share of calls be repeated. */
export type RetryBudgetSpec = {
  /** Retries earned by each call, e.g. 0.1: over time at most a tenth more requests. 0–1. */
  ratio: number;
  /** Retries that may be saved up, and that stand ready at start, ≥ 0. */
  burst: number;
};

/** Stops calling while most calls fail. */
export type BreakerSpec = {
  /** Length of the windows in which calls are counted, microseconds. */
  windowMicros: number;
  /** Calls that a window must hold before it can open, ≥ 1. */
  minCalls: number;
  /** Share of failed calls in a window from which it opens, 0–1. */
  failureRatio: number;
  /** How long it stays open, microseconds. */
  openMicros: number;
  /** Calls let through at once when that time is over; all must end well to close it, ≥ 1. */
  probes: number;
};

/** Guards of an edge. */
export type EdgePolicySpec = {
  /** A limit on retries. */
  retryBudget?: RetryBudgetSpec;
  /** True: answers that say *overloaded* or *too many requests* are tried again too. */
  retryOverload?: boolean;
  /**
   * How back-off varies: `none` = always the mean; `half` = ±50 % (the default); `full` = uniform from 0 to
   * twice the mean (AWS Architecture Blog 2015, "Exponential Backoff and Jitter").
   */
  jitter?: 'none' | 'half' | 'full';
  /** Longest mean back-off, microseconds; no limit when absent. */
  backoffMaxMicros?: number;
  /** A circuit breaker per calling process. */
  breaker?: BreakerSpec;
  /** Calls in work at once per calling process (a bulkhead); one more fails at once. */
  maxInFlight?: number;
  /**
   * Sends the request a second time, to another target, when no answer has come after so many microseconds;
   * the first answer counts (Dean and Barroso 2013, "The Tail at Scale"). Only where there is no pool.
   */
  hedgeAfterMicros?: number;
  /**
   * True: the callee is told until when an answer is of use, the caller's own deadline at the latest; it
   * drops what comes too late instead of working on it.
   */
  passDeadline?: boolean;
};
