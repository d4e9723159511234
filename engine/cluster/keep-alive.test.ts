// Method: users → front → back over kept connections; how often one is opened, and what its end costs.
import { describe, expect, it } from 'vitest';
import { openChain, watchChain } from '../testing/chain-system.ts';
import type { Chain, ChainShape } from '../testing/chain-system.ts';

const POOL = { size: 50, acquireTimeoutMicros: 1_000_000, lifetimeMicros: 3_600_000_000 };
const BASE: ChainShape = {
  ratePerSecond: 20,
  backSteps: [{ do: 'cpu', micros: 2_000 }],
  backWorkers: 1000,
  backQueue: 0,
  timeoutMicros: 2_000_000,
  pool: POOL,
};

function opened({ cluster }: Chain): number {
  return cluster.pools[0].opened;
}

/** Connections that stand, as the front and as the back count them. */
function standing({ cluster, backs }: Chain): [front: number, back: number] {
  const own = cluster.pools[0].connections.filter(({ state }) => state === 'idle' || state === 'busy').length;
  return [own, cluster.processes[backs[0]].connections];
}

describe('kept connections', () => {
  it('are opened for the most calls that were ever in work at once, and stay', () => {
    const chain = openChain(BASE);
    watchChain(chain, 60);
    const after = opened(chain);
    expect(after).toBeLessThan(8);
    watchChain(chain, 60);
    expect(opened(chain) - after).toBeLessThan(2);
    expect(standing(chain)[0]).toBe(standing(chain)[1]);
  });

  it('are closed by a caller that has no use for them, and the server has their places back', () => {
    const rare = { ...BASE, ratePerSecond: 0.2 };
    const kept = openChain(rare);
    const closing = openChain({ ...rare, pool: { ...POOL, idleTimeoutMicros: 1_000_000 } });
    for (const chain of [kept, closing]) watchChain(chain, 600);
    expect(opened(kept)).toBeLessThan(4);
    // Poisson arrivals 5 s apart on the mean: e^(-1/5) of them find that a second has passed.
    const calls = closing.cluster.processes[closing.backs[0]].metrics.ok[0];
    expect(opened(closing) / calls).toBeCloseTo(Math.exp(-1 / 5), 1);
    expect(standing(closing)[0]).toBe(standing(closing)[1]);
  });

  it('are reset when a request crosses the close of a server that waits less long than its caller', () => {
    const server = { idleTimeoutMicros: 100_000 };
    const careless = openChain({ ...BASE, admission: server });
    const careful = openChain({
      ...BASE,
      admission: server,
      pool: { ...POOL, idleTimeoutMicros: 90_000 },
    });
    const { good, bad } = watchChain(careless, 3_600);
    // A gap within 600 microseconds of 100 ms, at 20 a second: 20 × 0.0006 × e^(-2), for one connection.
    expect(bad / (good + bad)).toBeGreaterThan(0.0004);
    expect(bad / (good + bad)).toBeLessThan(0.005);
    expect(watchChain(careful, 3_600).bad).toBe(0);
  });

  it('that are reset are tried again where the caller may', () => {
    const retry = { attempts: 2, backoffMicros: 1_000, onTimeout: false };
    const chain = openChain({ ...BASE, retry, policy: {}, admission: { idleTimeoutMicros: 100_000 } });
    const { bad } = watchChain(chain, 3_600);
    const { retries } = chain.cluster.edgePolicies[0];
    expect(retries).toBeGreaterThan(20);
    // The second attempt can meet another connection that is just being closed; it seldom does.
    expect(bad).toBeLessThan(retries / 5);
  });
});
