/**
 * Users on their journeys: they ask, wait, think, and look whether what they saved is still there.
 */
import { drawExponential } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { PURPOSE_USER } from '../kernel/purposes.ts';
import type { Cluster } from './cluster-state.ts';
import { addDeadline } from './deadlines.ts';
import { EVENT_USER_STEP } from './event-kinds.ts';
import { countLatency } from './latency-buckets.ts';
import { scheduleArrival } from './load.ts';
import { PATH_OPEN, PATH_REFUSES, pathState } from './links.ts';
import { refuseCall, sendRequest } from './messages.ts';
import { passFlow } from './conntrack.ts';
import { mayConnect } from './network.ts';
import { pickTarget } from './service-targets.ts';
import { CALLER_USER, STATUS_NO_ENDPOINTS, STATUS_OK, STATUS_REFUSED } from './spans.ts';
import { freeUser, takeUser } from './users.ts';

/** A user begins a journey. */
export function handleArrival(cluster: Cluster, journey: number, arrival: number): void {
  const { users } = cluster;
  const user = takeUser(users);
  users.journey[user] = journey;
  users.step[user] = 0;
  users.arrival[user] = arrival;
  users.callSerial[user] = 0;
  users.asked[user] = cluster.nowMicros;
  // Whoever comes to look expects everything that anyone was told is saved.
  users.remembered[user] = cluster.lastAcknowledgedRow;
  users.slow[user] = 0;
  cluster.journeys[journey].started++;
  scheduleArrival(cluster, journey);
  askStep(cluster, user);
}

/** Sends the request of the user's current step. */
export function askStep(cluster: Cluster, user: number): void {
  const { users, plan } = cluster;
  const edge = plan.edges[plan.entryEdge];
  const serial = ++cluster.lastCallSerial;
  users.callSerial[user] = serial;
  users.asked[user] = cluster.nowMicros;
  const targets = cluster.serviceTargets[edge.service];
  const target =
    targets.length > 1
      ? targets[users.arrival[user] % targets.length]
      : pickTarget(cluster, edge.service, null);
  if (target < 0) {
    refuseCall(cluster, CALLER_USER, user, serial, STATUS_NO_ENDPOINTS);
    return;
  }
  const server = cluster.processes[target];
  const program = plan.programs[server.program];
  addDeadline(cluster, edge.answerQueue, serial, CALLER_USER, user);
  if (!mayConnect(server, program.spec.port, -1) || !passFlow(cluster, -1, server.host)) return;
  const path = pathState(cluster, -1, server.host, program.spec.port);
  if (path === PATH_REFUSES) refuseCall(cluster, CALLER_USER, user, serial, STATUS_REFUSED);
  if (path !== PATH_OPEN) return;
  if (server.phase !== 'running') {
    refuseCall(cluster, CALLER_USER, user, serial, STATUS_REFUSED);
    return;
  }
  const journey = users.journey[user];
  const step = users.step[user];
  const endpoint = program.endpointOfRoute[plan.journeys[journey].routes[step]];
  const keyHi = (journey + 1) * 256 + step;
  sendRequest(
    cluster,
    null,
    server,
    program.spec.port,
    endpoint,
    keyHi,
    users.arrival[user],
    1,
    CALLER_USER,
    user,
    serial,
  );
}

/** A step of a user has ended, with an answer or without. */
export function endStep(cluster: Cluster, user: number, status: number, value: number): void {
  const { users, plan } = cluster;
  const number = users.journey[user];
  const counters = cluster.journeys[number];
  const journey = plan.journeys[number];
  users.callSerial[user] = 0;
  const latency = cluster.nowMicros - users.asked[user];
  countLatency(counters.latencyBuckets, latency);
  counters.latencySumMicros += latency;
  if (status !== STATUS_OK) {
    counters.failed++;
    counters.bad++;
    freeUser(users, user);
    return;
  }
  const step = journey.spec.steps[users.step[user]];
  if (step.check === 'readBack' && value < users.remembered[user]) {
    counters.lost++;
    counters.bad++;
    freeUser(users, user);
    return;
  }
  if (step.check === 'remember') {
    users.remembered[user] = value;
    if (value > cluster.lastAcknowledgedRow) cluster.lastAcknowledgedRow = value;
  }
  if (latency > journey.thresholdMicros) users.slow[user] = 1;
  nextStep(cluster, user);
}

/** Thinks about the next step, or ends the journey. */
function nextStep(cluster: Cluster, user: number): void {
  const { users, plan } = cluster;
  const number = users.journey[user];
  const { steps } = plan.journeys[number].spec;
  const step = ++users.step[user];
  if (step < steps.length) {
    const keyHi = (number + 1) * 256 + step;
    const luck = drawExponential(cluster.seed, PURPOSE_USER, keyHi, users.arrival[user], 0);
    const think = Math.ceil(steps[step].thinkMicros * (0.5 + 0.5 * luck));
    schedule(cluster.queue, cluster.nowMicros + think, EVENT_USER_STEP, user, 0);
    return;
  }
  const counters = cluster.journeys[number];
  if (users.slow[user] === 1) {
    counters.slow++;
    counters.bad++;
  } else counters.good++;
  freeUser(users, user);
}
