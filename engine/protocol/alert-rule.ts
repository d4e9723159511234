/** Alert rules as typed data: a closed list of conditions, no query language. */

/** `page` wakes somebody; `ticket` waits for the next morning. */
export type AlertSeverity = 'page' | 'ticket';

/**
 * A journey spends its error budget too fast, in a long and in a short window at once (multi-window,
 * multi-burn-rate alerts, SRE Workbook ch. 5: the long window says it matters, the short that it goes on).
 */
export type BurnRateCondition = {
  type: 'burnRate';
  /** Name of the journey whose share of good ones is the SLI. */
  sli: string;
  /** Promised share of good ones, e.g. 0.99. */
  objectiveRatio: number;
  /** Window pairs; one suffices. `factor` = burn rate at which it counts. */
  windows: { longSeconds: number; shortSeconds: number; factor: number }[];
  /** It must hold for so long before the alert fires. */
  forSeconds: number;
};

/** A signal that a threshold can watch; the alert has one instance for each subject. */
export type ThresholdSignal =
  /** Used share of a volume, 0–1; subject = volume. */
  | 'volumeUsedRatio'
  /** Restarts of a container in the last 10 minutes; subject = namespace/pod/container. */
  | 'containerRestarts'
  /** Share of CPU periods of the last minute in which a container was throttled, 0–1. */
  | 'throttledRatio';

/** A signal stands above a line. */
export type ThresholdCondition = {
  type: 'threshold';
  /** What is watched. */
  signal: ThresholdSignal;
  /** Fires above this value. */
  above: number;
  /** It must hold for so long before the alert fires. */
  forSeconds: number;
};

/** An alert rule. */
export type AlertRule = {
  /** Id, unique in the scenario. */
  id: string;
  /** Title as a person reads it at night; names a symptom, never a cause. */
  title: string;
  /** How loud. */
  severity: AlertSeverity;
  /** When. */
  condition: BurnRateCondition | ThresholdCondition;
  /** The condition must be gone for so long before the alert resolves; default 60. */
  keepFiringSeconds?: number;
};
