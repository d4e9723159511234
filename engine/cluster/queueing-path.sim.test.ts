// Method: the arrivals and the work of every request are drawn again from their keys, the queue is computed
// by its recursion (Lindley for one server, Kiefer and Wolfowitz for several), and the simulation must agree
// with that path request by request: at 0.95, where a mean would need millions of requests to settle.
import { expect, it } from 'vitest';
import { drawExponential, seedFromText } from '../kernel/chance.ts';
import type { Seed } from '../kernel/chance.ts';
import { PURPOSE_ARRIVAL, PURPOSE_WORK } from '../kernel/purposes.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { queueSystem } from '../testing/queue-system.ts';
import { WORK_MICROS } from '../testing/queue-laws.ts';
import { hopMicros } from './network.ts';
import { setServiceTargets } from './service-targets.ts';
import type { Cluster } from './cluster-state.ts';

const CUSTOMERS = 100_000;
/** Request key of the first step of the first journey (journeys.ts). */
const KEY = 256;

/** When each request reaches the station, and its work, in order of coming; microseconds. */
function drawPath(cluster: Cluster, seed: Seed, ratePerSecond: number): [at: number, work: number][] {
  const path: [number, number][] = [];
  let at = 0;
  const site = 1;
  for (let number = 0; number < CUSTOMERS; number++) {
    let left = drawExponential(seed, PURPOSE_ARRIVAL, 0, number, 0);
    for (;;) {
      const end = (Math.floor(at / 1e6) + 1) * 1e6;
      const room = (ratePerSecond * (end - at)) / 1e6;
      if (left <= room) break;
      left -= room;
      at = end;
    }
    at += Math.ceil((left / ratePerSecond) * 1e6);
    const hop = hopMicros(cluster, KEY, number, site * 2, -1, 0);
    const luck = drawExponential(seed, PURPOSE_WORK, KEY, number, Math.imul(site, 31) | 0);
    path.push([at + hop, WORK_MICROS * luck]);
  }
  return path.sort((a, b) => a[0] - b[0]);
}

/** Sum of the times that the path spends in a station of so many servers, first come first served. */
function sumByRecursion(path: readonly [number, number][], servers: number): number {
  const free = new Array<number>(servers).fill(0);
  let sum = 0;
  for (const [at, work] of path) {
    const next = free.indexOf(Math.min(...free));
    free[next] = Math.max(at, free[next]) + work;
    sum += free[next] - at;
  }
  return sum;
}

it.each([
  [1, 0.8],
  [1, 0.95],
  [3, 0.95],
])('%d servers, %d busy: each request takes what the recursion says', (servers, busy) => {
  const ratePerSecond = (busy * servers * 1e6) / WORK_MICROS;
  const shape = { servers, workMicros: WORK_MICROS, fixedShare: 0, ratePerSecond, sharing: false };
  const seed = seedFromText(`path ${servers} ${busy}`);
  const cluster = bareCluster(queueSystem(shape), { seed });
  const number = startBare(cluster, { program: 'station', host: 'host' });
  setServiceTargets(cluster, 'test/station', [number]);
  const path = drawPath(cluster, seed, ratePerSecond);
  const station = cluster.processes[number];
  // Until exactly these have been served; the line is served in order, so no later one is among them.
  while (station.metrics.ok[0] < CUSTOMERS - 1000) runBare(cluster, cluster.nowMicros + 1e5);
  const served = station.metrics.ok[0];
  const mean = station.metrics.latencySumMicros / served;
  const expected = sumByRecursion(path.slice(0, served), servers) / served;
  // An event falls on whole microseconds: half of one at each end, and it adds up while the station is busy.
  expect(Math.abs(mean / expected - 1)).toBeLessThan(servers === 1 ? 0.0005 : 0.002);
});
