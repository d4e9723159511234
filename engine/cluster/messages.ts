/**
 * Requests and answers on their way. A request that reaches a process becomes a span there; one that
 * cannot be delivered is answered by the network itself (refused) or by nobody (dropped).
 *
 * Functions here take many plain arguments and no options object: they run several times a request
 * and must not allocate.
 */
import { schedule } from '../kernel/event-queue.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { EVENT_ANSWER, EVENT_RESEND, EVENT_SPAN_ARRIVES } from './event-kinds.ts';
import { BLOCKED, crossLinks } from './links.ts';
import { hopMicros, LOST, lossMicros, RTO_MICROS } from './network.ts';
import {
  CALLER_INQUIRY,
  CALLER_NONE,
  CALLER_SPAN,
  CALLER_USER,
  SPAN_ANSWERED,
  SPAN_TRAVELLING,
  freeSpan,
  takeSpan,
} from './spans.ts';

/** How long a refusal by the network takes to come back, microseconds. */
const REFUSAL_MICROS = 300;
/** Sizes of messages that nobody has told, bytes: one segment each. */
const REQUEST_BYTES = 600;
const ANSWER_BYTES = 1200;
/** Doublings of the retransmission time-out, at most: Linux TCP_RTO_MAX is 120 s. */
const BACKOFF_MAX = 9;

/** The path index of a child request: who called whom at which attempt, folded. */
export function childSite(site: number, edge: number, attempt: number): number {
  return (Math.imul(site, 31) + edge * 8 + attempt + 1) >>> 0;
}

/** Fills a new span in every field. */
function newSpan(
  cluster: Cluster,
  state: number,
  process: number,
  endpoint: number,
  callerKind: number,
  caller: number,
  serial: number,
): number {
  const { spans } = cluster;
  const span = takeSpan(spans);
  spans.state[span] = state;
  spans.process[span] = process;
  spans.endpoint[span] = endpoint;
  spans.step[span] = 0;
  spans.keyHi[span] = 0;
  spans.keyLo[span] = 0;
  spans.site[span] = 0;
  spans.callerKind[span] = callerKind;
  spans.caller[span] = caller;
  spans.callerSerial[span] = serial;
  spans.arrived[span] = cluster.nowMicros;
  spans.status[span] = 0;
  spans.value[span] = 0;
  spans.callSerial[span] = 0;
  spans.callEdge[span] = -1;
  spans.callAttempt[span] = 0;
  spans.callPool[span] = -1;
  spans.callConnection[span] = -1;
  spans.callTarget[span] = -1;
  spans.deadline[span] = 0;
  spans.callProbe[span] = 0;
  spans.callDeadline[span] = 0;
  return span;
}

/** Until when a caller says that an answer is of use, microseconds; 0 = it does not say. */
function toldDeadline(cluster: Cluster, callerKind: number, caller: number): number {
  if (callerKind === CALLER_SPAN) return cluster.spans.callDeadline[caller];
  const { entryDeadlineMicros } = cluster.plan;
  return callerKind === CALLER_USER && entryDeadlineMicros > 0 ? cluster.nowMicros + entryDeadlineMicros : 0;
}

/**
 * Sends a request from a client process (null = the public) to a server process.
 *
 * @returns false when the network lost it for good: the caller's deadline is all that is left.
 */
export function sendRequest(
  cluster: Cluster,
  client: Process | null,
  server: Process,
  port: number,
  endpoint: number,
  keyHi: number,
  keyLo: number,
  site: number,
  callerKind: number,
  caller: number,
  serial: number,
): boolean {
  const extra = lossMicros(cluster, keyHi, keyLo, site * 2, client, server, port);
  if (extra === LOST) return false;
  const hop = hopMicros(cluster, keyHi, keyLo, site * 2, client === null ? -1 : client.host, server.host);
  const span = newSpan(cluster, SPAN_TRAVELLING, server.id, endpoint, callerKind, caller, serial);
  const { spans } = cluster;
  spans.keyHi[span] = keyHi;
  spans.keyLo[span] = keyLo;
  spans.site[span] = site;
  spans.deadline[span] = toldDeadline(cluster, callerKind, caller);
  if (cluster.links !== undefined) sendOverLinks(cluster, span, hop + extra, 0);
  else schedule(cluster.queue, cluster.nowMicros + hop + extra, EVENT_SPAN_ARRIVES, span, 0);
  return true;
}

/** Lets the network itself answer a call, with a status and after the time a refusal takes. */
export function refuseCall(
  cluster: Cluster,
  callerKind: number,
  caller: number,
  serial: number,
  status: number,
): void {
  const span = newSpan(cluster, SPAN_ANSWERED, -1, -1, callerKind, caller, serial);
  cluster.spans.status[span] = status;
  schedule(cluster.queue, cluster.nowMicros + REFUSAL_MICROS, EVENT_ANSWER, span, 0);
}

/** Sends the answer of a span back to whoever waits; an orphan's answer goes nowhere. */
export function sendAnswer(cluster: Cluster, span: number): void {
  const { spans } = cluster;
  const kind = spans.callerKind[span];
  if (kind === CALLER_NONE) {
    freeSpan(spans, span);
    return;
  }
  spans.state[span] = SPAN_ANSWERED;
  const server = cluster.processes[spans.process[span]];
  let client: Process | null = null;
  let clientHost = -1;
  if (kind === CALLER_SPAN) {
    const caller = spans.caller[span];
    // The caller's slot may serve another request by now; then its serial differs and nobody listens.
    if (spans.callSerial[caller] !== spans.callerSerial[span]) {
      freeSpan(spans, span);
      return;
    }
    client = cluster.processes[spans.process[caller]];
    clientHost = client.host;
  } else if (kind === CALLER_INQUIRY) clientHost = server.host;
  const hop = spans.site[span] * 2 + 1;
  const { port } = cluster.plan.programs[server.program].spec;
  const extra = lossMicros(cluster, spans.keyHi[span], spans.keyLo[span], hop, client, server, port);
  if (extra === LOST) {
    freeSpan(spans, span);
    return;
  }
  const wait = hopMicros(cluster, spans.keyHi[span], spans.keyLo[span], hop, clientHost, server.host);
  if (cluster.links !== undefined) sendOverLinks(cluster, span, wait + extra, 0);
  else schedule(cluster.queue, cluster.nowMicros + wait + extra, EVENT_ANSWER, span, 0);
}

/** The host that a span's answer goes to: −1 = the public. */
function callerHost(cluster: Cluster, span: number): number {
  const { spans } = cluster;
  const caller = spans.caller[span];
  if (spans.callerKind[span] === CALLER_SPAN) return cluster.processes[spans.process[caller]].host;
  if (spans.callerKind[span] === CALLER_USER) return -1;
  const balancer = cluster.inquiries.get(caller)?.balancer ?? -1;
  // Other inquiries are put from beside the server: probes by its own host.
  const asker = balancer < 0 ? spans.process[span] : cluster.balancers[balancer].caller;
  return cluster.processes[asker].host;
}

/** Whether whoever sent a request still waits for its answer. */
function isAwaited(cluster: Cluster, span: number): boolean {
  const { spans, users } = cluster;
  const caller = spans.caller[span];
  const serial = spans.callerSerial[span];
  if (spans.callerKind[span] === CALLER_SPAN) return spans.callSerial[caller] === serial;
  if (spans.callerKind[span] === CALLER_USER) return users.callSerial[caller] === serial;
  return cluster.inquiries.get(caller)?.serial === serial;
}

/** Sends a request or an answer over the links of its way; what does not get through comes again. */
function sendOverLinks(cluster: Cluster, span: number, hopMicros: number, tries: number): void {
  const { spans, links } = cluster;
  const answers = spans.state[span] === SPAN_ANSWERED;
  const server = cluster.processes[spans.process[span]];
  const { spec } = cluster.plan.programs[server.program];
  const client = callerHost(cluster, span);
  const from = answers ? server.host : client;
  const to = answers ? client : server.host;
  const size = spec.endpoints[spans.endpoint[span]]?.messages;
  const bytes = answers ? (size?.answerBytes ?? ANSWER_BYTES) : (size?.requestBytes ?? REQUEST_BYTES);
  const hop = spans.site[span] * 2 + (answers ? 1 : 0);
  const [hi, lo] = [spans.keyHi[span], spans.keyLo[span]];
  const port = spans.endpoint[span] < 0 ? spec.adminPort : spec.port;
  const wait = crossLinks(cluster, links!, hi, lo, hop, tries, from, to, port, bytes);
  if (wait !== BLOCKED) {
    const kind = answers ? EVENT_ANSWER : EVENT_SPAN_ARRIVES;
    schedule(cluster.queue, cluster.nowMicros + hopMicros + wait, kind, span, 0);
    return;
  }
  cluster.hosts[server.host].retransmits++;
  if (answers) server.retransmits++;
  else if (spans.callerKind[span] === CALLER_SPAN) {
    cluster.processes[spans.process[spans.caller[span]]].retransmits++;
  }
  const again = cluster.nowMicros + RTO_MICROS * (1 << Math.min(tries, BACKOFF_MAX));
  schedule(cluster.queue, again, EVENT_RESEND, span, tries + 1);
}

/** The retransmission time-out of a message is over. Nobody sends what nobody waits for any more. */
export function resend(cluster: Cluster, span: number, tries: number): void {
  const { spans } = cluster;
  // A reset is not a segment: the kernel sends it once, and the process that would repeat it is gone.
  if (!isAwaited(cluster, span) || spans.process[span] < 0) {
    freeSpan(spans, span);
    return;
  }
  const server = cluster.processes[spans.process[span]];
  const [hi, lo] = [spans.keyHi[span], spans.keyLo[span]];
  const hop = spans.site[span] * 2 + (spans.state[span] === SPAN_ANSWERED ? 1 : 0);
  sendOverLinks(
    cluster,
    span,
    hopMicros(cluster, hi, lo, hop, callerHost(cluster, span), server.host),
    tries,
  );
}
