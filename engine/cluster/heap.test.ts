// Method: one garbage-collected station under steady load, its live set, limit and leak varied; pauses and
// shares of CPU are read from the heap's and the processor's own counters.
import { describe, expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { queueSystem } from '../testing/queue-system.ts';
import type { Cluster } from './cluster-state.ts';
import { setLeak } from './heap.ts';
import { memoryBytes } from './memory.ts';
import { advanceProcessor } from './processor.ts';
import { setServiceTargets } from './service-targets.ts';
import type { HeapSpec } from './spec/heap-spec.ts';

const MIB = 1024 * 1024;
const HEAP: HeapSpec = {
  limitBytes: 512 * MIB,
  youngBytes: 64 * MIB,
  liveBytes: 100 * MIB,
  allocatePerSpanBytes: MIB,
  leakPerSpanBytes: 0,
  tracedBytesPerSecond: 500 * MIB,
  threads: 1,
  exitCode: 3,
};

/** A station of two cores that serves 50 requests of 4 ms a second on such a heap. */
function station(heap: Partial<HeapSpec> | null, memoryLimitBytes = 0): Cluster {
  const shape = { servers: 2, workMicros: 4000, fixedShare: 0.6, ratePerSecond: 50, sharing: true };
  const system = queueSystem(shape);
  if (heap !== null) system.programs[0].heap = { ...HEAP, ...heap };
  const cluster = bareCluster(system, { seed: seedFromText('heap') });
  setServiceTargets(cluster, 'test/station', [
    startBare(cluster, { program: 'station', host: 'host', memoryLimitBytes }),
  ]);
  return cluster;
}

/** Share of the CPU used that went to collection, and the mean pause, over the next seconds. */
function observe(cluster: Cluster, seconds: number): { share: number; pauseMicros: number; latency: number } {
  const [process] = cluster.processes;
  const heap = process.heap!;
  const read = (): number[] => {
    if (process.phase !== 'exited') advanceProcessor(process.cpu, cluster.nowMicros);
    const { usedMicros } = process.cpu;
    const { latencySumMicros, ok } = process.metrics;
    return [usedMicros, heap.collectMicros, heap.collections, latencySumMicros, ok[0]];
  };
  const before = read();
  runBare(cluster, cluster.nowMicros + seconds * 1e6);
  const [used, collected, count, latency, served] = read().map((value, at) => value - before[at]);
  return { share: collected / used, pauseMicros: collected / count, latency: latency / served };
}

function hashOf({ plan: _plan, ...state }: Cluster): string {
  return hashState(state);
}

describe('a garbage-collected heap', () => {
  it('pauses in proportion to its live bytes', () => {
    for (const live of [50, 100, 200, 400]) {
      const { pauseMicros } = observe(station({ liveBytes: live * MIB, limitBytes: 2048 * MIB }), 300);
      expect(pauseMicros).toBeCloseTo((live / 500) * 1e6, 3);
    }
  });

  it('spends CPU by Appel: live/(room × tracing speed) per allocated byte', () => {
    for (const headroom of [256, 64, 32, 16]) {
      const cluster = station({ limitBytes: (100 + headroom) * MIB });
      observe(cluster, 600);
      const [{ heap, metrics }] = cluster.processes;
      const allocated = metrics.ok[0] * MIB;
      const room = Math.min(64, headroom) * MIB;
      const expected = (allocated / room) * (100 / 500) * 1e6;
      expect(heap!.collectMicros / expected).toBeCloseTo(1, 1);
    }
  });

  it('gives its collector a share that only grows as headroom shrinks, and nears all of the CPU', () => {
    let last = 0;
    for (const headroom of [256, 40, 20, 10, 5, 2]) {
      const { share } = observe(station({ limitBytes: (100 + headroom) * MIB }), 120);
      expect(share).toBeGreaterThan(last - 0.01);
      last = share;
    }
    expect(last).toBeGreaterThan(0.9);
  });

  it('stops requests meanwhile: none is faster than without, and the mean grows by far', () => {
    const calm = observe(station({ tracedBytesPerSecond: 1e15 }), 300).latency;
    expect(observe(station({}), 300).latency).toBeGreaterThan(calm * 3);
  });

  it('that leaks climbs, then thrashes, then dies, in that order', () => {
    const cluster = station({ limitBytes: 256 * MIB });
    setLeak(cluster, 0, 16 * 1024);
    const [process] = cluster.processes;
    const memory: number[] = [];
    const shares: number[] = [];
    while (process.phase !== 'exited' && cluster.nowMicros < 3600e6) {
      const { share } = observe(cluster, 10);
      memory.push(process.heap!.leakedBytes);
      shares.push(share);
    }
    for (let at = 1; at < memory.length; at++) expect(memory[at]).toBeGreaterThanOrEqual(memory[at - 1]);
    const climbed = memory.findIndex((bytes) => bytes > 50 * MIB);
    const thrashed = shares.findIndex((share) => share > 0.8);
    expect(shares[0]).toBeLessThan(0.6);
    expect(climbed).toBeGreaterThan(3);
    expect(thrashed).toBeGreaterThan(climbed);
    expect(shares.length).toBeGreaterThan(thrashed);
    expect(process).toMatchObject({ phase: 'exited', exitCode: 3, exitReason: 'Error' });
  });

  it('larger than its container is killed by the kernel instead, with 137', () => {
    const cluster = station({}, 160 * MIB);
    runBare(cluster, 60e6);
    expect(cluster.processes[0]).toMatchObject({ exitCode: 137, exitReason: 'OOMKilled' });
  });

  it('never holds more than its limit', () => {
    const cluster = station({ limitBytes: 120 * MIB });
    for (let second = 1; second <= 120; second++) {
      runBare(cluster, second * 1e6);
      expect(memoryBytes(cluster, cluster.processes[0])).toBeLessThanOrEqual(120 * MIB);
    }
  });

  it('that collects at no cost changes no request', () => {
    const plain = station(null);
    const free = station({ tracedBytesPerSecond: 1e18 });
    runBare(plain, 60e6);
    runBare(free, 60e6);
    expect(free.processes[0].heap!.collections).toBeGreaterThan(10);
    expect(free.processes[0].metrics.ok).toEqual(plain.processes[0].metrics.ok);
    expect(plain.processes[0].heap).toBeUndefined();
  });

  it('continues equally from a snapshot taken amid a pause', () => {
    const cluster = station({});
    while (!(cluster.processes[0].cpu.pause?.leftMicros ?? 0)) runBare(cluster, cluster.nowMicros + 10_000);
    const { plan, ...state } = cluster;
    const copy = { ...(decodeState(encodeState(state)) as Omit<Cluster, 'plan'>), plan } as Cluster;
    runBare(cluster, 60e6);
    runBare(copy, 60e6);
    expect(hashOf(copy)).toBe(hashOf(cluster));
  });
});
