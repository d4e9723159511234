// Method: a queue or a small shop whose way is made slow, narrow, lossy or cut; users are counted.
import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { openBareShop, watchShop } from '../testing/bare-shop.ts';
import { queueSystem } from '../testing/queue-system.ts';
import type { Cluster } from './cluster-state.ts';
import { setLink, setPartition } from './links.ts';
import { setServiceTargets } from './service-targets.ts';
import type { LinkSpec, MessageSpec } from './spec/link-spec.ts';

/** A station with so many servers that nobody waits there, after some seconds behind links. */
function station(
  seconds: number,
  links: LinkSpec[],
  ratePerSecond: number,
  messages: MessageSpec = {},
): Cluster {
  const system = queueSystem({ servers: 500, workMicros: 100, fixedShare: 1, ratePerSecond, sharing: true });
  system.programs[0].endpoints[0].messages = messages;
  system.journeys[0].latencyThresholdMs = 150;
  system.links = links;
  const cluster = bareCluster(system, { seed: seedFromText('links') });
  const number = startBare(cluster, { program: 'station', host: 'host' });
  setServiceTargets(cluster, 'test/station', [number]);
  runBare(cluster, seconds * 1e6);
  return cluster;
}

/** Mean latency of a user's step, microseconds. */
function meanMicros(cluster: Cluster): number {
  const { good, slow, failed, latencySumMicros } = cluster.journeys[0];
  return latencySumMicros / (good + slow + failed);
}

/** The state without the plan and the links. */
function stateOf(cluster: Cluster): object {
  const { plan: _, links: __, ...state } = cluster;
  return state;
}

describe('a link', () => {
  it('that nobody crosses changes nothing, to the byte', () => {
    const plain = openBareShop(20);
    const linked = openBareShop(5);
    setLink(linked.cluster, { from: 'left', to: 'right', loss: 1 });
    setLink(linked.cluster, { from: '*', to: '*', port: 9, cut: 'drop' });
    runBare(linked.cluster, 20e6);
    expect(hashState(stateOf(linked.cluster))).toBe(hashState(stateOf(plain.cluster)));
  });

  it('adds its latency to each message that crosses it, and half its jitter on average', () => {
    const base = meanMicros(station(60, [], 100));
    const there: LinkSpec = { from: 'public', to: 'host', latencyMicros: 5000 };
    const back: LinkSpec = { from: 'host', to: '*', latencyMicros: 3000, jitterMicros: 4000 };
    expect(meanMicros(station(60, [there], 100)) - base).toBeCloseTo(5000, -1);
    expect(Math.abs(meanMicros(station(60, [there, back], 100)) - base - 10_000)).toBeLessThan(100);
  });

  it.each([0.5, 0.8])('of limited speed waits like M/D/1 at load %d (Pollaczek–Khinchine)', (load) => {
    const rate = 1000;
    const sending = (load / rate) * 1e6;
    const bitsPerSecond = (600 * 8e6) / sending;
    const link = { from: 'public', to: 'host', bitsPerSecond };
    const base = meanMicros(station(120, [], rate));
    const extra = meanMicros(station(120, [link], rate)) - base;
    // Half a microsecond on average goes to rounding up to whole ones.
    const expected = sending + (load * sending) / (2 * (1 - load)) + 0.5;
    expect(Math.abs(extra / expected - 1)).toBeLessThan(0.03);
  });

  it('never carries more than its speed allows, and drops what its buffer has no room for', () => {
    const link = { from: 'public', to: 'host', bitsPerSecond: 2.4e6, queueBytes: 60_000 };
    const cluster = station(60, [link], 1000);
    const [made] = cluster.links!.all;
    expect(made.bytes).toBeLessThanOrEqual((2.4e6 / 8) * 60 + 60_000);
    expect(made.bytes).toBeGreaterThan(0.95 * (2.4e6 / 8) * 60);
    expect(made.overflows).toBeGreaterThan(1000);
    const { started, good, bad } = cluster.journeys[0];
    expect(started).toBe(good + bad + cluster.users.live);
  });

  it('costs a lone segment the retransmission time-out for the share that it loses', () => {
    const cluster = station(200, [{ from: 'public', to: 'host', loss: 0.05 }], 100);
    const { good, slow } = cluster.journeys[0];
    expect(slow / (good + slow)).toBeGreaterThan(0.045);
    expect(slow / (good + slow)).toBeLessThan(0.055);
    // Each message is lost p / (1 − p) times on average; each loss waits 200 ms, the second 400 ms …
    expect(cluster.links!.all[0].retransmits / (good + slow)).toBeCloseTo(0.05 / 0.95, 2);
    const wait = (200_000 * 0.05) / (1 - 2 * 0.05);
    expect(Math.abs((meanMicros(cluster) - meanMicros(station(200, [], 100))) / wait - 1)).toBeLessThan(0.1);
  });

  it('costs a long message some round trips, and the time-out only when the repeat is lost too', () => {
    const link = { from: 'public', to: 'host', loss: 0.05 };
    const cluster = station(200, [link], 100, { requestBytes: 10 * 1448 });
    const { good, slow } = cluster.journeys[0];
    const timeouts = (1 - 0.95 ** 10) * 0.05;
    expect(slow / (good + slow)).toBeGreaterThan(timeouts * 0.8);
    expect(slow / (good + slow)).toBeLessThan(timeouts * 1.2);
  });

  it('loses more the more it is told to', () => {
    const waits = [0, 0.01, 0.05, 0.2].map((loss) =>
      meanMicros(station(60, [{ from: '*', to: '*', loss }], 50)),
    );
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  });
});

describe('a cut', () => {
  it('in silence leaves new connections to their deadline; standing ones send until the caller goes', () => {
    const shop = openBareShop(20);
    const { cluster } = shop;
    const held = cluster.processes[shop.db].connections;
    expect(held).toBeGreaterThan(2);
    setPartition(cluster, 'left', 'data', 'drop');
    const seen = watchShop(shop, 20);
    expect(seen.bad).toBeGreaterThan(100);
    // The right application does not notice: half the looks, a quarter of the purchases (two steps each).
    expect(seen.good).toBeGreaterThan(250);
    const pool = cluster.pools.find((one) => one.caller === shop.shops[0])!;
    expect(pool.connections.filter((one) => one.state === 'idle')).toEqual([]);
    expect(pool.connectFailures).toBeGreaterThan(10);
    // The database still holds a place for every connection that it has not heard the end of.
    const alive = cluster.pools.flatMap((one) => one.connections).filter((one) => one.target === shop.db);
    const standing = alive.filter((one) => one.state === 'idle' || one.state === 'busy').length;
    expect(cluster.processes[shop.db].connections).toBeGreaterThan(standing);
    setPartition(cluster, 'left', 'data', 'none');
    watchShop(shop, 60);
    expect(watchShop(shop, 20).bad).toBe(0);
    const healed = cluster.pools.flatMap((one) => one.connections);
    const places = healed.filter((one) => one.state === 'idle' || one.state === 'busy').length;
    expect(cluster.processes[shop.db].connections).toBe(places);
  });

  it('that is short is a wait for standing connections, not an error', () => {
    const shop = openBareShop(20);
    const unhappy = (): number[] => shop.cluster.journeys.map((journey) => journey.failed + journey.lost);
    const before = unhappy();
    setPartition(shop.cluster, 'right', 'data', 'drop');
    runBare(shop.cluster, shop.cluster.nowMicros + 150_000);
    setPartition(shop.cluster, 'right', 'data', 'none');
    watchShop(shop, 20);
    expect(unhappy()).toEqual(before);
    expect(shop.cluster.processes[shop.shops[1]].retransmits).toBeGreaterThan(0);
  });

  it('in one direction lets the server do work whose answer nobody gets', () => {
    const shop = openBareShop(20);
    const { cluster } = shop;
    const before = cluster.processes[shop.db].metrics.ok[0];
    for (const app of ['left', 'right']) setPartition(cluster, 'data', app, 'drop', true);
    expect(watchShop(shop, 1).good).toBeLessThan(5);
    expect(cluster.processes[shop.db].metrics.ok[0]).toBeGreaterThan(before);
  });

  it('that refuses is told at once', () => {
    const silent = openBareShop(20);
    const telling = openBareShop(20);
    setPartition(silent.cluster, 'edge', 'left', 'drop');
    setPartition(telling.cluster, 'edge', 'left', 'refuse');
    const sum = (cluster: Cluster): number =>
      cluster.journeys.reduce((all, one) => all + one.latencySumMicros, 0);
    const [before, beforeTelling] = [sum(silent.cluster), sum(telling.cluster)];
    expect(watchShop(telling, 5).bad).toBeGreaterThan(20);
    watchShop(silent, 5);
    expect(sum(telling.cluster) - beforeTelling).toBeLessThan(0.5 * (sum(silent.cluster) - before));
  });

  it('between zones takes the health checks with it: the balancer ejects what it cannot reach', () => {
    const shop = openBareShop(20);
    setPartition(shop.cluster, 'edge', 'left', 'drop');
    watchShop(shop, 15);
    expect(watchShop(shop, 20).bad).toBe(0);
    expect(shop.cluster.processes[shop.shops[0]].liveSpans).toBe(0);
  });
});

describe('the state of links', () => {
  it('goes on from a snapshot as if there had been none', () => {
    const shop = openBareShop(10);
    setLink(shop.cluster, { from: '*', to: 'data', loss: 0.1, latencyMicros: 900, bitsPerSecond: 2e6 });
    setPartition(shop.cluster, 'left', 'data', 'drop');
    runBare(shop.cluster, 13e6);
    const { plan, ...state } = shop.cluster;
    const copy = { ...decodeState<Omit<Cluster, 'plan'>>(encodeState(state)), plan };
    for (const one of [shop.cluster, copy]) {
      setPartition(one, 'left', 'data', 'none');
      runBare(one, 40e6);
    }
    const { plan: _, ...rest } = copy;
    const { plan: __, ...whole } = shop.cluster;
    expect(hashState(rest)).toBe(hashState(whole));
  });
});
