/**
 * Calls that a span makes over an edge: connection, request, deadline, retry.
 *
 * Each stage of a call has its own serial; whatever comes for an older serial is stale. A call that
 * timed out goes on at the callee as an orphan: the wasted work that sustains overloads.
 */
import { drawUnit } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { PURPOSE_BACKOFF } from '../kernel/purposes.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { acquireConnection, endConnectionUse } from './pools.ts';
import { addDeadline } from './deadlines.ts';
import { EVENT_RETRY } from './event-kinds.ts';
import { childSite, refuseCall, sendRequest } from './messages.ts';
import { mayConnect } from './network.ts';
import { nextTarget } from './service-targets.ts';
import {
  CALLER_SPAN,
  STATUS_CONNECT_TIMEOUT,
  STATUS_ERROR,
  STATUS_NO_ENDPOINTS,
  STATUS_NO_SPACE,
  STATUS_OK,
  STATUS_OVERLOADED,
  STATUS_POOL_TIMEOUT,
  STATUS_REFUSED,
  STATUS_RESET,
  STATUS_TIMEOUT,
  STATUS_TOO_MANY,
} from './spans.ts';
import { continueSpan, failSpan } from './work.ts';

/** Starts the call that the span's last step names. */
export function startCall(cluster: Cluster, span: number, edge: number): void {
  cluster.spans.callEdge[span] = edge;
  cluster.spans.callAttempt[span] = 0;
  tryCall(cluster, span);
}

/** Makes one attempt. */
function tryCall(cluster: Cluster, span: number): void {
  const { spans, plan } = cluster;
  const serial = ++cluster.lastCallSerial;
  spans.callSerial[span] = serial;
  spans.callConnection[span] = -1;
  const process = cluster.processes[spans.process[span]];
  const edge = plan.edges[spans.callEdge[span]];
  const pool = process.poolOfEdge[edge.id];
  spans.callPool[span] = pool;
  if (pool >= 0) {
    acquireConnection(cluster, pool, span);
    return;
  }
  const target = nextTarget(cluster, process, edge.id);
  if (target < 0) refuseCall(cluster, CALLER_SPAN, span, serial, STATUS_NO_ENDPOINTS);
  else requestOf(cluster, span, process, cluster.processes[target], true);
}

/**
 * Sends the request of a span's call to a server. `fresh` = no connection is known to stand, so policy
 * and a dead peer show at once.
 */
export function requestOf(
  cluster: Cluster,
  span: number,
  client: Process,
  server: Process,
  fresh: boolean,
): void {
  const { spans, plan } = cluster;
  const edge = plan.edges[spans.callEdge[span]];
  const serial = ++cluster.lastCallSerial;
  spans.callSerial[span] = serial;
  spans.callTarget[span] = server.id;
  const program = plan.programs[server.program];
  const port = edge.spec.port === 'admin' ? program.spec.adminPort : program.spec.port;
  if (fresh && !mayConnect(server, port, client.id)) {
    // Dropped, not refused: the caller learns nothing until its connect deadline.
    addDeadline(cluster, edge.connectQueue, serial, CALLER_SPAN, span);
    return;
  }
  if (server.phase !== 'running') {
    refuseCall(cluster, CALLER_SPAN, span, serial, STATUS_REFUSED);
    return;
  }
  const endpoint = program.endpointOfRoute[plan.stepRoute[spans.step[span] - 1]];
  const site = childSite(spans.site[span], edge.id, spans.callAttempt[span]);
  const sent = sendRequest(
    cluster,
    client,
    server,
    port,
    endpoint,
    spans.keyHi[span],
    spans.keyLo[span],
    site,
    CALLER_SPAN,
    span,
    serial,
  );
  const wait = sent || !fresh ? edge.answerQueue : edge.connectQueue;
  addDeadline(cluster, wait, serial, CALLER_SPAN, span);
}

/** Whether a failed attempt may be repeated. An answer from a reached server is final. */
function mayRetry(status: number, reached: boolean, onTimeout: boolean): boolean {
  if (reached) return false;
  switch (status) {
    case STATUS_REFUSED:
    case STATUS_RESET:
    case STATUS_NO_ENDPOINTS:
    case STATUS_CONNECT_TIMEOUT:
    case STATUS_TOO_MANY:
      return true;
    case STATUS_TIMEOUT:
      return onTimeout;
    default:
      return false;
  }
}

/**
 * What an error answer of a server is to the caller: its own error, unless the kind of it shows through.
 * So a request that failed by a time-out or refusal failed on the caller's own connection.
 */
function passedOn(status: number): number {
  return status === STATUS_OVERLOADED || status === STATUS_NO_SPACE ? status : STATUS_ERROR;
}

/** A span's call has ended: with an answer (`reached`), a refusal or a deadline. */
export function endCall(
  cluster: Cluster,
  span: number,
  status: number,
  value: number,
  reached: boolean,
): void {
  const { spans, plan } = cluster;
  const edge = plan.edges[spans.callEdge[span]];
  spans.callSerial[span] = 0;
  if (status === STATUS_POOL_TIMEOUT && !reached) cluster.pools[spans.callPool[span]].acquireTimeouts++;
  else if (spans.callPool[span] >= 0) {
    endConnectionUse(cluster, spans.callPool[span], spans.callConnection[span], reached);
  }
  if (status === STATUS_OK) {
    spans.value[span] = value;
    continueSpan(cluster, span);
    return;
  }
  const { retry } = edge.spec;
  const attempt = spans.callAttempt[span];
  if (attempt + 1 < retry.attempts && mayRetry(status, reached, retry.onTimeout)) {
    spans.callAttempt[span] = attempt + 1;
    const serial = ++cluster.lastCallSerial;
    spans.callSerial[span] = serial;
    const luck = drawUnit(
      cluster.seed,
      PURPOSE_BACKOFF,
      spans.keyHi[span],
      spans.keyLo[span],
      childSite(spans.site[span], edge.id, attempt),
    );
    const wait = Math.round(retry.backoffMicros * (1 << attempt) * (0.5 + luck));
    schedule(cluster.queue, cluster.nowMicros + wait, EVENT_RETRY, span, serial);
    return;
  }
  failSpan(cluster, span, reached ? passedOn(status) : status, edge.id);
}

/** Back-off is over: tries again unless the span has gone meanwhile. */
export function retryCall(cluster: Cluster, span: number, serial: number): void {
  if (cluster.spans.callSerial[span] === serial) tryCall(cluster, span);
}
