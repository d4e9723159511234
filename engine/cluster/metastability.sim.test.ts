// Method: users → front → back at a load that the back carries easily; for 10 s it does a tenth of its work;
// then the trigger is gone, and what stays is what the retries keep up (Bronson et al. 2021, "Metastable
// Failures in Distributed Systems"). Each case runs under several seeds.
import { describe, expect, it } from 'vitest';
import { openChain, watchChain } from '../testing/chain-system.ts';
import type { Chain, ChainShape } from '../testing/chain-system.ts';

/** A back of 200 requests/s at 40 % of that; with 3 retries a storm asks for 160 %. */
const LOAD_PER_SECOND = 80;
const STORMY: ChainShape = {
  ratePerSecond: LOAD_PER_SECOND,
  backSteps: [{ do: 'cpu', micros: 5_000, fixedShare: 0.6 }],
  backWorkers: 1,
  backQueue: 400,
  timeoutMicros: 1_000_000,
  retry: { attempts: 4, backoffMicros: 50_000, onTimeout: true },
  patienceMicros: 10_000_000,
};
const SEEDS = ['a', 'b', 'c', 'd', 'e'];

/** Ten seconds at a tenth of the CPU. */
function trigger(chain: Chain): void {
  const { cpu } = chain.cluster.processes[chain.backs[0]];
  cpu.quotaMicros = 10_000;
  watchChain(chain, 10);
  cpu.quotaMicros = 0;
}

/** Share of bad user actions before, and in the tenth minute after the trigger. */
function liveThrough(shape: ChainShape, seed: string): { before: number; after: number } {
  const chain = openChain(shape, seed);
  watchChain(chain, 30);
  const before = watchChain(chain, 60).badRatio;
  trigger(chain);
  watchChain(chain, 540);
  return { before, after: watchChain(chain, 60).badRatio };
}

describe('a trigger of 10 s', () => {
  it.each(SEEDS)('leaves an outage that stays, with 3 retries and no budget (seed %s)', (seed) => {
    const { before, after } = liveThrough(STORMY, seed);
    expect(before).toBe(0);
    expect(after).toBeGreaterThan(0.5);
  });

  it.each(SEEDS)('leaves nothing with a retry budget of 10 % (seed %s)', (seed) => {
    const policy = { retryBudget: { ratio: 0.1, burst: 10 } };
    expect(liveThrough({ ...STORMY, policy }, seed)).toEqual({ before: 0, after: 0 });
  });

  it.each(SEEDS)('leaves nothing at 60 % of the load (seed %s)', (seed) => {
    const calmer = { ...STORMY, ratePerSecond: 0.6 * LOAD_PER_SECOND };
    expect(liveThrough(calmer, seed)).toEqual({ before: 0, after: 0 });
  });

  it.each(SEEDS)(
    'leaves nothing where deadlines are passed along and the newest come first (seed %s)',
    (seed) => {
      const guarded = { policy: { passDeadline: true }, admission: { order: 'newest' as const } };
      expect(liveThrough({ ...STORMY, ...guarded }, seed).after).toBeLessThan(0.01);
    },
  );
});

describe('shedding load', () => {
  it('ends the outage that stays: half of the users sent away for a minute, then all let back', () => {
    const chain = openChain(STORMY, 'shed');
    watchChain(chain, 60);
    trigger(chain);
    watchChain(chain, 120);
    expect(watchChain(chain, 30).badRatio).toBeGreaterThan(0.5);
    chain.cluster.load.intensity = 0.3;
    watchChain(chain, 60);
    chain.cluster.load.intensity = 1;
    watchChain(chain, 30);
    expect(watchChain(chain, 60).badRatio).toBe(0);
  });
});
