/**
 * Half-open connections: the client has closed, but its FIN does not get through, so the server goes on
 * holding a place for it.
 *
 * Linux sends the FIN of a closed socket again after 200 ms, doubling, 8 times (tcp_orphan_retries = 0 is
 * read as 8); a server that has heard nothing ends the connection by keep-alive after two hours and nine
 * probes of 75 s (tcp_keepalive_time, _probes, _intvl).
 */
import { schedule } from '../kernel/event-queue.ts';
import type { Cluster } from './cluster-state.ts';
import { EVENT_FIN } from './event-kinds.ts';
import { PATH_OPEN, pathState } from './links.ts';
import { RTO_MICROS } from './network.ts';

const ORPHAN_RETRIES = 8;
const KEEPALIVE_MICROS = (7200 + 9 * 75) * 1_000_000;
/** Client hosts that fit into an event's operand beside the number of tries. */
const TRIES_SHIFT = 4;

/** Tells a server that a client closed a connection: its place is free once the word gets there. */
export function endServerSide(cluster: Cluster, server: number, clientHost: number): void {
  const process = cluster.processes[server];
  if (process.phase === 'exited') return;
  if (cluster.links === undefined) process.connections--;
  else handleFin(cluster, server, clientHost << TRIES_SHIFT);
}

/** A FIN is sent (again), or the server's keep-alive has run out; `code` holds client host and tries. */
export function handleFin(cluster: Cluster, server: number, code: number): void {
  const process = cluster.processes[server];
  if (process.phase === 'exited') return;
  const tries = code & ((1 << TRIES_SHIFT) - 1);
  const { port } = cluster.plan.programs[process.program].spec;
  const passes = pathState(cluster, code >> TRIES_SHIFT, process.host, port) === PATH_OPEN;
  if (passes || tries > ORPHAN_RETRIES) {
    process.connections--;
    return;
  }
  const wait = tries === ORPHAN_RETRIES ? KEEPALIVE_MICROS : RTO_MICROS * (1 << tries);
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_FIN, server, code + 1);
}
