/** Hands each event of the cluster to the code it is for. */
import { schedule } from '../kernel/event-queue.ts';
import { invariant } from '../kernel/invariant.ts';
import { handleHealthCheck } from './balancers.ts';
import { endCall, expireCall, hedgeCall, retryCall } from './calls.ts';
import type { Cluster } from './cluster-state.ts';
import * as kinds from './event-kinds.ts';
import { handleFin } from './half-open.ts';
import { handleHousekeeping } from './housekeeping.ts';
import { endInquiry } from './inquiries.ts';
import { askStep, endStep, handleArrival } from './journeys.ts';
import { resend } from './messages.ts';
import { handleConnected } from './pools.ts';
import { handleBooted, handleKill } from './processes.ts';
import { CALLER_SPAN, CALLER_USER, STATUS_TIMEOUT, freeSpan } from './spans.ts';
import { arriveSpan, handleDiskDone, handleProcessor } from './work.ts';

/** An answer reaches whoever waits for it, if anyone still does. */
function handleAnswer(cluster: Cluster, span: number): void {
  const { spans, users } = cluster;
  const kind = spans.callerKind[span];
  const caller = spans.caller[span];
  const serial = spans.callerSerial[span];
  const status = spans.status[span];
  const value = spans.value[span];
  const reached = spans.process[span] >= 0;
  freeSpan(spans, span);
  if (kind === CALLER_SPAN) {
    if (spans.callSerial[caller] === serial) endCall(cluster, caller, status, value, reached);
  } else if (kind === CALLER_USER) {
    if (users.callSerial[caller] === serial) endStep(cluster, caller, status, value);
  } else endInquiry(cluster, caller, serial, status, reached);
}

/** Ends the waits of a deadline queue that are due, and arms the next one that is still alive. */
function handleDeadline(cluster: Cluster, number: number): void {
  const { spans, users, plan } = cluster;
  const queue = cluster.deadlines[number];
  const status = plan.deadlineStatus[number];
  queue.pending = false;
  while (queue.count > 0) {
    const at = queue.head;
    const caller = queue.caller[at];
    const serial = queue.serial[at];
    const isUser = queue.kind[at] === CALLER_USER;
    const alive = (isUser ? users.callSerial[caller] : spans.callSerial[caller]) === serial;
    if (alive && queue.due[at] > cluster.nowMicros) break;
    queue.head = (at + 1) & (queue.due.length - 1);
    queue.count--;
    if (!alive) continue;
    if (isUser) endStep(cluster, caller, status, 0);
    else endCall(cluster, caller, status, 0, false);
  }
  if (queue.count > 0 && !queue.pending) {
    queue.pending = true;
    schedule(cluster.queue, queue.due[queue.head], kinds.EVENT_DEADLINE, number, 0);
  }
}

/**
 * Runs one event of the cluster at `cluster.nowMicros`.
 *
 * @throws InvariantError on a kind that is not the cluster's.
 */
export function handleClusterEvent(cluster: Cluster, kind: number, a: number, b: number): void {
  switch (kind) {
    case kinds.EVENT_SPAN_ARRIVES:
      return arriveSpan(cluster, a);
    case kinds.EVENT_PROCESSOR:
      return handleProcessor(cluster, a);
    case kinds.EVENT_ANSWER:
      return handleAnswer(cluster, a);
    case kinds.EVENT_DISK_DONE:
      return handleDiskDone(cluster, a, b);
    case kinds.EVENT_ARRIVAL:
      return handleArrival(cluster, a, b);
    case kinds.EVENT_USER_STEP:
      return askStep(cluster, a);
    case kinds.EVENT_CONNECTED:
      return handleConnected(cluster, a, b);
    case kinds.EVENT_DEADLINE:
      return a < 0 ? endInquiry(cluster, b, 0, STATUS_TIMEOUT, false) : handleDeadline(cluster, a);
    case kinds.EVENT_RETRY:
      return retryCall(cluster, a, b);
    case kinds.EVENT_BOOTED:
      return handleBooted(cluster, a);
    case kinds.EVENT_KILL:
      return handleKill(cluster, a);
    case kinds.EVENT_HOUSEKEEPING:
      return handleHousekeeping(cluster, a);
    case kinds.EVENT_HEALTH_CHECK:
      return handleHealthCheck(cluster, a);
    case kinds.EVENT_HEDGE:
      return hedgeCall(cluster, a, b);
    case kinds.EVENT_CALL_DEADLINE:
      return expireCall(cluster, a, b);
    case kinds.EVENT_RESEND:
      return resend(cluster, a, b);
    case kinds.EVENT_FIN:
      return handleFin(cluster, a, b);
    default:
      invariant(false, `event kind ${kind} is not the cluster's`);
  }
}
