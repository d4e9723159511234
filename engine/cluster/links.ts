/**
 * Links: stretches of network with delay, loss, limited speed, or a cut, between hosts, zones and ports.
 *
 * Loss   A message of n segments loses some. What is followed by at least three more is sent again after
 *        one round trip (three duplicate ACKs, RFC 5681 §3.2); a lost tail of several segments after two
 *        (tail loss probe, RFC 8985 §7); a lone segment only after the retransmission time-out: Linux
 *        TCP_RTO_MIN 200 ms, doubling (RFC 6298 §5.5).
 * Speed  A limited link is a queue with one server: messages leave in order of arrival, each after its
 *        bytes; what finds the buffer full is dropped and comes again by time-out.
 * Cut    TCP does not learn of it: standing connections send again and again until the caller gives up, so
 *        a short cut shows as waits, a long one as time-outs, and servers keep connections whose client
 *        has gone (`half-open.ts`).
 */
import { drawUnit } from '../kernel/chance.ts';
import { expOf, logOf } from '../kernel/math.ts';
import { PURPOSE_LINK } from '../kernel/purposes.ts';
import type { Cluster } from './cluster-state.ts';
import type { LinkSpec } from './spec/link-spec.ts';

/** Payload of a segment, bytes: 1,500 less headers with timestamps. */
const SEGMENT_BYTES = 1448;
/** Later segments that make a loss known within a round trip. */
const DUPLICATE_ACKS = 3;
/** Linux TCP_TIMEOUT_MIN: what a probe waits beyond two round trips, microseconds. */
const PROBE_EXTRA_MICROS = 2000;
/** First wait for the answer to a SYN, microseconds (RFC 6298 §2.1, Linux TCP_TIMEOUT_INIT). */
const SYN_RTO_MICROS = 1_000_000;
/** Repeats of a SYN (Linux tcp_syn_retries). */
const SYN_RETRIES = 6;
const QUEUE_BYTES = 1_000_000;

/** A message did not get through this time: it must be sent again. */
export const BLOCKED = -1;

/** Nothing stands in the way of a new connection. */
export const PATH_OPEN = 0;
/** A new connection gets no answer. */
export const PATH_DROPS = 1;
/** A new connection is reset at once. */
export const PATH_REFUSES = 2;

/** A link as it is. */
export type Link = Required<LinkSpec> & {
  /** When a limited link will have sent all it holds, microseconds. */
  busyUntilMicros: number;
  /** Messages that passed, ever. */
  messages: number;
  /** Bytes that passed, ever (node_network_transmit_bytes_total of the interface). */
  bytes: number;
  /** Messages dropped for want of buffer, ever (node_network_transmit_drop_total). */
  overflows: number;
  /** Messages that met a cut, ever. */
  blocked: number;
  /** Segments lost by chance and sent again, ever (node_netstat_Tcp_RetransSegs). */
  retransmits: number;
};

/** The links of a cluster. */
export type Links = {
  /** All, in order of making. */
  all: Link[];
  /** Numbers of the links on the way, by (from + 1) × (hosts + 1) + to + 1; host −1 is the public. */
  byPair: number[][];
};

/** Whether a host (−1 = the public) belongs to one side of a link. */
function isOn(cluster: Cluster, side: string, host: number): boolean {
  if (side === '*') return true;
  if (host < 0) return side === 'public';
  if (side.startsWith('zone/')) return cluster.plan.system.hosts[host].zone === side.slice(5);
  return cluster.hosts[host].name === side;
}

/** Finds again which links lie between which hosts. */
function indexLinks(cluster: Cluster, links: Links): void {
  links.byPair = [];
  for (let from = -1; from < cluster.hosts.length; from++) {
    for (let to = -1; to < cluster.hosts.length; to++) {
      const numbers: number[] = [];
      // What stays on a host crosses no network.
      links.all.forEach((link, number) => {
        if (from !== to && isOn(cluster, link.from, from) && isOn(cluster, link.to, to)) numbers.push(number);
      });
      links.byPair.push(numbers);
    }
  }
}

/**
 * Makes a link, or changes the one with the same ends and port: what the spec leaves out is as if it had
 * never been said. Counters and what the link holds stay.
 */
export function setLink(cluster: Cluster, spec: LinkSpec): void {
  const links = (cluster.links ??= { all: [], byPair: [] });
  const said: Required<LinkSpec> = {
    from: spec.from,
    to: spec.to,
    port: spec.port ?? 0,
    latencyMicros: spec.latencyMicros ?? 0,
    jitterMicros: spec.jitterMicros ?? 0,
    loss: spec.loss ?? 0,
    bitsPerSecond: spec.bitsPerSecond ?? 0,
    queueBytes: spec.queueBytes ?? QUEUE_BYTES,
    cut: spec.cut ?? 'none',
  };
  const known = links.all.find(
    (one) => one.from === said.from && one.to === said.to && one.port === said.port,
  );
  if (known) Object.assign(known, said);
  else {
    const zero = { busyUntilMicros: 0, messages: 0, bytes: 0, overflows: 0, blocked: 0, retransmits: 0 };
    links.all.push({ ...said, ...zero });
    indexLinks(cluster, links);
  }
}

/** Cuts (or mends) the way between two sides; in both directions unless `oneWay`. */
export function setPartition(
  cluster: Cluster,
  from: string,
  to: string,
  cut: 'none' | 'drop' | 'refuse',
  oneWay = false,
): void {
  setLink(cluster, { from, to, cut });
  if (!oneWay) setLink(cluster, { from: to, to: from, cut });
}

/** The links from one host to another, by number. */
function linksBetween(links: Links, hosts: number, from: number, to: number): number[] {
  return links.byPair[(from + 1) * (hosts + 1) + to + 1];
}

/** What meets a new connection from one host to a port of another. */
export function pathState(cluster: Cluster, from: number, to: number, port: number): number {
  const { links } = cluster;
  if (links === undefined) return PATH_OPEN;
  let state = PATH_OPEN;
  for (const number of linksBetween(links, cluster.hosts.length, from, to)) {
    const link = links.all[number];
    if (link.cut === 'none' || (link.port !== 0 && link.port !== port)) continue;
    // A silent drop on the way hides whatever lies behind it.
    if (link.cut === 'drop') return PATH_DROPS;
    state = PATH_REFUSES;
  }
  if (state === PATH_REFUSES) return state;
  for (const number of linksBetween(links, cluster.hosts.length, to, from)) {
    const link = links.all[number];
    if (link.cut !== 'none' && (link.port === 0 || link.port === port)) return PATH_DROPS;
  }
  return PATH_OPEN;
}

/** Fixed delay of the links from one host to another, microseconds. */
function latencyBetween(cluster: Cluster, links: Links, from: number, to: number, port: number): number {
  let sum = 0;
  for (const number of linksBetween(links, cluster.hosts.length, from, to)) {
    const link = links.all[number];
    if (link.port === 0 || link.port === port) sum += link.latencyMicros + link.jitterMicros / 2;
  }
  return sum;
}

/** The chance that at least one of so many segments is lost. */
function anyLost(loss: number, segments: number): number {
  if (segments <= 0) return 0;
  return loss >= 1 ? 1 : 1 - expOf(segments * logOf(1 - loss));
}

/**
 * What loss costs a message on one link: 0, one or two round trips, or BLOCKED when only the time-out
 * brings it again.
 */
function recoveryMicros(
  cluster: Cluster,
  link: Link,
  keyHi: number,
  keyLo: number,
  index: number,
  segments: number,
  roundTrip: number,
): number {
  const tail = segments < DUPLICATE_ACKS ? segments : DUPLICATE_ACKS;
  let waited = 0;
  if (drawUnit(cluster.seed, PURPOSE_LINK, keyHi, keyLo, index) < anyLost(link.loss, tail)) {
    link.retransmits++;
    if (segments === 1) return BLOCKED;
    waited = 2 * roundTrip + PROBE_EXTRA_MICROS;
  }
  if (
    segments > tail &&
    drawUnit(cluster.seed, PURPOSE_LINK, keyHi, keyLo, index + 1) < anyLost(link.loss, segments - tail)
  ) {
    link.retransmits++;
    if (waited < roundTrip) waited = roundTrip;
  }
  // What is sent again can be lost again; then the time-out is all that is left.
  if (waited > 0 && drawUnit(cluster.seed, PURPOSE_LINK, keyHi, keyLo, index + 2) < link.loss) return BLOCKED;
  return waited;
}

/** Microseconds from now until a limited link has sent these bytes, or BLOCKED when its buffer is full. */
function transmissionMicros(cluster: Cluster, link: Link, bytes: number): number {
  const perByte = 8e6 / link.bitsPerSecond;
  const start = link.busyUntilMicros > cluster.nowMicros ? link.busyUntilMicros : cluster.nowMicros;
  const held = (start - cluster.nowMicros) / perByte;
  // An idle link takes any message: its segments wait at the sender, not in the buffer.
  if (held > 0 && held + bytes > link.queueBytes) {
    link.overflows++;
    return BLOCKED;
  }
  link.busyUntilMicros = start + bytes * perByte;
  return link.busyUntilMicros - cluster.nowMicros;
}

/**
 * Extra microseconds (a whole number) that the links between two hosts cost a message, or BLOCKED.
 *
 * @param tries times that the message was sent before.
 */
export function crossLinks(
  cluster: Cluster,
  links: Links,
  keyHi: number,
  keyLo: number,
  hop: number,
  tries: number,
  from: number,
  to: number,
  port: number,
  bytes: number,
): number {
  const path = linksBetween(links, cluster.hosts.length, from, to);
  if (path.length === 0) return 0;
  const segments = Math.ceil(bytes / SEGMENT_BYTES);
  // Bytes grow as requests get fewer, so that the link is as busy; the number of packets to lose does not.
  const onWire = bytes / cluster.plan.loadScale;
  let total = 0;
  for (const number of path) {
    const link = links.all[number];
    if (link.port !== 0 && link.port !== port) continue;
    if (link.cut !== 'none') {
      link.blocked++;
      return BLOCKED;
    }
    const index = ((hop * 16 + number) * 16 + tries) * 4;
    if (link.loss > 0) {
      const there = latencyBetween(cluster, links, from, to, port);
      const roundTrip = there + latencyBetween(cluster, links, to, from, port) + 420;
      const waited = recoveryMicros(cluster, link, keyHi, keyLo, index, segments, roundTrip);
      if (waited === BLOCKED) return BLOCKED;
      total += waited;
    }
    if (link.bitsPerSecond > 0) {
      const waited = transmissionMicros(cluster, link, onWire);
      if (waited === BLOCKED) return BLOCKED;
      total += waited;
    }
    total += link.latencyMicros;
    if (link.jitterMicros > 0) {
      total += link.jitterMicros * drawUnit(cluster.seed, PURPOSE_LINK, keyHi, keyLo, index + 3);
    }
    link.messages++;
    link.bytes += onWire;
  }
  return Math.ceil(total);
}

/**
 * Extra microseconds that links cost a three-way handshake (its SYN and the answer), with SYNs sent again
 * after 1, 2, 4 … seconds; BLOCKED when none gets through.
 */
export function handshakeMicros(
  cluster: Cluster,
  keyHi: number,
  keyLo: number,
  from: number,
  to: number,
  port: number,
): number {
  const { links } = cluster;
  if (links === undefined) return 0;
  const hosts = cluster.hosts.length;
  const there = linksBetween(links, hosts, from, to);
  const back = linksBetween(links, hosts, to, from);
  let passes = 1;
  for (const path of [there, back]) {
    for (const number of path) {
      const link = links.all[number];
      if (link.port === 0 || link.port === port) passes *= 1 - link.loss;
    }
  }
  const delay =
    latencyBetween(cluster, links, from, to, port) + latencyBetween(cluster, links, to, from, port);
  let waited = 0;
  for (let tries = 0; tries <= SYN_RETRIES; tries++) {
    const luck = passes === 1 ? 0 : drawUnit(cluster.seed, PURPOSE_LINK, keyHi, keyLo, 3 + 4 * tries);
    if (luck < passes) return Math.ceil(waited + delay);
    waited += SYN_RTO_MICROS * (1 << tries);
  }
  return BLOCKED;
}
