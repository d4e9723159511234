// Golden: the shop on Kubernetes; two pods that need a tenth of a core and 100 MiB each.
import { describe, expect, it } from 'vitest';
import { badShare, openShopWorld, patchShop } from '../../testing/shop-world.ts';
import { startFault } from '../start-fault.ts';

const SQUEEZE = { namespace: 'test', deployment: 'shop', container: 'shop', changeCause: 'release 2' };

/** Raises the limits again. */
const RELIEF = {
  spec: { template: { spec: { containers: [{ name: 'shop', image: 'example.org/shop:1' }] } } },
};

describe('limit-squeeze', () => {
  it('throttles: most periods run out of CPU, requests are slow or refused; more CPU cures it', () => {
    const world = openShopWorld();
    startFault(world, 'limit-squeeze', { ...SQUEEZE, cpu: '40m' });
    badShare(world, 60);
    expect(badShare(world, 30)).toBeGreaterThan(0.8);
    const newest = world.cluster.processes.filter(
      (one) => one.phase === 'running' && one.owner.endsWith('/shop'),
    );
    for (const { cpu } of newest) expect(cpu.throttledPeriods / cpu.periods).toBeGreaterThan(0.5);
    patchShop(world, 'apps', 'deployments', 'shop', RELIEF);
    badShare(world, 90);
    expect(badShare(world, 60)).toBe(0);
  });

  it('kills: the working set outgrows the limit, exit code 137, again and again', () => {
    const world = openShopWorld();
    startFault(world, 'limit-squeeze', { ...SQUEEZE, memory: '75Mi' });
    badShare(world, 120);
    const killed = world.cluster.processes.filter((one) => one.exitReason === 'OOMKilled');
    expect(killed.length).toBeGreaterThan(3);
    expect(killed.every((one) => one.exitCode === 137)).toBe(true);
    expect(badShare(world, 120)).toBeGreaterThan(0.2);
  });
});
