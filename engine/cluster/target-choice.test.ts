// Method: a front that calls several backs, some of them slow, dead or new; what each gets is counted.
import { describe, expect, it } from 'vitest';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { runBare } from '../testing/bare-cluster.ts';
import { openChain, watchChain } from '../testing/chain-system.ts';
import type { Chain, ChainShape } from '../testing/chain-system.ts';
import type { Cluster } from './cluster-state.ts';
import { killProcess } from './processes.ts';
import { nextTarget, setServiceTargets } from './service-targets.ts';
import type { BalancingSpec, OutlierSpec } from './spec/balancing-spec.ts';
import type { Choice } from './target-choice.ts';

const OUTLIERS: OutlierSpec = {
  consecutiveFailures: 5,
  baseEjectionMicros: 10e6,
  maxEjectionMicros: 300e6,
  maxEjectedShare: 0.4,
};

/** Backs that work 5 ms a request, 100 requests a second. */
function balanced(balancing: BalancingSpec | null, shape: Partial<ChainShape> = {}): Chain {
  return openChain({
    ratePerSecond: 100,
    backSteps: [{ do: 'cpu', micros: 5000 }],
    backWorkers: 1000,
    backQueue: 1000,
    backs: 3,
    timeoutMicros: 5e6,
    ...(balancing === null ? {} : { edge: { balancing } }),
    ...shape,
  });
}

/** What the front knows of its backs. */
function choiceOf(chain: Chain): Choice {
  return chain.cluster.balancers[chain.cluster.processes[chain.front].balancerOfEdge[1]].choice!;
}

/** Share of the front's requests that went to a back, served or not. */
function sentShare(chain: Chain, at: number): number {
  const views = choiceOf(chain).targets;
  const all = [...views.values()].reduce((sum, { requests }) => sum + requests, 0);
  return views.get(chain.backs[at])!.requests / all;
}

/** Requests that each back got while so many seconds went by, as shares. */
function shares(chain: Chain, seconds: number): number[] {
  const got = (): number[] => chain.backs.map((back) => chain.cluster.processes[back].metrics.ok[0]);
  const before = got();
  watchChain(chain, seconds);
  const more = got().map((count, at) => count - before[at]);
  const all = more.reduce((sum, count) => sum + count, 0);
  return more.map((count) => count / all);
}

describe('a policy', () => {
  it('of turns without more is what there is without one', () => {
    const plain = balanced(null);
    const said = balanced({ policy: 'roundRobin' });
    for (const chain of [plain, said]) watchChain(chain, 30);
    expect(said.cluster.journeys).toEqual(plain.cluster.journeys);
    expect(plain.cluster.balancers.every((balancer) => balancer.choice === undefined)).toBe(true);
  });

  it.each(['leastRequests', 'twoChoices'] as const)('%s sends less to a slow target', (policy) => {
    const limits = [0.1, 0, 0];
    const turns = balanced({ policy: 'roundRobin' }, { limits });
    const aware = balanced({ policy }, { limits });
    for (const chain of [turns, aware]) watchChain(chain, 60);
    expect(sentShare(turns, 0)).toBeCloseTo(1 / 3, 2);
    expect(sentShare(aware, 0)).toBeLessThan(0.25);
    const wait = (chain: Chain): number => chain.cluster.journeys[0].latencySumMicros;
    expect(wait(aware)).toBeLessThan(wait(turns));
  });

  it('counts what is unanswered: nothing is left when all is answered', () => {
    for (const policy of ['roundRobin', 'leastRequests', 'twoChoices'] as const) {
      for (const pool of [null, { size: 8, acquireTimeoutMicros: 1e6, lifetimeMicros: 5e6 }]) {
        const chain = balanced({ policy }, { pool, limits: [0.05], timeoutMicros: 200_000 });
        watchChain(chain, 30);
        chain.cluster.load.intensity = 1e-6;
        watchChain(chain, 60);
        const left = [...choiceOf(chain).targets.values()].map((view) => view.outstanding);
        expect(left).toEqual([0, 0, 0]);
      }
    }
  });

  it('of two choices bounds the fullest target: mean + ln ln n / ln 2 + 2 (Mitzenmacher 1996)', () => {
    const backs = 64;
    const chain = balanced(
      { policy: 'twoChoices' },
      {
        backs,
        backSteps: [{ do: 'disk', micros: 1e12 }],
        timeoutMicros: 1e13,
        ratePerSecond: 1000,
      },
    );
    runBare(chain.cluster, 1e6);
    const held = [...choiceOf(chain).targets.values()].map((view) => view.outstanding);
    const mean = held.reduce((sum, one) => sum + one, 0) / backs;
    expect(mean).toBeGreaterThan(10);
    expect(Math.max(...held)).toBeLessThanOrEqual(mean + Math.log(Math.log(backs)) / Math.log(2) + 2);
  });
});

describe('outlier ejection', () => {
  it('takes a failing target out, for longer each time, and users are spared', () => {
    const trusting = balanced({ policy: 'roundRobin' });
    const wary = balanced({ policy: 'roundRobin', outliers: OUTLIERS });
    for (const chain of [trusting, wary]) {
      watchChain(chain, 5);
      killProcess(chain.cluster, chain.backs[0], 1, 'Error', '');
    }
    expect(watchChain(trusting, 300).badRatio).toBeCloseTo(1 / 3, 1);
    expect(watchChain(wary, 300).badRatio).toBeLessThan(0.01);
    // 10 + 20 + … + 70 s = 280 s: the eighth time out has begun.
    expect(choiceOf(wary).ejections).toBe(8);
  });

  it.each([0.2, 0.4, 0.6])('never has more than its cap of %d out, whatever fails', (maxEjectedShare) => {
    const outliers = { ...OUTLIERS, maxEjectedShare };
    const chain = balanced({ policy: 'leastRequests', outliers }, { backs: 5 });
    watchChain(chain, 2);
    for (const back of chain.backs.slice(0, 4)) killProcess(chain.cluster, back, 1, 'Error', '');
    let most = 0;
    for (let second = 0; second < 200; second++) {
      watchChain(chain, 0.5);
      const views = [...choiceOf(chain).targets.values()];
      const out = views.filter((view) => view.ejectedUntilMicros > chain.cluster.nowMicros).length;
      most = Math.max(most, out);
    }
    expect(most).toBe(Math.floor(maxEjectedShare * 5));
    expect(choiceOf(chain).overflows).toBeGreaterThan(0);
  });

  it('forgives: a target that has stayed in long enough is out for the shortest time again', () => {
    const chain = balanced({ policy: 'roundRobin', outliers: OUTLIERS });
    watchChain(chain, 1);
    const view = choiceOf(chain).targets.get(chain.backs[0])!;
    view.ejections = 4;
    view.ejectedUntilMicros = chain.cluster.nowMicros;
    watchChain(chain, 60);
    killProcess(chain.cluster, chain.backs[0], 1, 'Error', '');
    watchChain(chain, 5);
    expect(view.ejections).toBe(1);
  });

  it('uses everybody rather than nearly nobody when told to panic', () => {
    const outliers = { ...OUTLIERS, maxEjectedShare: 1 };
    for (const panicShare of [0, 0.5]) {
      const chain = balanced({ policy: 'roundRobin', outliers, panicShare });
      watchChain(chain, 2);
      for (const back of chain.backs.slice(0, 2)) killProcess(chain.cluster, back, 1, 'Error', '');
      watchChain(chain, 1);
      expect(watchChain(chain, 3).badRatio > 0.5).toBe(panicShare > 0);
    }
  });
});

describe('slow start', () => {
  it.each(['roundRobin', 'leastRequests', 'twoChoices'] as const)('ramps a new target under %s', (policy) => {
    const chain = balanced({ policy, slowStartMicros: 20e6 });
    setServiceTargets(chain.cluster, 'test/back', chain.backs.slice(0, 2));
    watchChain(chain, 10);
    setServiceTargets(chain.cluster, 'test/back', chain.backs);
    const [first, second, whole] = [10, 10, 30].map((seconds) => shares(chain, seconds)[2]);
    expect(first).toBeLessThan(second);
    expect(second).toBeLessThan(whole);
    expect(whole).toBeGreaterThan(0.28);
    if (policy !== 'roundRobin') return;
    // Weight ramps from 0.1 to 0.5 and from 0.5 to 1, beside two whole ones: the mean of w / (2 + w).
    expect(Math.abs(first - 0.114)).toBeLessThan(0.02);
    expect(Math.abs(second - 0.271)).toBeLessThan(0.02);
  });
});

describe('stickiness', () => {
  it('keeps each user on a target, spreads them evenly, and moves only those whose target goes', () => {
    const chain = balanced({ policy: 'roundRobin', sticky: true }, { backs: 5 });
    const { cluster, backs, front } = chain;
    runBare(cluster, 10);
    const users = Array.from({ length: 5000 }, (_, user) => user);
    const where = (): number[] => users.map((user) => nextTarget(cluster, cluster.processes[front], 1, user));
    const before = where();
    expect(where()).toEqual(before);
    for (const back of backs) {
      const share = before.filter((target) => target === back).length / users.length;
      expect(Math.abs(share - 0.2)).toBeLessThan(0.02);
    }
    setServiceTargets(cluster, 'test/back', backs.slice(1));
    const after = where();
    for (const user of users) if (before[user] !== backs[0]) expect(after[user]).toBe(before[user]);
    expect(after.includes(backs[0])).toBe(false);
  });
});

describe('the state of balancers', () => {
  it.each(['roundRobin', 'leastRequests', 'twoChoices'] as const)('goes on from a snapshot: %s', (policy) => {
    const chain = balanced({ policy, outliers: OUTLIERS, slowStartMicros: 10e6 });
    watchChain(chain, 5);
    killProcess(chain.cluster, chain.backs[1], 1, 'Error', '');
    watchChain(chain, 7);
    const { plan, ...state } = chain.cluster;
    const copy: Cluster = { plan, ...decodeState<Omit<Cluster, 'plan'>>(encodeState(state)) };
    for (const one of [chain.cluster, copy]) runBare(one, 40e6);
    const { plan: _, ...whole } = chain.cluster;
    const { plan: __, ...restored } = copy;
    expect(hashState(restored)).toBe(hashState(whole));
  });
});
