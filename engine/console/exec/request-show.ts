/**
 * How the answer to a request is to be printed. It travels with the command as an extra member, so that the
 * answer can be worded when it comes; a request without it is worded as a plain curl would.
 */
import type { SendRequest } from '../../protocol/cluster-commands.ts';

/** How curl was asked to print. */
export type CurlShow = {
  program: 'curl';
  /** Host as it was written. */
  host: string;
  /** Path as it was written. */
  path: string;
  /** `-s`. */
  silent: boolean;
  /** `-S`. */
  showError: boolean;
  /** `-i`. */
  withHeaders: boolean;
  /** `-I`: headers alone. */
  headOnly: boolean;
  /** `-v`. */
  verbose: boolean;
  /** `-f`: an error of the server is an error of curl. */
  failOnError: boolean;
  /** `-o /dev/null`. */
  discard: boolean;
  /** `-w`. */
  writeOut: string;
  /** The program has no such path: answered 404 by its router, once it answers at all. */
  unknownPath: boolean;
  /** First address of the host. */
  address: string;
};

/** What psql asked for. */
export type PsqlShow = {
  program: 'psql';
  /** Host as it was written; '' for the local socket. */
  host: string;
  /** Its address. */
  address: string;
  /** Column title. */
  column: string;
  /** A fixed value, or the number of rows of a table. */
  value: { fixed: string } | { rowsOf: string };
  /** `-t` or `-A`: bare values. */
  bare: boolean;
};

/** How an answer is printed. */
export type RequestShow = CurlShow | PsqlShow;

/** A request that carries how its answer is printed. */
export type ShownRequest = SendRequest & { show?: RequestShow };

/** An id for a request that no other request of this moment and seat has. */
export function correlationId(seat: string, atMicros: number, lastInquiry: number, ordinal: number): string {
  return `${seat}/${atMicros}/${lastInquiry}/${ordinal}`;
}
