/** One record of a container's log, read out of its ring. */
import type { Process } from '../cluster/cluster-state.ts';
import { STATUS_ERROR, STATUS_NO_SPACE, STATUS_OK, STATUS_OVERLOADED } from '../cluster/spans.ts';

/** A record, ready to be rendered. */
export type LogRecord = {
  /** Number in its ring: counts what the process wrote ever. */
  record: number;
  /** When, microseconds. */
  atMicros: number;
  /** Plan template number. */
  template: number;
  /** Route number, −1 = none. */
  route: number;
  /** STATUS_… of the request, 0 when it is about none. */
  status: number;
  /** Microseconds, bytes or a count, as the template says. */
  amount: number;
  /** Process that was called, −1 = none or not known. */
  target: number;
  /** Edge of the failed call, −1 = none or not known. */
  edge: number;
  /** Request number, 0 = none. */
  request: number;
  /** True when the failure came as an answer of the called process, not from the network or a deadline. */
  answered: boolean;
};

/** Number of the oldest record that a process' ring still holds. */
export function oldestRecord(process: Process): number {
  return Math.max(0, process.log.total - process.log.at.length);
}

/** Whether the failure of a request was an answer of the process it called (see `passedOn` in calls.ts). */
function wasAnswered(status: number, edge: number): boolean {
  if (edge < 0) return false;
  return status === STATUS_ERROR || status === STATUS_OVERLOADED || status === STATUS_NO_SPACE;
}

/** A record of a process' ring; the caller asks only for numbers that the ring still holds. */
export function readRecord(process: Process, record: number): LogRecord {
  const ring = process.log;
  const index = record & (ring.at.length - 1);
  const status = ring.status[index];
  const edge = ring.edge[index];
  // Failed at its own work: whom it had called before that has no part in it.
  const atOwnWork = status !== STATUS_OK && edge < 0;
  return {
    record,
    atMicros: ring.at[index],
    template: ring.template[index],
    route: ring.route[index],
    status,
    amount: ring.amount[index],
    target: atOwnWork ? -1 : ring.target[index],
    edge,
    request: ring.request[index],
    answered: wasAnswered(status, edge),
  };
}
