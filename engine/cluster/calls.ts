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
import { passFlow } from './conntrack.ts';
import { addDeadline } from './deadlines.ts';
import { beginAttempt, beginCall, BREAKER_HALF_OPEN, endAttempt, takeRetry } from './edge-policies.ts';
import type { EdgePolicy } from './edge-policies.ts';
import { EVENT_CALL_DEADLINE, EVENT_HEDGE, EVENT_RETRY } from './event-kinds.ts';
import { PATH_DROPS, PATH_OPEN, PATH_REFUSES, pathState } from './links.ts';
import { childSite, refuseCall, sendRequest } from './messages.ts';
import { mayConnect } from './network.ts';
import type { PlanEdge, PlanProgram } from './plan.ts';
import { nextTarget } from './service-targets.ts';
import { beginUse, endUse } from './target-choice.ts';
import {
  CALLER_SPAN,
  STATUS_BREAKER_OPEN,
  STATUS_CONNECT_TIMEOUT,
  STATUS_ERROR,
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
  isTooLate,
} from './spans.ts';
import type { EdgeSpec } from './system-spec.ts';
import { continueSpan, failSpan } from './work.ts';

/** Attempt number of a hedge in the draws of its request: above those of attempts made in turn. */
const HEDGE_ATTEMPT = 7;

/** The port that an edge calls on a program. */
function calledPort(edge: PlanEdge, program: PlanProgram): number {
  return edge.spec.port === 'admin' ? program.spec.adminPort : program.spec.port;
}

/** The guards of a span's call, or null where the edge has none. */
function policyOf(cluster: Cluster, span: number): EdgePolicy | null {
  const { spans } = cluster;
  const number = cluster.processes[spans.process[span]].policyOfEdge[spans.callEdge[span]];
  return number < 0 ? null : cluster.edgePolicies[number];
}

/** Starts the call that the span's last step names. */
export function startCall(cluster: Cluster, span: number, edge: number): void {
  cluster.spans.callEdge[span] = edge;
  cluster.spans.callAttempt[span] = 0;
  const policy = policyOf(cluster, span);
  if (policy !== null) {
    const status = beginCall(policy, cluster.plan.edges[edge].spec.policy!);
    if (status !== STATUS_OK) {
      failSpan(cluster, span, status, edge);
      return;
    }
  }
  tryCall(cluster, span);
}

/** Asks the guards for one attempt, and tells until when its answer is of use; false when it has failed. */
function guardAttempt(cluster: Cluster, span: number, policy: EdgePolicy): boolean {
  const { spans, plan, nowMicros } = cluster;
  const { spec } = plan.edges[policy.edge];
  const guards = spec.policy!;
  if (beginAttempt(policy, guards, nowMicros) !== STATUS_OK) {
    policy.inFlight--;
    failSpan(cluster, span, STATUS_BREAKER_OPEN, policy.edge);
    return false;
  }
  spans.callProbe[span] = policy.breaker === BREAKER_HALF_OPEN ? 1 : 0;
  if (guards.passDeadline) {
    const own = nowMicros + spec.timeoutMicros;
    const told = spans.deadline[span];
    spans.callDeadline[span] = told > 0 && told < own ? told : own;
  }
  return true;
}

/** Makes one attempt. */
function tryCall(cluster: Cluster, span: number): void {
  const { spans, plan } = cluster;
  spans.callDeadline[span] = 0;
  const policy = policyOf(cluster, span);
  if (policy !== null && !guardAttempt(cluster, span, policy)) return;
  const serial = ++cluster.lastCallSerial;
  spans.callSerial[span] = serial;
  spans.callConnection[span] = -1;
  const process = cluster.processes[spans.process[span]];
  const edge = plan.edges[spans.callEdge[span]];
  const pool = process.poolOfEdge[edge.id];
  spans.callPool[span] = pool;
  if (edge.spec.balancing !== undefined) spans.callTarget[span] = -1;
  if (pool >= 0) {
    acquireConnection(cluster, pool, span);
    return;
  }
  const target = nextTarget(cluster, process, edge.id, spans.keyLo[span]);
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
  // What connected for this call counts from then.
  if (edge.spec.balancing !== undefined && spans.callTarget[span] !== server.id) {
    beginUse(cluster, client, edge.id, server.id);
  }
  spans.callTarget[span] = server.id;
  const program = plan.programs[server.program];
  const port = calledPort(edge, program);
  const path = pathState(cluster, client.host, server.host, port);
  const dropped =
    fresh &&
    !(
      mayConnect(server, port, client.id) &&
      passFlow(cluster, client.host, server.host) &&
      path !== PATH_DROPS
    );
  if (dropped) {
    // Dropped, not refused: the caller learns nothing until its connect deadline.
    addDeadline(cluster, edge.connectQueue, serial, CALLER_SPAN, span);
    return;
  }
  if (path === PATH_REFUSES) {
    refuseCall(cluster, CALLER_SPAN, span, serial, fresh ? STATUS_REFUSED : STATUS_RESET);
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
  const told = spans.callDeadline[span];
  // Deadlines of one queue are equally long; what is given less time has an event of its own.
  if (told > 0 && told < cluster.nowMicros + plan.deadlineMicros[wait]) {
    schedule(cluster.queue, told, EVENT_CALL_DEADLINE, span, serial);
  } else addDeadline(cluster, wait, serial, CALLER_SPAN, span);
  const hedge = edge.spec.policy?.hedgeAfterMicros ?? 0;
  if (hedge > 0 && edge.spec.pool === null && spans.callAttempt[span] === 0) {
    schedule(cluster.queue, cluster.nowMicros + hedge, EVENT_HEDGE, span, serial);
  }
}

/** A call that was given less time than its edge gives is over. */
export function expireCall(cluster: Cluster, span: number, serial: number): void {
  if (cluster.spans.callSerial[span] === serial) endCall(cluster, span, STATUS_TIMEOUT, 0, false);
}

/** No answer yet: sends the request to another target too. Whichever answers first ends the call. */
export function hedgeCall(cluster: Cluster, span: number, serial: number): void {
  const { spans, plan } = cluster;
  if (spans.callSerial[span] !== serial) return;
  const policy = policyOf(cluster, span);
  const edge = plan.edges[spans.callEdge[span]];
  const client = cluster.processes[spans.process[span]];
  if (policy === null) return;
  let target = nextTarget(cluster, client, edge.id);
  if (target === spans.callTarget[span]) target = nextTarget(cluster, client, edge.id);
  if (target < 0 || target === spans.callTarget[span]) return;
  const server = cluster.processes[target];
  const program = plan.programs[server.program];
  const port = calledPort(edge, program);
  if (server.phase !== 'running' || !mayConnect(server, port, client.id)) return;
  if (pathState(cluster, client.host, server.host, port) !== PATH_OPEN) return;
  // Last of all: a hedge that cannot be sent costs no retry.
  if (!takeRetry(policy, edge.spec.policy!) || !passFlow(cluster, client.host, server.host)) return;
  policy.hedges++;
  const endpoint = program.endpointOfRoute[plan.stepRoute[spans.step[span] - 1]];
  const site = childSite(spans.site[span], edge.id, HEDGE_ATTEMPT);
  const { keyHi, keyLo } = spans;
  const [hi, lo] = [keyHi[span], keyLo[span]];
  sendRequest(cluster, client, server, port, endpoint, hi, lo, site, CALLER_SPAN, span, serial);
}

/** Whether a failed attempt may be repeated. What a reached server answers is final, but for overload. */
function mayRetry(edge: EdgeSpec, status: number, reached: boolean): boolean {
  if (reached) {
    const overloaded = status === STATUS_OVERLOADED || status === STATUS_RATE_LIMITED;
    return overloaded && edge.policy?.retryOverload === true;
  }
  switch (status) {
    case STATUS_REFUSED:
    case STATUS_RESET:
    case STATUS_NO_ENDPOINTS:
    case STATUS_CONNECT_TIMEOUT:
    case STATUS_TOO_MANY:
      return true;
    case STATUS_TIMEOUT:
      return edge.retry.onTimeout;
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

/** How long to wait before the attempt after this one, microseconds. */
function backoffMicros(cluster: Cluster, span: number, edge: EdgeSpec, attempt: number): number {
  const { spans } = cluster;
  const { jitter = 'half', backoffMaxMicros = Infinity } = edge.policy ?? {};
  const mean = Math.min(backoffMaxMicros, edge.retry.backoffMicros * (1 << attempt));
  if (jitter === 'none') return Math.round(mean);
  const site = childSite(spans.site[span], spans.callEdge[span], attempt);
  const luck = drawUnit(cluster.seed, PURPOSE_BACKOFF, spans.keyHi[span], spans.keyLo[span], site);
  return Math.round(mean * (jitter === 'full' ? 2 * luck : 0.5 + luck));
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
  if (edge.spec.balancing !== undefined && spans.callTarget[span] >= 0) {
    const caller = cluster.processes[spans.process[span]];
    endUse(cluster, caller, edge.id, spans.callTarget[span], status);
    spans.callTarget[span] = -1;
  }
  const policy = policyOf(cluster, span);
  const guards = edge.spec.policy;
  if (policy !== null) {
    endAttempt(policy, guards!, status === STATUS_OK, spans.callProbe[span] === 1, cluster.nowMicros);
  }
  if (status === STATUS_OK) {
    if (policy !== null) policy.inFlight--;
    spans.value[span] = value;
    continueSpan(cluster, span);
    return;
  }
  const attempt = spans.callAttempt[span];
  const late = isTooLate(spans, span, cluster.nowMicros);
  const again = !late && attempt + 1 < edge.spec.retry.attempts && mayRetry(edge.spec, status, reached);
  if (again && (policy === null || takeRetry(policy, guards!))) {
    if (policy !== null) policy.retries++;
    spans.callAttempt[span] = attempt + 1;
    const serial = ++cluster.lastCallSerial;
    spans.callSerial[span] = serial;
    const wait = backoffMicros(cluster, span, edge.spec, attempt);
    schedule(cluster.queue, cluster.nowMicros + wait, EVENT_RETRY, span, serial);
    return;
  }
  if (policy !== null) policy.inFlight--;
  failSpan(cluster, span, reached ? passedOn(status) : status, edge.id);
}

/** Back-off is over: tries again unless the span has gone meanwhile. */
export function retryCall(cluster: Cluster, span: number, serial: number): void {
  if (cluster.spans.callSerial[span] === serial) tryCall(cluster, span);
}
