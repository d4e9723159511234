// Method: one station under Poisson arrivals against the closed formulas, fixed seeds, long runs. The
// time in the station is read from the program's own latency sum, the mean number present from samples.
import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { queueSystem } from '../testing/queue-system.ts';
import type { QueueShape } from '../testing/queue-system.ts';
import { setServiceTargets } from './service-targets.ts';

const WORK_MICROS = 100_000;
const HOURS = 12;

/** What a long run of the station showed. */
type Measured = { meanMicros: number; meanPresent: number; arrivalsPerSecond: number; utilisation: number };

function measure(shape: Omit<QueueShape, 'workMicros'>, seed: string): Measured {
  const cluster = bareCluster(queueSystem({ ...shape, workMicros: WORK_MICROS }), {
    seed: seedFromText(seed),
  });
  const number = startBare(cluster, { program: 'station', host: 'host' });
  setServiceTargets(cluster, 'test/station', [number]);
  runBare(cluster, 600e6);
  const station = cluster.processes[number];
  const from = {
    served: station.metrics.ok[0],
    latency: station.metrics.latencySumMicros,
    cpu: station.cpu.usedMicros,
  };
  let present = 0;
  const seconds = HOURS * 3600;
  for (let second = 1; second <= seconds; second++) {
    runBare(cluster, (600 + second) * 1e6);
    present += station.liveSpans;
  }
  const served = station.metrics.ok[0] - from.served;
  return {
    meanMicros: (station.metrics.latencySumMicros - from.latency) / served,
    meanPresent: present / seconds,
    arrivalsPerSecond: served / seconds,
    utilisation: (station.cpu.usedMicros - from.cpu) / (seconds * 1e6 * shape.servers),
  };
}

/** Mean time in M/M/c over the mean service time (Erlang C). */
function erlangC(servers: number, load: number): number {
  let term = 1;
  let sum = 0;
  for (let busy = 0; busy < servers; busy++) {
    sum += term;
    term = (term * load) / (busy + 1);
  }
  const all = term / (1 - load / servers);
  return 1 + all / (sum + all) / (servers - load);
}

/** Relative distance. */
function off(measured: number, expected: number): number {
  return Math.abs(measured / expected - 1);
}

describe('a station against queueing theory, within 3 %', () => {
  it.each([0.5, 0.8])('M/M/1, first come first served, %d busy', (busy) => {
    const run = measure(
      { servers: 1, fixedShare: 0, ratePerSecond: busy * 10, sharing: false },
      `mm1 ${busy}`,
    );
    expect(off(run.meanMicros, WORK_MICROS / (1 - busy))).toBeLessThan(0.03);
    expect(off(run.utilisation, busy)).toBeLessThan(0.03);
  });

  it.each([0.5, 0.8])('M/M/4, first come first served, %d busy', (busy) => {
    const run = measure(
      { servers: 4, fixedShare: 0, ratePerSecond: busy * 40, sharing: false },
      `mm4 ${busy}`,
    );
    expect(off(run.meanMicros, WORK_MICROS * erlangC(4, busy * 4))).toBeLessThan(0.03);
  });

  it('M/D/1: waiting is half of that with exponential work (Pollaczek–Khinchine)', () => {
    const run = measure({ servers: 1, fixedShare: 1, ratePerSecond: 7, sharing: false }, 'md1');
    expect(off(run.meanMicros, WORK_MICROS * (1 + 0.7 / (2 * 0.3)))).toBeLessThan(0.03);
  });

  it.each([0, 0.6, 1])(
    'M/G/1 with processor sharing does not care how work varies (fixed share %d)',
    (fixedShare) => {
      const run = measure({ servers: 1, fixedShare, ratePerSecond: 7, sharing: true }, `ps ${fixedShare}`);
      expect(off(run.meanMicros, WORK_MICROS / 0.3)).toBeLessThan(0.03);
    },
  );

  it('Little: the mean number present is the arrival rate times the mean time', () => {
    const run = measure({ servers: 4, fixedShare: 0.6, ratePerSecond: 34, sharing: true }, 'little');
    expect(off(run.meanPresent, (run.arrivalsPerSecond * run.meanMicros) / 1e6)).toBeLessThan(0.03);
  });
});
