/** How an incident ended, and what of it stays. */

/** Why an incident closed. */
export type CloseReason = 'resolved' | 'time-limit' | 'host' | 'abandoned';

/**
 * What the recovery is worth, found by letting a copy run on for 30 simulated minutes without players:
 * the cause is gone (`durable`), is held off for good (`contained`), or comes back (`masked`).
 */
export type RecoveryClass = 'durable' | 'contained' | 'masked' | 'none';

/** Something temporary that the team left behind. */
export type Leftover = {
  /** What kind of thing. */
  kind: 'cordoned-node' | 'changed-replicas' | 'missing-object';
  /** Which, `kind/name`. */
  object: string;
  /** In words. */
  sentence: string;
  /** True when a follow-up note hands it over. */
  handedOver: boolean;
};
