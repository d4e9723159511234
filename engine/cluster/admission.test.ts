// Method: users → front → back; the back is asked for more than it can do, in several ways.
import { describe, expect, it } from 'vitest';
import { openChain, watchChain } from '../testing/chain-system.ts';
import type { Chain, ChainShape } from '../testing/chain-system.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { runBare } from '../testing/bare-cluster.ts';
import type { Cluster } from './cluster-state.ts';

const WORK: ChainShape['backSteps'] = [{ do: 'cpu', micros: 5_000, fixedShare: 1 }];
const BASE: ChainShape = {
  ratePerSecond: 100,
  backSteps: WORK,
  backWorkers: 1,
  backQueue: 10_000,
  timeoutMicros: 5_000_000,
};

function gateOf({ cluster, backs }: Chain) {
  return cluster.processes[backs[0]].gate;
}

/** Mean time in the back of a request that was served, microseconds. */
function meanMicros({ cluster, backs }: Chain): number {
  const { metrics } = cluster.processes[backs[0]];
  return metrics.latencySumMicros / metrics.ok[0];
}

describe('a rate limit', () => {
  it('takes its rate and what was saved up, and answers the rest at once', () => {
    const rateLimit = { perSecond: 40, burst: 10 };
    const chain = openChain({ ...BASE, admission: { rateLimit } });
    const { good, bad } = watchChain(chain, 600);
    expect(good).toBeLessThanOrEqual(10 + 40 * 600 + 1);
    expect(good).toBeGreaterThan(40 * 600 * 0.995);
    expect(Math.abs(gateOf(chain).rateLimited - bad)).toBeLessThan(10);
    expect(meanMicros(chain)).toBeLessThan(10_000);
  });

  it('is not felt below its rate', () => {
    const chain = openChain({
      ...BASE,
      ratePerSecond: 20,
      admission: { rateLimit: { perSecond: 100, burst: 50 } },
    });
    expect(watchChain(chain, 300).bad).toBe(0);
    expect(gateOf(chain).rateLimited).toBe(0);
  });

  it('has requests tried again where the caller is told to', () => {
    const admission = { rateLimit: { perSecond: 150, burst: 1 } };
    const retry = { attempts: 5, backoffMicros: 50_000, onTimeout: false };
    const stubborn = openChain({ ...BASE, retry, admission, policy: { retryOverload: true } });
    const plain = openChain({ ...BASE, retry, admission, policy: {} });
    expect(watchChain(plain, 120).badRatio).toBeGreaterThan(0.3);
    expect(watchChain(stubborn, 120).badRatio).toBeLessThan(0.1);
    expect(plain.cluster.edgePolicies[0].retries).toBe(0);
  });
});

describe('a line that is cut by age', () => {
  it('serves nobody who has waited longer, and so keeps answers in time under twice the load', () => {
    const flood = { ...BASE, ratePerSecond: 400, timeoutMicros: 300_000 };
    const plain = openChain(flood);
    const cut = openChain({ ...flood, admission: { queueTimeoutMicros: 100_000 } });
    watchChain(plain, 20);
    watchChain(cut, 20);
    expect(watchChain(plain, 20).good).toBe(0);
    expect(watchChain(cut, 20).good / 20).toBeGreaterThan(190);
    expect(meanMicros(cut)).toBeLessThan(106_000);
    expect(gateOf(cut).shed).toBeGreaterThan(5_000);
  });

  it('keeps, newest first, half of the users well where oldest first keeps none', () => {
    const flood = { ...BASE, ratePerSecond: 400, timeoutMicros: 300_000 };
    const newest = openChain({ ...flood, admission: { order: 'newest' } });
    watchChain(newest, 20);
    expect(watchChain(newest, 20).good / 20).toBeGreaterThan(190);
  });
});

describe('an event loop', () => {
  const MIXED: ChainShape['backSteps'] = [
    { do: 'cpu', micros: 2_000, fixedShare: 0 },
    { do: 'disk', micros: 50_000 },
    { do: 'cpu', micros: 2_000, fixedShare: 0 },
  ];

  it('is held only while it computes: waiting for others costs it nothing', () => {
    const shape = { ...BASE, ratePerSecond: 200, backSteps: MIXED, backWorkers: 1_000 };
    const loop = openChain({ ...shape, admission: { loops: 1 } });
    expect(watchChain(loop, 60).badRatio).toBe(0);
    const { cpu } = loop.cluster.processes[loop.backs[0]];
    expect(cpu.usedMicros / 60e6).toBeCloseTo(0.8, 1);
    // One thread that waits with its request could serve 18 a second.
    const thread = openChain({ ...shape, backWorkers: 1, timeoutMicros: 500_000 });
    watchChain(thread, 30);
    expect(watchChain(thread, 30).good / 30).toBeLessThan(20);
  });

  it('serves in order of coming: M/D/1, where threads would share (M/G/1-PS)', () => {
    const load = { ...BASE, ratePerSecond: 140, backWorkers: 100_000 };
    const loop = openChain({ ...load, admission: { loops: 1 } });
    const threads = openChain(load);
    watchChain(loop, 3_000);
    watchChain(threads, 3_000);
    const queued = 5_000 * (1 + 0.7 / (2 * 0.3));
    expect(Math.abs(meanMicros(loop) / queued - 1)).toBeLessThan(0.02);
    expect(Math.abs(meanMicros(threads) / (5_000 / 0.3) - 1)).toBeLessThan(0.03);
  });

  it('never computes more than its loops at once, on a host of many cores', () => {
    const chain = openChain({ ...BASE, ratePerSecond: 500, admission: { loops: 1 }, backWorkers: 100_000 });
    chain.cluster.processes[chain.backs[0]].cpu.cores = 8;
    watchChain(chain, 10);
    const before = chain.cluster.processes[chain.backs[0]].cpu.usedMicros;
    watchChain(chain, 20);
    const used = (chain.cluster.processes[chain.backs[0]].cpu.usedMicros - before) / 20e6;
    expect(used).toBeGreaterThan(0.999);
    expect(used).toBeLessThanOrEqual(1.0001);
  });
});

describe('a lock', () => {
  const LOCKED: ChainShape['backSteps'] = [
    { do: 'lock', lock: 'cart' },
    { do: 'disk', micros: 5_000 },
    { do: 'unlock', lock: 'cart' },
    { do: 'disk', micros: 20_000 },
  ];

  it('is held by one at a time: what it guards is a queue of one server, what follows is not', () => {
    const chain = openChain({ ...BASE, ratePerSecond: 100, backSteps: LOCKED, backWorkers: 10_000 });
    watchChain(chain, 2_000);
    // M/G/1 of log-normal work (sigma 0.4): mean e^(0.08), square e^(0.32) of the median's.
    const mean = 5_000 * Math.exp(0.08);
    const square = 25e6 * Math.exp(0.32);
    const wait = ((100 / 1e6) * square) / (2 * (1 - (100 * mean) / 1e6));
    const expected = wait + mean + 20_000 * Math.exp(0.08);
    expect(Math.abs(meanMicros(chain) / expected - 1)).toBeLessThan(0.02);
  });

  it('limits the throughput to one over the time that it is held, and dies with its process', () => {
    const chain = openChain({ ...BASE, ratePerSecond: 400, backSteps: LOCKED, backWorkers: 10_000 });
    watchChain(chain, 30);
    const { metrics, locks } = chain.cluster.processes[chain.backs[0]];
    const before = metrics.ok[0];
    watchChain(chain, 60);
    const limit = 1e6 / (5_000 * Math.exp(0.08));
    expect((metrics.ok[0] - before) / 60).toBeGreaterThan(limit * 0.97);
    expect((metrics.ok[0] - before) / 60).toBeLessThan(limit * 1.03);
    expect(locks[0].waiters.length).toBeGreaterThan(1_000);
  });
});

describe('all guards together', () => {
  it('go on from a snapshot as if nothing had been', () => {
    const chain = openChain({
      ...BASE,
      ratePerSecond: 260,
      backs: 2,
      retry: { attempts: 4, backoffMicros: 10_000, onTimeout: true },
      timeoutMicros: 60_000,
      policy: {
        retryBudget: { ratio: 0.2, burst: 10 },
        retryOverload: true,
        jitter: 'full',
        breaker: { windowMicros: 1e6, minCalls: 20, failureRatio: 0.6, openMicros: 500_000, probes: 3 },
        maxInFlight: 60,
        hedgeAfterMicros: 30_000,
        passDeadline: true,
      },
      admission: { rateLimit: { perSecond: 120, burst: 20 }, queueTimeoutMicros: 40_000, order: 'newest' },
      backSteps: [
        { do: 'lock', lock: 'one' },
        { do: 'cpu', micros: 6_000 },
        { do: 'unlock', lock: 'one' },
      ],
      backWorkers: 8,
      backQueue: 50,
    });
    watchChain(chain, 20);
    const { plan, ...state } = chain.cluster;
    const copy: Cluster = { ...decodeState<Omit<Cluster, 'plan'>>(encodeState(state)), plan };
    runBare(chain.cluster, 60e6);
    runBare(copy, 60e6);
    const hash = ({ plan: _, ...rest }: Cluster) => hashState(rest);
    expect(hash(copy)).toBe(hash(chain.cluster));
    const [policy] = chain.cluster.edgePolicies;
    for (const seen of ['retries', 'breakerOpened', 'hedges', 'retriesRefused'] as const)
      expect(policy[seen], seen).toBeGreaterThan(0);
    expect(policy.inFlight).toBeGreaterThanOrEqual(0);
    expect(policy.inFlight).toBeLessThanOrEqual(60);
  });
});
