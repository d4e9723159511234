/**
 * One record of a container's log, read out of its ring and completed with what its neighbours tell.
 *
 * Why   A failed request writes an access line and a failure line: one knows the process that was called,
 *       the other the edge. Together they tell whether the called process answered with an error or
 *       never answered, which decides the HTTP code and the wording of the error.
 */
import type { Cluster, Process } from '../cluster/cluster-state.ts';
import {
  STATUS_CONNECT_TIMEOUT,
  STATUS_NO_ENDPOINTS,
  STATUS_OK,
  STATUS_POOL_TIMEOUT,
  STATUS_REFUSED,
  STATUS_RESET,
  STATUS_TIMEOUT,
  STATUS_TOO_MANY,
} from '../cluster/spans.ts';

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

/** Whether a called process lived at a moment. */
function livedAt(cluster: Cluster, number: number, atMicros: number): boolean {
  const process = cluster.processes[number];
  if (process === undefined || process.phase === 'booting') return false;
  return process.phase === 'running' || process.exitedMicros > atMicros;
}

/** The longest that a call over any edge to this program's callee may wait, by kind of deadline. */
function waitOf(cluster: Cluster, caller: Process, edge: number, status: number): number {
  const { plan } = cluster;
  const name = plan.programs[caller.program].name;
  let least = Infinity;
  for (const { id, spec } of plan.edges) {
    if (edge >= 0 ? id !== edge : spec.from !== name) continue;
    const wait = status === STATUS_TIMEOUT ? spec.timeoutMicros : spec.connectTimeoutMicros;
    if (wait < least) least = wait;
  }
  return least;
}

/** Whether the failure of a request was an answer of the process it called. */
function wasAnswered(cluster: Cluster, caller: Process, found: LogRecord, latencyMicros: number): boolean {
  switch (found.status) {
    case STATUS_OK:
    case STATUS_NO_ENDPOINTS:
      return found.status === STATUS_NO_ENDPOINTS && found.target >= 0;
    case STATUS_TIMEOUT:
    case STATUS_CONNECT_TIMEOUT:
      // A deadline of its own takes as long as that deadline; a shorter one was somebody else's.
      return found.target >= 0 && latencyMicros < waitOf(cluster, caller, found.edge, found.status);
    case STATUS_POOL_TIMEOUT:
    case STATUS_TOO_MANY:
      return caller.poolOfEdge.every((pool, edge) => pool < 0 || (found.edge >= 0 && edge !== found.edge));
    case STATUS_REFUSED:
    case STATUS_RESET:
      return found.target >= 0 && livedAt(cluster, found.target, found.atMicros);
    default:
      return found.target >= 0;
  }
}

/** A record of a process' ring; the caller asks only for numbers that the ring still holds. */
export function readRecord(cluster: Cluster, process: Process, record: number): LogRecord {
  const ring = process.log;
  const mask = ring.at.length - 1;
  const index = record & mask;
  const program = cluster.plan.programs[process.program];
  const template = ring.template[index];
  const isFailure = template === program.failureTemplate;
  const found: LogRecord = {
    record,
    atMicros: ring.at[index],
    template,
    route: ring.route[index],
    status: ring.status[index],
    amount: ring.amount[index],
    target: isFailure ? -1 : ring.peer[index],
    edge: isFailure ? ring.peer[index] : -1,
    request: ring.request[index],
    answered: false,
  };
  let latency = found.amount;
  let edgeKnown = isFailure;
  // The two lines of a failed request stand side by side: access first.
  const beside = isFailure ? record - 1 : record + 1;
  if (found.status !== STATUS_OK && beside >= oldestRecord(process) && beside < ring.total) {
    const other = beside & mask;
    const wanted = isFailure ? program.accessTemplate : program.failureTemplate;
    if (ring.template[other] === wanted && ring.request[other] === found.request) {
      if (isFailure) {
        found.target = ring.peer[other];
        latency = ring.amount[other];
      } else {
        found.edge = ring.peer[other];
        edgeKnown = true;
      }
    }
  }
  // Failed at its own work: whom it had called before that has no part in it.
  if (found.status !== STATUS_OK && edgeKnown && found.edge < 0) found.target = -1;
  found.answered = wasAnswered(cluster, process, found, latency);
  return found;
}
