/** The shop running without a platform: two application processes, a proxy, a database with a data volume. */
import type { Cluster, JourneyCounters } from '../cluster/cluster-state.ts';
import { setServiceTargets } from '../cluster/service-targets.ts';
import { createVolume } from '../cluster/volumes.ts';
import { seedFromText } from '../kernel/chance.ts';
import { bareCluster, runBare, startBare } from './bare-cluster.ts';
import type { BareOptions, BareStart } from './bare-cluster.ts';
import { SHOP_SYSTEM } from './shop-system.ts';

/** A running shop. */
export type BareShop = {
  /** The cluster. */
  cluster: Cluster;
  /** Process of the proxy. */
  proxy: number;
  /** Processes of the application, on hosts `left` and `right`. */
  shops: number[];
  /** Process of the database. */
  db: number;
  /** Data volume of the database. */
  data: number;
};

/** Starts an application process on a host. */
export function startShop(cluster: Cluster, host: string, more: Partial<BareStart> = {}): number {
  const log = cluster.hosts.find((one) => one.name === host)?.partitions.get('/log') ?? 0;
  return startBare(cluster, { program: 'shop', host, mounts: [{ path: '/log', volume: log }], ...more });
}

/** A shop that has run for so many seconds. */
export function openBareShop(
  seconds: number,
  options: Partial<BareOptions> = {},
  app: Partial<BareStart> = {},
): BareShop {
  const cluster = bareCluster(SHOP_SYSTEM, { seed: seedFromText('shop'), ...options });
  const data = createVolume(cluster, { name: 'data', host: -1, capacityBytes: 60e6, files: [] });
  const proxy = startBare(cluster, { program: 'proxy', host: 'edge' });
  const db = startBare(cluster, { program: 'db', host: 'data', mounts: [{ path: '/data', volume: data }] });
  const shops = ['left', 'right'].map((host) => startShop(cluster, host, app));
  setServiceTargets(cluster, 'test/proxy', [proxy]);
  setServiceTargets(cluster, 'test/shop', shops);
  setServiceTargets(cluster, 'test/db', [db]);
  runBare(cluster, seconds * 1e6);
  return { cluster, proxy, shops, db, data };
}

/** What users met during some more seconds. */
export function watchShop(
  shop: BareShop,
  seconds: number,
): { good: number; bad: number; lost: number; slow: number } {
  const sum = (field: keyof JourneyCounters): number =>
    shop.cluster.journeys.reduce((total, journey) => total + (journey[field] as number), 0);
  const before = { good: sum('good'), bad: sum('bad'), lost: sum('lost'), slow: sum('slow') };
  runBare(shop.cluster, shop.cluster.nowMicros + seconds * 1e6);
  return {
    good: sum('good') - before.good,
    bad: sum('bad') - before.bad,
    lost: sum('lost') - before.lost,
    slow: sum('slow') - before.slow,
  };
}
