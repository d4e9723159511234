/**
 * What containers write, as records: which template, with which numbers. `telemetry` makes text of it.
 *
 * Records are owned here because logs have a size and fill disks; the text has no part in that.
 */
import type { Cluster, Process } from './cluster-state.ts';

/** Records kept per process; older ones are gone from the container's log. Power of two. */
export const LOG_RECORDS_KEPT = 1024;

/** The newest records of a process, in a ring. */
export type LogRing = {
  /** Records written ever; record number n lies at index n modulo the ring's length. */
  total: number;
  /** When, microseconds. */
  at: Float64Array;
  /** Plan template number. */
  template: Int32Array;
  /** Route number (see `plan.routes`), −1 = none. */
  route: Int32Array;
  /** STATUS_… of a request. */
  status: Int32Array;
  /** Microseconds, bytes or a count, as the template says. */
  amount: Float64Array;
  /** Process that was called last, −1 = none. */
  target: Int32Array;
  /** Edge whose call failed and brought the request down, −1 = none. */
  edge: Int32Array;
  /** Request number: high key × 2^32 + low key; 0 = none. */
  request: Float64Array;
};

/** An empty ring; small until the first record, since most agents write little. */
export function createLogRing(): LogRing {
  return emptyRing(8);
}

function emptyRing(capacity: number): LogRing {
  return {
    total: 0,
    at: new Float64Array(capacity),
    template: new Int32Array(capacity),
    route: new Int32Array(capacity),
    status: new Int32Array(capacity),
    amount: new Float64Array(capacity),
    target: new Int32Array(capacity),
    edge: new Int32Array(capacity),
    request: new Float64Array(capacity),
  };
}

/** Doubles a ring that is not yet at full size. */
function growRing(ring: LogRing): void {
  const larger = emptyRing(ring.at.length * 2);
  larger.at.set(ring.at);
  larger.template.set(ring.template);
  larger.route.set(ring.route);
  larger.status.set(ring.status);
  larger.amount.set(ring.amount);
  larger.target.set(ring.target);
  larger.edge.set(ring.edge);
  larger.request.set(ring.request);
  larger.total = ring.total;
  Object.assign(ring, larger);
}

/** Writes a record of a request; `edge` is the call that brought it down, or −1. */
export function writeRequestRecord(
  cluster: Cluster,
  process: Process,
  template: number,
  span: number,
  status: number,
  amount: number,
  edge: number,
): void {
  const { spans, plan } = cluster;
  const program = plan.programs[process.program];
  const endpoint = spans.endpoint[span];
  const route = endpoint < 0 ? -1 : program.endpointRoutes[endpoint];
  const request = spans.keyHi[span] * 4294967296 + spans.keyLo[span];
  writeRecord(cluster, process, template, route, status, amount, spans.callTarget[span], edge, request);
}

/** Writes a record; `template` −1 writes nothing. */
export function writeRecord(
  cluster: Cluster,
  process: Process,
  template: number,
  route: number,
  status: number,
  amount: number,
  target: number,
  edge: number,
  request: number,
): void {
  if (template < 0) return;
  const ring = process.log;
  if (ring.total >= ring.at.length && ring.at.length < LOG_RECORDS_KEPT) growRing(ring);
  const index = ring.total & (ring.at.length - 1);
  ring.at[index] = cluster.nowMicros;
  ring.template[index] = template;
  ring.route[index] = route;
  ring.status[index] = status;
  ring.amount[index] = amount;
  ring.target[index] = target;
  ring.edge[index] = edge;
  ring.request[index] = request;
  ring.total++;
}

/** Writes a record that is about no request, by template name. */
export function writeNote(cluster: Cluster, process: Process, name: string, amount: number): void {
  const template = cluster.plan.programs[process.program].templates.get(name);
  if (template !== undefined) writeRecord(cluster, process, template, -1, 0, amount, -1, -1, 0);
}
