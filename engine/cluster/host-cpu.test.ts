// Method: stations on one host whose processes contend, driven past and below its cores by hand-set load;
// CPU used is read from the processes' own counters, over minutes, under fixed seeds.
import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { queueSystem } from '../testing/queue-system.ts';
import type { QueueShape } from '../testing/queue-system.ts';
import type { Cluster } from './cluster-state.ts';
import { setCpuShares, setSteal, shareHostCpu, stolenMicros } from './host-cpu.ts';
import { advanceProcessor } from './processor.ts';
import { killProcess } from './processes.ts';
import { setServiceTargets } from './service-targets.ts';

/** Stations side by side on one host: one per CPU limit (0 = none). */
function stations(shape: Partial<QueueShape>, limits: number[], seed: string, shares = true): Cluster {
  const whole = { servers: 1, workMicros: 10_000, fixedShare: 0, ratePerSecond: 50, sharing: true, ...shape };
  const system = queueSystem(whole);
  if (shares) system.hosts[0].sharesCpu = true;
  const cluster = bareCluster(system, { seed: seedFromText(seed) });
  const numbers = limits.map((cpuLimitCores) =>
    startBare(cluster, { program: 'station', host: 'host', cpuLimitCores }),
  );
  setServiceTargets(cluster, 'test/station', numbers);
  return cluster;
}

/** Cores that each process used on average until a time. */
function usedCores(cluster: Cluster, untilMicros: number): number[] {
  const before = cluster.processes.map(
    ({ cpu }) => (advanceProcessor(cpu, cluster.nowMicros), cpu.usedMicros),
  );
  const from = cluster.nowMicros;
  runBare(cluster, untilMicros);
  return cluster.processes.map(({ cpu }, at) => {
    advanceProcessor(cpu, cluster.nowMicros);
    return (cpu.usedMicros - before[at]) / (untilMicros - from);
  });
}

/** Mean time in the stations of all requests, microseconds. */
function meanMicros(cluster: Cluster): number {
  let sum = 0;
  let served = 0;
  for (const { metrics } of cluster.processes) {
    sum += metrics.latencySumMicros;
    served += metrics.ok[0];
  }
  return sum / served;
}

/** Hash of all that is state. */
function hashOf({ plan: _plan, ...state }: Cluster): string {
  return hashState(state);
}

const total = (cores: number[]): number => cores.reduce((sum, one) => sum + one, 0);

describe('processes of one host', () => {
  it('use all of its cores under overload, and no more', () => {
    const cluster = stations({ servers: 2, ratePerSecond: 500 }, [0, 0, 0], 'overload');
    runBare(cluster, 10e6);
    expect(total(usedCores(cluster, 60e6))).toBeCloseTo(2, 6);
  });

  it('never use more than the cores in any stretch, and all demand below them is served', () => {
    const cluster = stations({ servers: 2, ratePerSecond: 140 }, [0, 0, 0], 'below');
    for (let second = 1; second <= 60; second++) {
      expect(total(usedCores(cluster, second * 1e6))).toBeLessThanOrEqual(2 + 1e-9);
    }
    expect(total(usedCores(cluster, 1200e6))).toBeCloseTo(1.4, 1);
  });

  it.each([
    [1, 3],
    [2, 1024],
    [100, 100],
  ])('share by weight, %d to %d, within a hundredth', (left, right) => {
    const cluster = stations({ servers: 2, ratePerSecond: 1000 }, [0, 0], 'weights');
    setCpuShares(cluster, 0, left);
    setCpuShares(cluster, 1, right);
    runBare(cluster, 20e6);
    const [first, second] = usedCores(cluster, 60e6);
    expect(first / (2 * (left / (left + right)))).toBeCloseTo(1, 2);
    expect(second / (2 * (right / (left + right)))).toBeCloseTo(1, 2);
  });

  it('leave to others what a quota keeps from them, and stay under it', () => {
    const cluster = stations({ servers: 2, ratePerSecond: 1000 }, [0.25, 0], 'quota');
    runBare(cluster, 10e6);
    const [held, free] = usedCores(cluster, 70e6);
    expect(held).toBeLessThanOrEqual(0.2501);
    expect(held).toBeGreaterThan(0.2499);
    expect(held + free).toBeCloseTo(2, 6);
  });

  it('give back what they used when they end', () => {
    const cluster = stations({ servers: 1, ratePerSecond: 300 }, [0, 0], 'end');
    runBare(cluster, 10e6);
    expect(usedCores(cluster, 20e6)[0]).toBeCloseTo(0.5, 3);
    killProcess(cluster, 0, 137, 'Error', '');
    expect(usedCores(cluster, 30e6)).toEqual([0, expect.closeTo(1, 6)]);
    expect(cluster.hosts[0].cpu?.members).toEqual([1]);
  });

  it('behave to the byte as without sharing while the cores suffice', () => {
    const plain = stations({ servers: 64, ratePerSecond: 60 }, [0, 0.5], 'same', false);
    const shared = stations({ servers: 64, ratePerSecond: 60 }, [0, 0.5], 'same', true);
    runBare(plain, 120e6);
    runBare(shared, 120e6);
    expect(shared.hosts[0].cpu?.contendedMicros).toBe(0);
    delete shared.hosts[0].cpu;
    expect(hashOf(shared)).toBe(hashOf(plain));
  });

  it('continue equally from a snapshot taken amid contention', () => {
    const cluster = stations({ servers: 2, ratePerSecond: 230 }, [0.7, 0], 'snapshot');
    setSteal(cluster, 0, 0.1);
    runBare(cluster, 30.123e6);
    const { plan, ...state } = cluster;
    const copy = { ...(decodeState(encodeState(state)) as Omit<Cluster, 'plan'>), plan } as Cluster;
    runBare(cluster, 60e6);
    runBare(copy, 60e6);
    expect(hashOf(copy)).toBe(hashOf(cluster));
  });

  it('begin to contend when told so amid work', () => {
    const cluster = stations({ servers: 1, ratePerSecond: 300 }, [0, 0], 'late', false);
    runBare(cluster, 10e6);
    expect(total(usedCores(cluster, 20e6))).toBeCloseTo(2, 3);
    shareHostCpu(cluster, 0);
    expect(total(usedCores(cluster, 30e6))).toBeCloseTo(1, 6);
  });
});

describe('steal', () => {
  it.each([0.2, 0.5])('of %d makes work take 1/(1 − s) times as long, and is counted', (share) => {
    const lone = { servers: 8, ratePerSecond: 1, fixedShare: 1 };
    const cluster = stations(lone, [0], 'steal');
    setSteal(cluster, 0, share);
    const [used] = usedCores(cluster, 600e6);
    expect(meanMicros(cluster) / (10_000 / (1 - share))).toBeCloseTo(1, 2);
    expect(stolenMicros(cluster, 0) / (used * 600e6)).toBeCloseTo(share / (1 - share), 6);
  });

  it('cuts what a crowded host can do to 1 − s, until it ends', () => {
    const cluster = stations({ servers: 2, ratePerSecond: 500 }, [0, 0], 'crowd');
    runBare(cluster, 10e6);
    setSteal(cluster, 0, 0.3);
    expect(total(usedCores(cluster, 20e6))).toBeCloseTo(1.4, 6);
    setSteal(cluster, 0, 0);
    expect(total(usedCores(cluster, 30e6))).toBeCloseTo(2, 6);
    expect(stolenMicros(cluster, 0)).toBeCloseTo(0.3 * 2 * 10e6, -1);
  });
});
