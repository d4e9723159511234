/**
 * A rejection: a player may not do this now. It is a value, not an error, and its sentence says what to
 * do instead. Our own bugs are `invariant`; failures of real providers are errors of the server.
 */

/** Why a command is refused; closed, so that clients can react to it. */
export type RejectionCode =
  | 'unknown-seat'
  | 'seat-taken'
  | 'own-seat'
  | 'observer-may-not'
  | 'role-may-not'
  | 'only-host'
  | 'only-facilitator'
  | 'only-system'
  | 'facilitator-may-not-play'
  | 'not-started'
  | 'already-started'
  | 'paused'
  | 'not-paused'
  | 'closed'
  | 'not-ready'
  | 'unknown-alert'
  | 'alert-not-firing'
  | 'unknown-hypothesis'
  | 'hypothesis-closed'
  | 'unknown-event'
  | 'unknown-component'
  | 'unknown-mechanism'
  | 'empty-text'
  | 'too-long'
  | 'out-of-range'
  | 'already-declared'
  | 'no-impact-yet'
  | 'selector-empty'
  | 'not-understood';

/** A refusal that a player can act on. */
export type Rejection = {
  /** Which one. */
  code: RejectionCode;
  /** A sentence for the player: what to do. */
  sentence: string;
};
