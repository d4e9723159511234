/** The world failed, not a player and not our logic: a disk is full, a file is damaged, another owns it. */

/** What failed; closed, so that callers can react to it. */
export type StoreErrorCode =
  /** The disk has no room. */
  | 'disk-full'
  /** Less free space than a new game may begin with. */
  | 'low-space'
  /** Reading, writing or syncing failed. */
  | 'io'
  /** An earlier failure: what is durable is unknown until the journal is opened again. */
  | 'poisoned'
  /** It has been closed. */
  | 'closed'
  /** Another process holds it. */
  | 'locked'
  /** This process has it open already. */
  | 'open-already'
  /** Somebody else has written to it since. */
  | 'fenced'
  /** There is one of this name already. */
  | 'exists'
  /** There is none of this name. */
  | 'missing'
  /** What it holds is not what was written. */
  | 'damaged'
  /** A record or name that it cannot take. */
  | 'unfit';

/** A failure of storage. Its message is one sentence that an operator can act on. */
export class StoreError extends Error {
  override name = 'StoreError';
  /** What failed. */
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
