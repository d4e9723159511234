/** What an author (or a fault, or an operator with tc and iptables) says of the way between machines. */

/**
 * A stretch of network that packets cross from one side to another. One direction: the way back is a link
 * of its own.
 */
export type LinkSpec = {
  /** Where packets come from: a host name, `zone/NAME`, `public`, or `*` for everywhere. */
  from: string;
  /** Where they go, in the same words. */
  to: string;
  /** Port of the server at either end; 0 when absent = every port. */
  port?: number;
  /** Added to every packet, microseconds ≥ 0; 0 when absent. */
  latencyMicros?: number;
  /** Width of a uniform addition on top, microseconds ≥ 0; 0 when absent. */
  jitterMicros?: number;
  /** Share of packets lost, 0–1; 0 when absent. */
  loss?: number;
  /** Bits a second that all messages on it share, first in first out; absent = no limit. */
  bitsPerSecond?: number;
  /** Bytes that may wait for a limited link; more is dropped. 1 MB when absent. */
  queueBytes?: number;
  /** `drop`: nothing passes and nobody is told. `refuse`: a new connection is reset at once. */
  cut?: 'none' | 'drop' | 'refuse';
};

/** Sizes of the messages of an endpoint, for links of limited speed and for loss by packet. */
export type MessageSpec = {
  /** Bytes of a request on the wire; 600 when absent. */
  requestBytes?: number;
  /** Bytes of an answer on the wire; 1,200 when absent. */
  answerBytes?: number;
};
