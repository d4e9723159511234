/**
 * What queueing theory says of simple stations, and how to measure the same on the simulation. Sources:
 * Kleinrock, "Queueing Systems" vol. 1 (1975): M/M/c and M/M/c/K in ch. 3, M/G/1 in ch. 5; vol. 2, ch. 4:
 * processor sharing; Jackson (1957) for stations in series.
 */
import { seedFromText } from '../kernel/chance.ts';
import { setServiceTargets } from '../cluster/service-targets.ts';
import { bareCluster, runBare, startBare } from './bare-cluster.ts';
import { queueSystem } from './queue-system.ts';
import type { QueueShape } from './queue-system.ts';

/** Mean work of a request in all measurements, microseconds. */
export const WORK_MICROS = 100_000;

/** What a run of a station showed. */
export type Measured = {
  /** Mean time of a served request in the station, microseconds. */
  meanMicros: number;
  /** Requests in the station, the mean over whole seconds. */
  meanPresent: number;
  /** Served per second. */
  servedPerSecond: number;
  /** Share of requests turned away. */
  lostRatio: number;
  /** Share of the servers' time that was used. */
  utilisation: number;
};

/** Runs a station for so many customers after 10 minutes of warm-up, and measures. */
export function measureStation(
  shape: Omit<QueueShape, 'workMicros'>,
  seed: string,
  customers: number,
): Measured {
  const cluster = bareCluster(queueSystem({ ...shape, workMicros: WORK_MICROS }), {
    seed: seedFromText(seed),
  });
  const number = startBare(cluster, { program: 'station', host: 'host' });
  setServiceTargets(cluster, 'test/station', [number]);
  runBare(cluster, 600e6);
  const { metrics, cpu } = cluster.processes[number];
  const [served, refused] = [metrics.ok[0], metrics.refused];
  const [latency, used] = [metrics.latencySumMicros, cpu.usedMicros];
  const seconds = Math.ceil(customers / shape.ratePerSecond);
  let present = 0;
  for (let second = 1; second <= seconds; second++) {
    runBare(cluster, (600 + second) * 1e6);
    present += cluster.processes[number].liveSpans;
  }
  const [well, lost] = [metrics.ok[0] - served, metrics.refused - refused];
  return {
    meanMicros: (metrics.latencySumMicros - latency) / well,
    meanPresent: present / seconds,
    servedPerSecond: well / seconds,
    lostRatio: lost / (well + lost),
    utilisation: (cpu.usedMicros - used) / (seconds * 1e6 * shape.servers),
  };
}

/** Mean time in M/M/c over the mean service time; `load` = arrivals × mean service (Erlang C). */
export function erlangC(servers: number, load: number): number {
  let term = 1;
  let sum = 0;
  for (let busy = 0; busy < servers; busy++) {
    sum += term;
    term = (term * load) / (busy + 1);
  }
  const all = term / (1 - load / servers);
  return 1 + all / (sum + all) / (servers - load);
}

/** Mean time in M/G/1, first come first served, over the mean service time (Pollaczek and Khinchine). */
export function pollaczek(busy: number, variationSquared: number): number {
  return 1 + (busy * (1 + variationSquared)) / (2 * (1 - busy));
}

/** M/M/c with `places` in all: share turned away, and mean time of the others over the mean service. */
export function erlangLoss(
  servers: number,
  places: number,
  load: number,
): { lostRatio: number; mean: number } {
  const terms = [1];
  for (let present = 1; present <= places; present++) {
    terms.push((terms[present - 1] * load) / Math.min(present, servers));
  }
  const all = terms.reduce((sum, term) => sum + term, 0);
  const present = terms.reduce((sum, term, count) => sum + count * term, 0) / all;
  const lostRatio = terms[places] / all;
  return { lostRatio, mean: present / (load * (1 - lostRatio)) };
}
