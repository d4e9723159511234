/**
 * Requests that are not load: kubelet probes, a balancer's health checks, curl and psql of a player.
 * Each is a real request on the target's CPU; its answer is a fact for the platform, by token.
 */
import { hashText } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { noteHealth } from './balancers.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { EVENT_DEADLINE } from './event-kinds.ts';
import { PATH_DROPS, PATH_OPEN, PATH_REFUSES, pathState } from './links.ts';
import { refuseCall, sendRequest } from './messages.ts';
import { passFlow } from './conntrack.ts';
import { mayConnect } from './network.ts';
import {
  CALLER_INQUIRY,
  STATUS_CONNECT_TIMEOUT,
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
} from './spans.ts';

/** High key word of inquiries, above those of any journey. */
const KEY_INQUIRY = 0x70000000;

/** The word for a status in facts and console output; '' for success. */
export function statusWord(status: number): string {
  switch (status) {
    case STATUS_OK:
      return '';
    case STATUS_OVERLOADED:
      return 'overloaded';
    case STATUS_TIMEOUT:
      return 'timeout';
    case STATUS_REFUSED:
      return 'refused';
    case STATUS_RESET:
      return 'reset';
    case STATUS_NO_ENDPOINTS:
      return 'no-endpoints';
    case STATUS_CONNECT_TIMEOUT:
      return 'connect-timeout';
    case STATUS_POOL_TIMEOUT:
      return 'pool-timeout';
    case STATUS_NO_SPACE:
      return 'no-space';
    case STATUS_TOO_MANY:
      return 'too-many-connections';
    case STATUS_RATE_LIMITED:
      return 'rate-limited';
    default:
      return 'error';
  }
}

/** Opens an inquiry and arms its deadline. */
function openInquiry(cluster: Cluster, balancer: number, target: number, timeoutMicros: number): number {
  const token = ++cluster.lastInquiry;
  const serial = ++cluster.lastCallSerial;
  cluster.inquiries.set(token, { token, serial, askedMicros: cluster.nowMicros, balancer, target });
  schedule(cluster.queue, cluster.nowMicros + timeoutMicros, EVENT_DEADLINE, -1, token);
  return token;
}

/** Sends the request of an inquiry to a process. */
function ask(
  cluster: Cluster,
  token: number,
  client: Process | null,
  server: Process,
  route: string,
  port: number,
): void {
  const inquiry = cluster.inquiries.get(token);
  if (!inquiry) return;
  const program = cluster.plan.programs[server.program];
  const serves = port === program.spec.port || port === program.spec.adminPort;
  if (client !== server) {
    if (!mayConnect(server, port, client === null ? -1 : client.id)) return;
    if (!passFlow(cluster, client === null ? -1 : client.host, server.host)) return;
  }
  const path = client === server ? PATH_OPEN : pathState(cluster, client?.host ?? -1, server.host, port);
  if (path === PATH_DROPS) return;
  if (path === PATH_REFUSES || server.phase !== 'running' || !serves) {
    refuseCall(cluster, CALLER_INQUIRY, token, inquiry.serial, STATUS_REFUSED);
    return;
  }
  const endpoint = route === 'probe' ? -1 : program.endpointNames.indexOf(route);
  const key = (KEY_INQUIRY | (hashText(server.owner) >>> 4)) >>> 0;
  sendRequest(
    cluster,
    client,
    server,
    port,
    endpoint,
    key,
    server.inquiries++,
    1,
    CALLER_INQUIRY,
    token,
    inquiry.serial,
  );
}

/**
 * Asks a process directly, without crossing the network unless `fromProcess` is given (−1 = none).
 *
 * @returns the token of the fact `answered` that follows.
 */
export function inquireProcess(
  cluster: Cluster,
  number: number,
  port: 'port' | 'admin',
  endpoint: string,
  timeoutMicros: number,
  fromProcess = -1,
): number {
  const server = cluster.processes[number];
  const { spec } = cluster.plan.programs[server.program];
  const token = openInquiry(cluster, -1, number, timeoutMicros);
  const client = fromProcess >= 0 ? cluster.processes[fromProcess] : server;
  ask(cluster, token, client, server, endpoint, port === 'admin' ? spec.adminPort : spec.port);
  return token;
}

/** What a question to a service is. */
export type ServiceInquiry = {
  /** Process that asks; −1 = from outside the cluster. */
  fromProcess: number;
  /** Service, `namespace/name`. */
  service: string;
  /** Port of the target program. */
  port: number;
  /** Endpoint name, or `probe`. */
  endpoint: string;
  /** Gives up after, microseconds. */
  timeoutMicros: number;
};

/** Asks a service; the target is picked as a new connection would pick it. */
export function inquireService(cluster: Cluster, asked: ServiceInquiry): number {
  const service = cluster.plan.services.indexOf(asked.service);
  const targets = service < 0 ? [] : cluster.serviceTargets[service];
  const turn = targets.length === 0 ? -1 : targets[(cluster.lastInquiry + 1) % targets.length];
  const token = openInquiry(cluster, -1, turn, asked.timeoutMicros);
  const inquiry = cluster.inquiries.get(token);
  if (turn < 0 && inquiry) {
    refuseCall(cluster, CALLER_INQUIRY, token, inquiry.serial, STATUS_NO_ENDPOINTS);
    return token;
  }
  const client = asked.fromProcess < 0 ? null : cluster.processes[asked.fromProcess];
  ask(cluster, token, client, cluster.processes[turn], asked.endpoint, asked.port);
  return token;
}

/** A balancer's health check of one target. */
export function inquireTarget(
  cluster: Cluster,
  balancer: number,
  target: number,
  timeoutMicros: number,
): void {
  const { caller } = cluster.balancers[balancer];
  const server = cluster.processes[target];
  const token = openInquiry(cluster, balancer, target, timeoutMicros);
  const { adminPort } = cluster.plan.programs[server.program].spec;
  ask(cluster, token, cluster.processes[caller], server, 'probe', adminPort);
}

/** An inquiry is answered, refused or given up. */
export function endInquiry(
  cluster: Cluster,
  token: number,
  serial: number,
  status: number,
  reached: boolean,
): void {
  const inquiry = cluster.inquiries.get(token);
  if (!inquiry || (serial !== 0 && inquiry.serial !== serial)) return;
  cluster.inquiries.delete(token);
  if (inquiry.balancer >= 0) {
    noteHealth(cluster, inquiry.balancer, inquiry.target, status === STATUS_OK);
    return;
  }
  cluster.facts.push({
    type: 'answered',
    token,
    ok: status === STATUS_OK,
    reached,
    status,
    error: statusWord(status),
    latencyMicros: cluster.nowMicros - inquiry.askedMicros,
  });
}
