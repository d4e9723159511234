/**
 * The connection tracking table of a host: each new flow takes an entry, and a full table drops new flows.
 *
 * The kernel says so only in its own log and counters: a SYN that finds no room vanishes, its sender waits
 * for its connect time-out, and connections that already stand go on as if nothing were wrong. A closed
 * flow keeps its entry for two minutes (nf_conntrack_tcp_timeout_time_wait = _syn_sent = 120 s, Linux
 * `Documentation/networking/nf_conntrack-sysctl.rst`), so it is the rate of new connections that fills it.
 */
import type { Cluster, Connection } from './cluster-state.ts';
import type { Host } from './host.ts';

/** How long the entry of a closed or never answered flow stays, seconds. */
export const CLOSING_SECONDS = 120;

/** The table of a host. */
export type Conntrack = {
  /** Entries at most; feeds node_nf_conntrack_entries_limit. */
  max: number;
  /** Entries of connections that stand. */
  standing: number;
  /** Entries of flows that the simulation does not carry one by one (floods, scans, DNS); set by faults. */
  otherEntries: number;
  /** Entries of ended flows, by the second in which they go; oldest first. */
  closingSecond: number[];
  /** How many go in that second, parallel to `closingSecond`. */
  closingCount: number[];
  /** Sum of `closingCount`. */
  closing: number;
  /** True: when full, the oldest entry of an ended flow makes room (Linux ≥ 4.12); false: only time does. */
  reclaimsClosing: boolean;
  /** New flows dropped for want of an entry, ever; feeds node_nf_conntrack_stat_drop. */
  dropped: number;
};

/** Forgets one entry, or all that are due by a second, of ended flows. */
function forget(table: Conntrack, second: number): void {
  while (table.closingSecond.length > 0 && table.closingSecond[0] <= second) {
    table.closing -= table.closingCount[0];
    table.closingSecond.shift();
    table.closingCount.shift();
  }
}

/** Keeps the entry of an ended flow for its time. */
function keepClosing(table: Conntrack, nowMicros: number): void {
  const second = Math.ceil(nowMicros / 1_000_000) + CLOSING_SECONDS;
  const last = table.closingSecond.length - 1;
  if (last >= 0 && table.closingSecond[last] === second) table.closingCount[last]++;
  else {
    table.closingSecond.push(second);
    table.closingCount.push(1);
  }
  table.closing++;
}

/** Takes an entry for a standing flow; false when there is none. */
function takeEntry(table: Conntrack, nowMicros: number): boolean {
  forget(table, Math.floor(nowMicros / 1_000_000));
  if (table.standing + table.otherEntries + table.closing >= table.max) {
    if (!table.reclaimsClosing || table.closing === 0) {
      table.dropped++;
      return false;
    }
    table.closing--;
    if (--table.closingCount[0] === 0) {
      table.closingSecond.shift();
      table.closingCount.shift();
    }
  }
  table.standing++;
  return true;
}

/** Ends a standing flow in one table. */
function endEntry(table: Conntrack | undefined, nowMicros: number): void {
  if (table === undefined) return;
  table.standing--;
  keepClosing(table, nowMicros);
}

/** The table of a host number; none for the public (−1) and for hosts without a limit. */
function tableOf(cluster: Cluster, host: number): Conntrack | undefined {
  return host < 0 ? undefined : cluster.hosts[host].conntrack;
}

/**
 * Opens a flow between two hosts (−1 = the public): an entry in the table of each, one when they are the
 * same. False when either has none left: the SYN is dropped and nobody is told.
 */
export function openFlow(cluster: Cluster, fromHost: number, toHost: number): boolean {
  const from = tableOf(cluster, fromHost);
  const to = fromHost === toHost ? undefined : tableOf(cluster, toHost);
  if (from === undefined && to === undefined) return true;
  if (from !== undefined && !takeEntry(from, cluster.nowMicros)) return false;
  if (to === undefined || takeEntry(to, cluster.nowMicros)) return true;
  endEntry(from, cluster.nowMicros);
  return false;
}

/** Ends a flow that was opened. */
export function closeFlow(cluster: Cluster, fromHost: number, toHost: number): void {
  endEntry(tableOf(cluster, fromHost), cluster.nowMicros);
  if (fromHost !== toHost) endEntry(tableOf(cluster, toHost), cluster.nowMicros);
}

/** A flow for one request alone: it takes its entries and leaves them to time. False when it is dropped. */
export function passFlow(cluster: Cluster, fromHost: number, toHost: number): boolean {
  if (tableOf(cluster, fromHost) === undefined && tableOf(cluster, toHost) === undefined) return true;
  if (!openFlow(cluster, fromHost, toHost)) return false;
  closeFlow(cluster, fromHost, toHost);
  return true;
}

/** Opens the flow of a pooled connection, which remembers it; false when it is dropped. */
export function openConnectionFlow(
  cluster: Cluster,
  connection: Connection,
  fromHost: number,
  toHost: number,
): boolean {
  const tracked = tableOf(cluster, fromHost) !== undefined || tableOf(cluster, toHost) !== undefined;
  if (!tracked) return true;
  if (!openFlow(cluster, fromHost, toHost)) return false;
  connection.flow = [fromHost, toHost];
  return true;
}

/** Ends the flow of a pooled connection, if it has one. */
export function closeConnectionFlow(cluster: Cluster, connection: Connection): void {
  if (connection.flow === undefined) return;
  const [fromHost, toHost] = connection.flow;
  closeFlow(cluster, fromHost, toHost);
  delete connection.flow;
}

/** Entries in use in the table of a host, those due by now left out; 0 without a limit. */
export function conntrackEntries(host: Host, nowMicros: number): number {
  const table = host.conntrack;
  if (table === undefined) return 0;
  let entries = table.standing + table.otherEntries;
  const second = Math.floor(nowMicros / 1_000_000);
  for (let at = 0; at < table.closingSecond.length; at++) {
    if (table.closingSecond[at] > second) entries += table.closingCount[at];
  }
  return entries;
}

/** Connections that stand now between hosts, counted into a table that begins to watch. */
function countStanding(cluster: Cluster, number: number, table: Conntrack): void {
  for (const pool of cluster.pools) {
    const from = cluster.processes[pool.caller].host;
    for (const connection of pool.connections) {
      const stands = connection.state === 'idle' || connection.state === 'busy';
      if (!stands && connection.flow === undefined) continue;
      const to = cluster.processes[connection.target].host;
      if (from !== number && to !== number) continue;
      // A flow that another table already watches has its entry there; it takes one here too.
      connection.flow = [from, to];
      table.standing++;
    }
  }
}

/** Limits a host to so many tracked flows (nf_conntrack_max); what stands counts at once. */
export function setConntrackMax(cluster: Cluster, number: number, max: number): Conntrack {
  const host = cluster.hosts[number];
  if (host.conntrack === undefined) {
    host.conntrack = {
      max,
      standing: 0,
      otherEntries: 0,
      closingSecond: [],
      closingCount: [],
      closing: 0,
      reclaimsClosing: false,
      dropped: 0,
    };
    countStanding(cluster, number, host.conntrack);
  }
  host.conntrack.max = max;
  return host.conntrack;
}
