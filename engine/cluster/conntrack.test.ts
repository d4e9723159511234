// Method: tables filled flow by flow to their limit, and a shop whose table others fill; no mocks.
import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { bareCluster, runBare } from '../testing/bare-cluster.ts';
import { openBareShop, watchShop } from '../testing/bare-shop.ts';
import { SHOP_SYSTEM } from '../testing/shop-system.ts';
import type { Cluster } from './cluster-state.ts';
import { closeFlow, conntrackEntries, openFlow, passFlow, setConntrackMax } from './conntrack.ts';
import { killProcess } from './processes.ts';

/** Entries on a host now. */
function entries(cluster: Cluster, host: number): number {
  return conntrackEntries(cluster.hosts[host], cluster.nowMicros);
}

/** Pooled connections that stand between any host and this one. */
function standing(cluster: Cluster, host: number): number {
  let count = 0;
  for (const pool of cluster.pools) {
    for (const { flow } of pool.connections) if (flow !== undefined && flow.includes(host)) count++;
  }
  return count;
}

function hashOf({ plan: _plan, ...state }: Cluster): string {
  return hashState(state);
}

describe('a table of tracked flows', () => {
  it('takes flows up to its limit and not one more; an ended one gives its entry back after 120 s', () => {
    const cluster = bareCluster(SHOP_SYSTEM, { seed: seedFromText('table') });
    setConntrackMax(cluster, 1, 50);
    for (let flow = 0; flow < 50; flow++) expect(openFlow(cluster, -1, 1)).toBe(true);
    expect(openFlow(cluster, 0, 1)).toBe(false);
    expect(cluster.hosts[1].conntrack?.dropped).toBe(1);
    expect(openFlow(cluster, 0, 2)).toBe(true); // Other hosts are not touched.
    closeFlow(cluster, -1, 1);
    cluster.nowMicros = 119e6;
    expect(openFlow(cluster, 0, 1)).toBe(false);
    cluster.nowMicros = 121e6;
    expect(entries(cluster, 1)).toBe(49);
    expect(openFlow(cluster, 0, 1)).toBe(true);
    expect(openFlow(cluster, 0, 1)).toBe(false);
  });

  it('passes at most limit/120 short flows a second in the long run', () => {
    const cluster = bareCluster(SHOP_SYSTEM, { seed: seedFromText('rate') });
    setConntrackMax(cluster, 1, 1200);
    let passed = 0;
    for (let at = 0; at < 3600 * 20; at++) {
      cluster.nowMicros = at * 50_000;
      if (passFlow(cluster, -1, 1)) passed++;
      expect(entries(cluster, 1)).toBeLessThanOrEqual(1200);
    }
    expect(passed / 3600).toBeGreaterThan(9.5);
    expect(passed / 3600).toBeLessThan(10.4);
  });

  it('of a newer kernel drops the oldest ended flow first, never one that stands', () => {
    const cluster = bareCluster(SHOP_SYSTEM, { seed: seedFromText('reclaim') });
    const table = setConntrackMax(cluster, 1, 10);
    table.reclaimsClosing = true;
    for (let flow = 0; flow < 4; flow++) openFlow(cluster, -1, 1);
    for (let flow = 0; flow < 100; flow++) expect(passFlow(cluster, -1, 1)).toBe(true);
    for (let flow = 0; flow < 6; flow++) expect(openFlow(cluster, -1, 1)).toBe(true);
    expect(openFlow(cluster, -1, 1)).toBe(false);
    expect(table).toMatchObject({ standing: 10, closing: 0, dropped: 1 });
  });
});

describe('a shop whose database host has a full table', () => {
  it('goes on over standing connections while new ones meet silence, and heals with room', () => {
    const shop = openBareShop(20);
    const { cluster } = shop;
    const host = cluster.processes[shop.db].host;
    const table = setConntrackMax(cluster, host, 10_000);
    expect(table.standing).toBeGreaterThan(0);
    table.otherEntries = 10_000;
    const early = watchShop(shop, 3);
    expect(early.good).toBeGreaterThan(early.bad);
    watchShop(shop, 60);
    const failures = cluster.pools.reduce((sum, pool) => sum + pool.connectFailures, 0);
    const late = watchShop(shop, 20);
    expect(late.good).toBe(0);
    expect(table.dropped).toBeGreaterThan(10);
    expect(cluster.pools.reduce((sum, pool) => sum + pool.connectFailures, 0)).toBeGreaterThan(failures);
    expect(cluster.processes[shop.db].phase).toBe('running');
    table.otherEntries = 0;
    watchShop(shop, 15);
    expect(watchShop(shop, 20).bad).toBe(0);
  });

  it('counts each standing connection once, through recycling and deaths', () => {
    const shop = openBareShop(5);
    const { cluster } = shop;
    const host = cluster.processes[shop.db].host;
    const table = setConntrackMax(cluster, host, 1_000_000);
    for (let second = 0; second < 60; second++) {
      watchShop(shop, 1);
      if (second === 20) killProcess(cluster, shop.shops[0], 137, 'Error', '');
      expect(table.standing).toBe(standing(cluster, host));
    }
    killProcess(cluster, shop.db, 137, 'Error', '');
    watchShop(shop, 30);
    expect(table.standing).toBe(standing(cluster, host));
    expect(table.closing).toBeGreaterThan(0);
  });

  it('is served to the byte as without a limit while the table is roomy', () => {
    const plain = openBareShop(40);
    const roomy = openBareShop(10);
    for (let host = 0; host < roomy.cluster.hosts.length; host++) setConntrackMax(roomy.cluster, host, 1e9);
    runBare(roomy.cluster, 40e6);
    for (const host of roomy.cluster.hosts) delete host.conntrack;
    for (const pool of roomy.cluster.pools) for (const connection of pool.connections) delete connection.flow;
    expect(hashOf(roomy.cluster)).toBe(hashOf(plain.cluster));
  });

  it('continues equally from a snapshot taken while flows are dropped', () => {
    const { cluster } = openBareShop(20);
    for (let host = 0; host < cluster.hosts.length; host++) setConntrackMax(cluster, host, 400);
    runBare(cluster, 50e6);
    expect(cluster.hosts.some((host) => (host.conntrack?.dropped ?? 0) > 0)).toBe(true);
    const { plan, ...state } = cluster;
    const copy = { ...(decodeState(encodeState(state)) as Omit<Cluster, 'plan'>), plan } as Cluster;
    runBare(cluster, 90e6);
    runBare(copy, 90e6);
    expect(hashOf(copy)).toBe(hashOf(cluster));
  });
});
