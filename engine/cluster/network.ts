/**
 * The network between processes: delay of a message, loss with its retransmissions, and policy.
 *
 * Loss is not an error but a wait: a lost segment is sent again after 200 ms, 400 ms … (Linux
 * TCP_RTO_MIN and its doubling), so a lossy path shows as a second hump of latency and, in the tail,
 * as timeouts. Draws belong to the request and the hop, not to who serves it.
 */
import { drawUnit } from '../kernel/chance.ts';
import { PURPOSE_DELAY, PURPOSE_LOSS } from '../kernel/purposes.ts';
import type { Cluster, Process } from './cluster-state.ts';

/** First retransmission time-out, microseconds (Linux TCP_RTO_MIN). */
export const RTO_MICROS = 200000;
/** Retransmissions before a message counts as never arriving: by then every caller has given up. */
const RESENDS_MAX = 6;
/** One way within a host, microseconds. */
const LOCAL_MICROS = 40;
/** One way between hosts of a rack, microseconds: fixed part, and width of the uniform part. */
const REMOTE_MICROS = 150;
const REMOTE_JITTER_MICROS = 120;
/** One way between a user and the edge, microseconds: fixed part, and width of the uniform part. */
const PUBLIC_MICROS = 12000;
const PUBLIC_JITTER_MICROS = 6000;

/** A message that never arrives. */
export const LOST = -1;

/** Microseconds that a message takes between two hosts (−1 = the public), without loss. */
export function hopMicros(
  cluster: Cluster,
  keyHi: number,
  keyLo: number,
  hop: number,
  fromHost: number,
  toHost: number,
): number {
  if (fromHost === toHost) return LOCAL_MICROS;
  const spread = drawUnit(cluster.seed, PURPOSE_DELAY, keyHi, keyLo, hop);
  if (fromHost < 0 || toHost < 0) return Math.round(PUBLIC_MICROS + PUBLIC_JITTER_MICROS * spread);
  return Math.round(REMOTE_MICROS + REMOTE_JITTER_MICROS * spread);
}

/**
 * Extra microseconds that loss costs a message between `client` and a port of the serving process, or
 * LOST. `client` is null for the public, whose path enters at the edge without loss.
 */
export function lossMicros(
  cluster: Cluster,
  keyHi: number,
  keyLo: number,
  hop: number,
  client: Process | null,
  server: Process,
  port: number,
): number {
  const host = cluster.hosts[server.host];
  if (host.dropShare === 0 || port !== host.dropPort) return 0;
  if (client === null || client.host === server.host) return 0;
  let waited = 0;
  for (let resend = 0; resend < RESENDS_MAX; resend++) {
    const luck = drawUnit(cluster.seed, PURPOSE_LOSS, keyHi, keyLo, hop * 8 + resend);
    if (luck >= host.dropShare) return waited;
    waited += RTO_MICROS * (1 << resend);
    host.retransmits++;
    client.retransmits++;
  }
  return LOST;
}

/** Whether network policy lets a process (−1 = from outside the cluster) connect to a port of another. */
export function mayConnect(server: Process, port: number, client: number): boolean {
  if (server.ingress === null) return true;
  for (const rule of server.ingress) {
    if (rule.port !== 0 && rule.port !== port) continue;
    if (rule.sources === null || (client >= 0 && rule.sources.includes(client))) return true;
  }
  return false;
}

/** Loses a share (0–1) of packets between other hosts and a port of the processes on a host; 0 ends it. */
export function setHostDrop(cluster: Cluster, host: number, port: number, share: number): void {
  cluster.hosts[host].dropPort = share > 0 ? port : 0;
  cluster.hosts[host].dropShare = share;
}
