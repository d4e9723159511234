// Method: users → front → back; the back is made slow, small or absent, and what the front asks is counted.
import { describe, expect, it } from 'vitest';
import { LATENCY_BUCKETS_MICROS } from './latency-buckets.ts';
import { killProcess } from './processes.ts';
import { setServiceTargets } from './service-targets.ts';
import type { EdgePolicy } from './edge-policies.ts';
import { openChain, watchChain } from '../testing/chain-system.ts';
import type { Chain, ChainShape } from '../testing/chain-system.ts';

const WORK: ChainShape['backSteps'] = [{ do: 'cpu', micros: 5_000, fixedShare: 1 }];
const BASE: ChainShape = {
  ratePerSecond: 50,
  backSteps: WORK,
  backWorkers: 1000,
  backQueue: 0,
  timeoutMicros: 200_000,
};

function policyOf(chain: Chain): EdgePolicy {
  return chain.cluster.edgePolicies[0];
}

/** Requests that the backs have taken on, well or badly. */
function asked({ cluster, backs }: Chain): number {
  return backs.reduce((sum, back) => sum + cluster.processes[back].metrics.ok[0], 0);
}

describe('a retry budget', () => {
  const retry = { attempts: 4, backoffMicros: 10_000, onTimeout: true };

  it.each([0, 0.1, 0.5])(
    'lets no more than burst + %d × calls be tried again, however much fails',
    (ratio) => {
      const chain = openChain({ ...BASE, retry, policy: { retryBudget: { ratio, burst: 20 } } });
      killProcess(chain.cluster, chain.backs[0], 1, 'Error', '');
      watchChain(chain, 120);
      const { calls, retries, retriesRefused } = policyOf(chain);
      expect(calls).toBeGreaterThan(5_000);
      expect(retries).toBeLessThanOrEqual(20 + ratio * calls);
      expect(retries).toBeGreaterThanOrEqual(Math.floor(19 + ratio * calls));
      expect(retriesRefused).toBeGreaterThan(1_000);
    },
  );

  it('is not felt while little fails, and without one every attempt is made', () => {
    const calm = openChain({ ...BASE, retry, policy: { retryBudget: { ratio: 0.1, burst: 20 } } });
    expect(watchChain(calm, 60).bad).toBe(0);
    expect(policyOf(calm)).toMatchObject({ retries: 0, retriesRefused: 0 });
    const free = openChain({ ...BASE, retry, policy: {} });
    killProcess(free.cluster, free.backs[0], 1, 'Error', '');
    watchChain(free, 60);
    const { calls, retries, inFlight } = policyOf(free);
    expect(Math.abs(retries - 3 * calls)).toBeLessThanOrEqual(3 * inFlight);
  });
});

describe('back-off', () => {
  /** Mean time from a user's question to the refusal, after two waits of 100 and 200 ms on the mean. */
  function meanMs(policy: ChainShape['policy']): number {
    const retry = { attempts: 3, backoffMicros: 100_000, onTimeout: true };
    const chain = openChain({ ...BASE, retry, ...(policy === undefined ? {} : { policy }) });
    killProcess(chain.cluster, chain.backs[0], 1, 'Error', '');
    watchChain(chain, 200);
    const [journey] = chain.cluster.journeys;
    return journey.latencySumMicros / journey.bad / 1000;
  }

  it('has the same mean with every jitter, and its limit holds', () => {
    const plain = meanMs({ jitter: 'none' });
    expect(plain).toBeGreaterThan(300);
    for (const jitter of ['half', 'full'] as const)
      expect(Math.abs(meanMs({ jitter }) - plain)).toBeLessThan(3);
    expect(plain - meanMs({ jitter: 'none', backoffMaxMicros: 100_000 })).toBeCloseTo(100, 0);
  });
});

describe('a breaker', () => {
  const breaker = {
    windowMicros: 1_000_000,
    minCalls: 10,
    failureRatio: 0.5,
    openMicros: 5_000_000,
    probes: 2,
  };

  it('opens when calls fail, asks a probe now and then, and closes when they end well', () => {
    const chain = openChain({ ...BASE, backs: 2, policy: { breaker } });
    expect(watchChain(chain, 20).bad).toBe(0);
    expect(policyOf(chain).breakerOpened).toBe(0);
    setServiceTargets(chain.cluster, 'test/back', []);
    expect(watchChain(chain, 60).good).toBeLessThan(5);
    const { breakerOpened, breakerRefused } = policyOf(chain);
    // Once at first, then after each probe: every 5 s.
    expect(breakerOpened).toBeGreaterThanOrEqual(11);
    expect(breakerOpened).toBeLessThanOrEqual(13);
    expect(breakerRefused / (50 * 60)).toBeGreaterThan(0.95);
    setServiceTargets(chain.cluster, 'test/back', chain.backs);
    watchChain(chain, 6);
    expect(watchChain(chain, 20).bad).toBe(0);
  });

  it('spares a back that drowns: it is asked for less than it can do, and recovers at once', () => {
    const slow = { ...BASE, ratePerSecond: 400, backWorkers: 1, backQueue: 10_000, timeoutMicros: 100_000 };
    const unguarded = openChain(slow);
    const guarded = openChain({ ...slow, policy: { breaker } });
    watchChain(unguarded, 60);
    watchChain(guarded, 60);
    expect(unguarded.cluster.processes[unguarded.backs[0]].waiting.length).toBeGreaterThan(5_000);
    expect(guarded.cluster.processes[guarded.backs[0]].waiting.length).toBeLessThan(100);
    const [helped, drowned] = [guarded, unguarded].map(({ cluster }) => cluster.journeys[0].good);
    expect(helped).toBeGreaterThan(5 * drowned);
  });
});

describe('a bulkhead', () => {
  it('never has more calls in work than it allows; the rest fails at once', () => {
    const slow: ChainShape['backSteps'] = [{ do: 'disk', micros: 400_000 }];
    const chain = openChain({ ...BASE, backSteps: slow, timeoutMicros: 2e6, policy: { maxInFlight: 8 } });
    let most = 0;
    for (let turn = 0; turn < 600; turn++) {
      watchChain(chain, 0.1);
      most = Math.max(most, policyOf(chain).inFlight);
    }
    expect(most).toBe(8);
    const { calls, bulkheadRefused } = policyOf(chain);
    // Erlang B: 20 in work on the mean if all were taken, 8 places.
    expect(bulkheadRefused / (calls + bulkheadRefused)).toBeCloseTo(erlangB(8, 21.6), 1);
    watchChain(chain, 0);
    expect(policyOf(chain).inFlight).toBeLessThanOrEqual(8);
  });
});

/** Share of arrivals that find all of `places` taken at an offered load (Erlang B). */
function erlangB(places: number, offered: number): number {
  let blocked = 1;
  for (let place = 1; place <= places; place++) blocked = (offered * blocked) / (place + offered * blocked);
  return blocked;
}

describe('a hedge', () => {
  it('cuts the tail that one slow target makes', () => {
    // One of two backs is stopped by its CPU quota for most of each period of 100 ms.
    const steps: ChainShape['backSteps'] = [{ do: 'cpu', micros: 1_000, fixedShare: 1 }];
    const shape: ChainShape = { ...BASE, backs: 2, limits: [0, 0.03], backSteps: steps, timeoutMicros: 5e6 };
    const plain = openChain(shape);
    const hedged = openChain({ ...shape, policy: { hedgeAfterMicros: 10_000 } });
    const slowerThan = (chain: Chain, micros: number) => {
      watchChain(chain, 300);
      const { latencyBuckets } = chain.cluster.journeys[0];
      const all = latencyBuckets.reduce((sum, count) => sum + count, 0);
      return (
        latencyBuckets.reduce(
          (sum, count, at) => (LATENCY_BUCKETS_MICROS[at] > micros ? sum + count : sum),
          0,
        ) / all
      );
    };
    expect(slowerThan(plain, 50_000)).toBeGreaterThan(0.05);
    expect(slowerThan(hedged, 50_000)).toBeLessThan(0.005);
    const { hedges, calls } = policyOf(hedged);
    expect(hedges / calls).toBeLessThan(0.7);
    expect(asked(hedged)).toBeLessThanOrEqual(calls + hedges);
  });

  it('is bound by the retry budget', () => {
    const steps: ChainShape['backSteps'] = [{ do: 'disk', micros: 50_000 }];
    const policy = { hedgeAfterMicros: 1_000, retryBudget: { ratio: 0.05, burst: 10 } };
    const chain = openChain({ ...BASE, backs: 2, backSteps: steps, policy });
    watchChain(chain, 120);
    const { hedges, calls } = policyOf(chain);
    expect(hedges).toBeLessThanOrEqual(10 + 0.05 * calls);
    expect(hedges).toBeGreaterThan(0.04 * calls);
  });
});

describe('a deadline that is passed along', () => {
  it('ends work that nobody waits for: an overloaded back does nothing in vain', () => {
    const drowning: ChainShape = {
      ...BASE,
      ratePerSecond: 300,
      backWorkers: 1,
      backQueue: 10_000,
      timeoutMicros: 400_000,
    };
    const silent = openChain(drowning);
    const told = openChain({ ...drowning, policy: { passDeadline: true } });
    watchChain(silent, 30);
    watchChain(told, 30);
    expect(watchChain(silent, 30).good).toBe(0);
    // First come first served begins many just before their time is over; newest first begins none of them.
    expect(watchChain(told, 30).good / 30).toBeGreaterThan(60);
    const newest = openChain({
      ...drowning,
      policy: { passDeadline: true },
      admission: { order: 'newest' },
    });
    watchChain(newest, 30);
    expect(watchChain(newest, 30).good / 30).toBeGreaterThan(190);
    expect(told.cluster.processes[told.backs[0]].gate.expired).toBeGreaterThan(1_000);
  });

  it('is the first of all: a call is given no more time than its caller has', () => {
    const steps: ChainShape['backSteps'] = [{ do: 'disk', micros: 3_000_000 }];
    const impatient = { patienceMicros: 500_000, usersTell: true, policy: { passDeadline: true } };
    const chain = openChain({ ...BASE, backSteps: steps, timeoutMicros: 60e6, ...impatient });
    watchChain(chain, 30);
    // Nobody has waited longer than a user does, so nothing that is older is in work at the front.
    expect(chain.cluster.processes[chain.front].liveSpans).toBeLessThan(50 * 0.6);
    const free = openChain({ ...BASE, backSteps: steps, timeoutMicros: 60e6, patienceMicros: 500_000 });
    watchChain(free, 30);
    expect(free.cluster.processes[free.front].liveSpans).toBeGreaterThan(50 * 2);
  });
});
