/** What can be wrong with packed bytes. */

/**
 * `gap`: it builds on something that never came, so everything must be asked for again.
 * `stale`: it builds on something older than what is known; nothing is to be done.
 * `damaged`: it is not what a sender writes.
 */
export type WireFault = 'gap' | 'stale' | 'damaged';

/** Packed bytes could not be taken in. */
export class WireError extends Error {
  /** What is wrong. */
  readonly fault: WireFault;

  constructor(fault: WireFault, message: string) {
    super(message);
    this.name = 'WireError';
    this.fault = fault;
  }
}
