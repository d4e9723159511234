/**
 * Bounded connection pools: acquire, connect, use, recycle, and who waits.
 *
 * Standing connections outlive a change of network policy (connection tracking lets them pass) until
 * they grow old or their peer ends, so a cut shows as connections are replaced.
 */
import { drawUnit, hashText } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { PURPOSE_ENTITY } from '../kernel/purposes.ts';
import { requestOf } from './calls.ts';
import type { Cluster, Connection, Pool, Process } from './cluster-state.ts';
import { closeConnectionFlow, openConnectionFlow } from './conntrack.ts';
import { addDeadline } from './deadlines.ts';
import { EVENT_CONNECTED } from './event-kinds.ts';
import { endServerSide } from './half-open.ts';
import { BLOCKED, handshakeMicros, PATH_OPEN, PATH_REFUSES, pathState } from './links.ts';
import { refuseCall } from './messages.ts';
import { mayConnect } from './network.ts';
import { nextTarget } from './service-targets.ts';
import { beginUse } from './target-choice.ts';
import { CALLER_SPAN, STATUS_NO_ENDPOINTS, STATUS_REFUSED, STATUS_RESET, STATUS_TOO_MANY } from './spans.ts';
import type { EdgeSpec } from './system-spec.ts';

/** Three-way handshake and login, microseconds, on top of the hops themselves. */
const HANDSHAKE_MICROS = 1800;
/** A request that leaves this long before or after its server closes the connection crosses the close. */
const CROSSING_MICROS = 300;
/** Draw index base for connection lifetimes, apart from other draws of the entity. */
const LIFETIME_DRAW = 1000;

/** An empty pool. */
export function createPool(edge: number, caller: number): Pool {
  return {
    edge,
    caller,
    connections: [],
    waiters: [],
    waiterSerials: [],
    opened: 0,
    connectFailures: 0,
    acquireTimeouts: 0,
  };
}

/** Ends a connection; a standing one frees its place at the server. */
function closeConnection(cluster: Cluster, pool: Pool, connection: Connection): void {
  if (connection.state === 'idle' || connection.state === 'busy') {
    endServerSide(cluster, connection.target, cluster.processes[pool.caller].host);
  }
  if (connection.flow !== undefined) closeConnectionFlow(cluster, connection);
  connection.state = 'closed';
  connection.target = -1;
  connection.span = -1;
  connection.serial = 0;
}

/** How long the server at the other end lets a connection be idle, microseconds; Infinity = for ever. */
function serverIdleMicros(cluster: Cluster, connection: Connection): number {
  const server = cluster.processes[connection.target];
  return cluster.plan.programs[server.program].spec.admission?.idleTimeoutMicros ?? Infinity;
}

/** Until when an idle connection can be used: its age, and the patience of both ends. */
function standsUntil(cluster: Cluster, connection: Connection, edge: EdgeSpec): number {
  const own = edge.pool?.idleTimeoutMicros ?? Infinity;
  const theirs = serverIdleMicros(cluster, connection) + CROSSING_MICROS;
  return Math.min(connection.expiresMicros, connection.idleSinceMicros + Math.min(own, theirs));
}

/** Whether the server closes the connection while a request that leaves now is on its way. */
function crossesClose(cluster: Cluster, connection: Connection): boolean {
  const idle = cluster.nowMicros - connection.idleSinceMicros;
  return idle > serverIdleMicros(cluster, connection) - CROSSING_MICROS;
}

/** The request meets a connection that its server has just closed. */
function resetRequest(cluster: Cluster, span: number): void {
  const serial = ++cluster.lastCallSerial;
  cluster.spans.callSerial[span] = serial;
  refuseCall(cluster, CALLER_SPAN, span, serial, STATUS_RESET);
}

/** Closes what has been idle for too long at either end; only where somebody closes anything. */
function closeIdle(cluster: Cluster, pool: Pool, edge: EdgeSpec): void {
  for (const connection of pool.connections) {
    if (connection.state !== 'idle') continue;
    if (standsUntil(cluster, connection, edge) <= cluster.nowMicros)
      closeConnection(cluster, pool, connection);
  }
}

/** Gives the span a connection: an idle one, a new one, or a place in the line. */
export function acquireConnection(cluster: Cluster, number: number, span: number): void {
  const pool = cluster.pools[number];
  const { connections } = pool;
  const edge = cluster.plan.edges[pool.edge];
  let closed = -1;
  for (let at = 0; at < connections.length; at++) {
    const connection = connections[at];
    if (connection.state === 'idle') {
      const server = cluster.processes[connection.target];
      if (server.phase === 'running' && standsUntil(cluster, connection, edge.spec) > cluster.nowMicros) {
        connection.state = 'busy';
        connection.span = span;
        cluster.spans.callConnection[span] = at;
        if (crossesClose(cluster, connection)) resetRequest(cluster, span);
        else requestOf(cluster, span, cluster.processes[pool.caller], server, false);
        return;
      }
      closeConnection(cluster, pool, connection);
    }
    if (connection.state === 'closed' && closed < 0) closed = at;
  }
  if (closed < 0 && connections.length < (edge.spec.pool?.size ?? 0)) {
    closed = connections.length;
    connections.push({
      state: 'closed',
      target: -1,
      expiresMicros: 0,
      idleSinceMicros: 0,
      span: -1,
      serial: 0,
    });
  }
  if (closed >= 0) {
    openConnection(cluster, number, closed, span);
    return;
  }
  pool.waiters.push(span);
  pool.waiterSerials.push(cluster.spans.callSerial[span]);
  addDeadline(cluster, edge.acquireQueue, cluster.spans.callSerial[span], CALLER_SPAN, span);
}

/** Begins to connect on behalf of a span. */
function openConnection(cluster: Cluster, number: number, at: number, span: number): void {
  const pool = cluster.pools[number];
  const edge = cluster.plan.edges[pool.edge];
  const caller = cluster.processes[pool.caller];
  const serial = ++cluster.lastCallSerial;
  cluster.spans.callSerial[span] = serial;
  cluster.spans.callConnection[span] = at;
  const target = nextTarget(cluster, caller, edge.id);
  const connection = pool.connections[at];
  connection.state = 'connecting';
  connection.span = span;
  connection.serial = serial;
  connection.target = target;
  pool.opened++;
  if (target < 0) {
    refuseCall(cluster, CALLER_SPAN, span, serial, STATUS_NO_ENDPOINTS);
    return;
  }
  const server = cluster.processes[target];
  if (edge.spec.balancing !== undefined) {
    beginUse(cluster, caller, edge.id, target);
    cluster.spans.callTarget[span] = target;
  }
  addDeadline(cluster, edge.connectQueue, serial, CALLER_SPAN, span);
  const { port } = cluster.plan.programs[server.program].spec;
  if (!mayConnect(server, port, caller.id)) return;
  if (!openConnectionFlow(cluster, connection, caller.host, server.host)) return;
  let wait = HANDSHAKE_MICROS;
  if (cluster.links !== undefined) {
    const path = pathState(cluster, caller.host, server.host, port);
    if (path === PATH_REFUSES) refuseCall(cluster, CALLER_SPAN, span, serial, STATUS_REFUSED);
    if (path !== PATH_OPEN) return;
    const extra = linkHandshake(cluster, pool, caller, server, port);
    if (extra === BLOCKED) return;
    wait += extra;
  }
  schedule(cluster.queue, cluster.nowMicros + wait, EVENT_CONNECTED, (number << 8) | at, serial);
}

/** Extra time that links cost the handshake of a pool's newest connection, or BLOCKED. */
function linkHandshake(cluster: Cluster, pool: Pool, caller: Process, server: Process, port: number): number {
  const lo = caller.ordinal * 65536 + pool.edge * 4096 + pool.opened;
  return handshakeMicros(cluster, hashText(caller.workload), lo, caller.host, server.host, port);
}

/** Age at which a new connection is replaced: the pool's lifetime ± 20 %, drawn per connection. */
function expiry(cluster: Cluster, pool: Pool, caller: Process): number {
  const lifetime = cluster.plan.edges[pool.edge].spec.pool?.lifetimeMicros ?? 0;
  const luck = drawUnit(
    cluster.seed,
    PURPOSE_ENTITY,
    hashText(caller.workload),
    caller.ordinal,
    LIFETIME_DRAW + pool.opened,
  );
  return cluster.nowMicros + Math.round(lifetime * (0.8 + 0.4 * luck));
}

/** A connection stands, or the server says no. */
export function handleConnected(cluster: Cluster, code: number, serial: number): void {
  const pool = cluster.pools[code >> 8];
  const connection = pool.connections[code & 255];
  if (connection === undefined || connection.state !== 'connecting' || connection.serial !== serial) return;
  const server = cluster.processes[connection.target];
  const { span } = connection;
  const waits = cluster.spans.callSerial[span] === serial;
  const limit = cluster.plan.programs[server.program].spec.connectionLimit;
  if (server.phase !== 'running' || (limit > 0 && server.connections >= limit)) {
    const status = server.phase !== 'running' ? STATUS_REFUSED : STATUS_TOO_MANY;
    if (waits) refuseCall(cluster, CALLER_SPAN, span, serial, status);
    else closeConnection(cluster, pool, connection);
    return;
  }
  server.connections++;
  const caller = cluster.processes[pool.caller];
  connection.expiresMicros = expiry(cluster, pool, caller);
  if (waits) {
    connection.state = 'busy';
    requestOf(cluster, span, caller, server, false);
  } else {
    connection.state = 'idle';
    connection.idleSinceMicros = cluster.nowMicros;
    connection.span = -1;
    serveWaiters(cluster, code >> 8);
  }
}

/** The span is done with its connection: it is kept when the server answered, else closed. */
export function endConnectionUse(cluster: Cluster, number: number, at: number, reached: boolean): void {
  const pool = cluster.pools[number];
  const connection = pool.connections[at];
  if (connection === undefined) return;
  if (connection.state === 'connecting') pool.connectFailures++;
  if (connection.state === 'busy' && reached) {
    connection.state = 'idle';
    connection.idleSinceMicros = cluster.nowMicros;
    connection.span = -1;
    const { spec } = cluster.plan.edges[pool.edge];
    if (spec.pool?.idleTimeoutMicros !== undefined) closeIdle(cluster, pool, spec);
  } else closeConnection(cluster, pool, connection);
  serveWaiters(cluster, number);
}

/** Lets the oldest waiter that still waits have another try at a connection. */
function serveWaiters(cluster: Cluster, number: number): void {
  const pool = cluster.pools[number];
  while (pool.waiters.length > 0) {
    const span = pool.waiters.shift() as number;
    const serial = pool.waiterSerials.shift() as number;
    if (cluster.spans.callSerial[span] !== serial) continue;
    acquireConnection(cluster, number, span);
    return;
  }
}

/** Breaks every connection to or from a process that has ended. */
export function breakConnections(cluster: Cluster, ended: Process): void {
  for (const pool of cluster.pools) {
    const own = pool.caller === ended.id;
    if (!own && cluster.processes[pool.caller].phase === 'exited') continue;
    for (const connection of pool.connections) {
      if (own) closeConnection(cluster, pool, connection);
      else if (connection.target === ended.id && connection.state === 'idle') {
        closeConnection(cluster, pool, connection);
      }
    }
    if (own) {
      pool.waiters = [];
      pool.waiterSerials = [];
      pool.connections = [];
    }
  }
}
