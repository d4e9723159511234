/** The text of an error as the program's own libraries (Go's net, pgx, PostgreSQL) would word it. */
import type { ProgramSpec } from '../cluster/system-spec.ts';
import {
  STATUS_BREAKER_OPEN,
  STATUS_BULKHEAD_FULL,
  STATUS_CONNECT_TIMEOUT,
  STATUS_NO_ENDPOINTS,
  STATUS_NO_SPACE,
  STATUS_OK,
  STATUS_OVERLOADED,
  STATUS_POOL_TIMEOUT,
  STATUS_RATE_LIMITED,
  STATUS_REFUSED,
  STATUS_RESET,
  STATUS_TIMEOUT,
  STATUS_TOO_MANY,
} from '../cluster/spans.ts';

/** What went wrong. */
export type ErrorCase = {
  /** Kind of the program that writes the line. */
  kind: ProgramSpec['kind'];
  /** Kind of the program that was called; null when none was. */
  calledKind: ProgramSpec['kind'] | null;
  /** STATUS_… of the request. */
  status: number;
  /** Whether the called program answered with the error. */
  answered: boolean;
  /** `host:port` that was called. */
  address: string;
};

/** An error that the called program answered with. */
function answeredError(failed: ErrorCase): string {
  if (failed.calledKind === 'database') {
    if (failed.status === STATUS_NO_SPACE) {
      return 'ERROR: could not extend file: No space left on device (SQLSTATE 53100)';
    }
    if (failed.status === STATUS_OVERLOADED) {
      return 'FATAL: remaining connection slots are reserved (SQLSTATE 53300)';
    }
    return 'ERROR: internal error (SQLSTATE XX000)';
  }
  if (failed.status === STATUS_RATE_LIMITED) return '429 Too Many Requests';
  return failed.status === STATUS_OVERLOADED ? '503 Service Unavailable' : '500 Internal Server Error';
}

/** The words; '' for success. */
export function errorWords(failed: ErrorCase): string {
  const { address, status } = failed;
  if (status === STATUS_OK) return '';
  if (status === STATUS_NO_SPACE && failed.calledKind === null) return noSpaceWords(failed.kind);
  if (failed.answered) return answeredError(failed);
  switch (status) {
    case STATUS_TIMEOUT:
      return 'context deadline exceeded';
    case STATUS_NO_ENDPOINTS:
      // kube-proxy rejects a service without endpoints at once; a proxy knows that it has no server.
      if (failed.kind === 'proxy') return 'no available server';
      return `dial tcp ${address}: connect: connection refused`;
    case STATUS_REFUSED:
      return `dial tcp ${address}: connect: connection refused`;
    case STATUS_RESET:
      return `read tcp ${address}: read: connection reset by peer`;
    case STATUS_CONNECT_TIMEOUT:
      return `dial tcp ${address}: i/o timeout`;
    case STATUS_POOL_TIMEOUT:
      return 'pool: timed out waiting for a connection';
    case STATUS_TOO_MANY:
      return 'FATAL: sorry, too many clients already (SQLSTATE 53300)';
    case STATUS_OVERLOADED:
      return '503 Service Unavailable';
    case STATUS_BREAKER_OPEN:
      return 'circuit breaker is open';
    case STATUS_BULKHEAD_FULL:
      return 'too many calls in flight';
    case STATUS_NO_SPACE:
      return noSpaceWords(failed.kind);
    default:
      return 'internal error';
  }
}

/** A full disk: PostgreSQL quotes the C library, Go writes it in lower case. */
export function noSpaceWords(kind: ProgramSpec['kind']): string {
  return kind === 'database' ? 'No space left on device' : 'no space left on device';
}
