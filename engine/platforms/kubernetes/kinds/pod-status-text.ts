/**
 * READY, STATUS and RESTARTS of a pod, by the rules of the real printer: what a container waits for or
 * died of outranks the phase, an unfinished init container outranks that, deletion outranks all.
 */
import type { JsonObject } from '../api-types.ts';
import { countAt, flagAt, memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';

/** What the printer says of a pod. */
export type PodStatusText = {
  /** Ready containers. */
  ready: number;
  /** All containers, sidecars included. */
  total: number;
  /** The word in STATUS. */
  reason: string;
  /** Restarts of all containers. */
  restarts: number;
  /** When the last restart's predecessor ended; '' when there was none. */
  lastRestart: string;
};

/** Running tally while containers are walked through. */
type Tally = { restarts: number; lastRestart: string };

function addRestarts(tally: Tally, status: JsonObject): void {
  tally.restarts += countAt(status, 'restartCount');
  const ended = textAt(objectAt(objectAt(status, 'lastState'), 'terminated'), 'finishedAt');
  // RFC 3339 in UTC and whole seconds: text order is time order.
  if (ended > tally.lastRestart) tally.lastRestart = ended;
}

function terminatedReason(terminated: JsonObject): string {
  const reason = textAt(terminated, 'reason');
  if (reason !== '') return reason;
  const signal = countAt(terminated, 'signal');
  return signal !== 0 ? `Signal:${signal}` : `ExitCode:${countAt(terminated, 'exitCode')}`;
}

function isSidecar(container: JsonObject | undefined): boolean {
  return textAt(container, 'restartPolicy') === 'Always';
}

/** Why an init container keeps the pod from starting; undefined when it is done or serves as sidecar. */
function initReason(status: JsonObject, sidecar: boolean, place: string): string | undefined {
  const state = objectAt(status, 'state');
  const terminated = objectAt(state, 'terminated');
  if (terminated !== undefined && countAt(terminated, 'exitCode') === 0) return undefined;
  if (sidecar && flagAt(status, 'started')) return undefined;
  if (terminated !== undefined) return `Init:${terminatedReason(terminated)}`;
  const waiting = textAt(objectAt(state, 'waiting'), 'reason');
  if (waiting !== '' && waiting !== 'PodInitializing') return `Init:${waiting}`;
  return `Init:${place}`;
}

function hasCondition(status: JsonObject | undefined, type: string): boolean {
  return objectsAt(status, 'conditions').some(
    (condition) => textAt(condition, 'type') === type && textAt(condition, 'status') === 'True',
  );
}

/** Walks the init containers; answers whether one of them still holds the pod up. */
function readInitContainers(pod: JsonObject, text: PodStatusText, sidecars: Tally): boolean {
  const spec = objectAt(pod, 'spec');
  const inits = objectsAt(spec, 'initContainers');
  const statuses = objectsAt(objectAt(pod, 'status'), 'initContainerStatuses');
  for (let at = 0; at < statuses.length; at++) {
    const status = statuses[at];
    const sidecar = isSidecar(inits.find((init) => textAt(init, 'name') === textAt(status, 'name')));
    addRestarts(text, status);
    if (sidecar) addRestarts(sidecars, status);
    const reason = initReason(status, sidecar, `${at}/${inits.length}`);
    if (reason !== undefined) {
      text.reason = reason;
      return true;
    }
    if (sidecar && flagAt(status, 'ready')) text.ready += 1;
  }
  return false;
}

/** Walks the containers from the last to the first, so that the first one's trouble is shown. */
function readContainers(pod: JsonObject, text: PodStatusText): void {
  const status = objectAt(pod, 'status');
  let hasRunning = false;
  for (const container of objectsAt(status, 'containerStatuses').reverse()) {
    addRestarts(text, container);
    const state = objectAt(container, 'state');
    const waiting = textAt(objectAt(state, 'waiting'), 'reason');
    const terminated = objectAt(state, 'terminated');
    if (waiting !== '') text.reason = waiting;
    else if (terminated !== undefined) text.reason = terminatedReason(terminated);
    else if (flagAt(container, 'ready') && memberAt(state, 'running') !== undefined) {
      hasRunning = true;
      text.ready += 1;
    }
  }
  if (text.reason === 'Completed' && hasRunning) {
    text.reason = hasCondition(status, 'Ready') ? 'Running' : 'NotReady';
  }
}

/** What READY, STATUS and RESTARTS say of a pod. */
export function podStatusText(pod: JsonObject): PodStatusText {
  const status = objectAt(pod, 'status');
  const spec = objectAt(pod, 'spec');
  const phase = textAt(status, 'phase');
  const statusReason = textAt(status, 'reason');
  const sidecarCount = objectsAt(spec, 'initContainers').filter(isSidecar).length;
  const total = objectsAt(spec, 'containers').length + sidecarCount;
  const text: PodStatusText = {
    ready: 0,
    total,
    reason: statusReason || phase,
    restarts: 0,
    lastRestart: '',
  };
  const gated = objectsAt(status, 'conditions').some((one) => textAt(one, 'reason') === 'SchedulingGated');
  if (gated) text.reason = 'SchedulingGated';
  const sidecars: Tally = { restarts: 0, lastRestart: '' };
  const initializing = readInitContainers(pod, text, sidecars);
  if (!initializing || hasCondition(status, 'Initialized')) {
    text.restarts = sidecars.restarts;
    text.lastRestart = sidecars.lastRestart;
    readContainers(pod, text);
  }
  const deleted = textAt(objectAt(pod, 'metadata'), 'deletionTimestamp') !== '';
  if (deleted && statusReason === 'NodeLost') text.reason = 'Unknown';
  else if (deleted && phase !== 'Succeeded' && phase !== 'Failed') text.reason = 'Terminating';
  return text;
}
