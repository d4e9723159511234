/** What a program takes on, and in which order. All parts are optional. */

/** Takes so many requests a second (a token bucket); more are answered 429 at once. */
export type RateLimitSpec = {
  /** Requests per second over time. */
  perSecond: number;
  /** Requests that may come at once after a quiet time, ≥ 1. */
  burst: number;
};

/** Guards of a program. */
export type AdmissionSpec = {
  /** A limit on the rate of requests. */
  rateLimit?: RateLimitSpec;
  /** Requests that have waited longer than this for a worker are answered 503 unworked, microseconds. */
  queueTimeoutMicros?: number;
  /** Who is served first; `newest` keeps answers in time under overload. `oldest` when absent. */
  order?: 'oldest' | 'newest';
  /**
   * Event loops: CPU steps run one after another on each, and a request holds none while it waits for
   * others (Node.js: 1). Absent: each request in work has a thread of its own.
   */
  loops?: number;
  /**
   * The server closes a connection that has been idle for so long, microseconds; never when absent. A request
   * that is under way to it at that moment meets a reset: callers should close theirs before.
   */
  idleTimeoutMicros?: number;
};
