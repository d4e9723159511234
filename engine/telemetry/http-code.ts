/** The HTTP code that a program answers with, by how the request went. */
import type { ProgramSpec } from '../cluster/system-spec.ts';
import {
  STATUS_CONNECT_TIMEOUT,
  STATUS_NO_ENDPOINTS,
  STATUS_OK,
  STATUS_OVERLOADED,
  STATUS_REFUSED,
  STATUS_RESET,
  STATUS_TIMEOUT,
} from '../cluster/spans.ts';

/**
 * 200, or the error. A proxy passes on what its backend answered (`answered`) and tells by its own code
 * what happened when nobody did; an application has only the code for "my own affair".
 */
export function httpCode(kind: ProgramSpec['kind'], status: number, answered: boolean): number {
  if (status === STATUS_OK) return 200;
  if (kind !== 'proxy') return 500;
  if (answered) return status === STATUS_OVERLOADED ? 503 : 500;
  switch (status) {
    case STATUS_TIMEOUT:
    case STATUS_CONNECT_TIMEOUT:
      return 504;
    case STATUS_REFUSED:
    case STATUS_RESET:
      return 502;
    case STATUS_NO_ENDPOINTS:
    case STATUS_OVERLOADED:
      return 503;
    default:
      return 500;
  }
}
