// Golden: the shop on Kubernetes; its log partitions of 100 MiB fill at 50 kB a request.
import { describe, expect, it } from 'vitest';
import { badShare, openShopWorld, patchShop } from '../../testing/shop-world.ts';
import { truncateFile } from '../../cluster/volumes.ts';
import { startFault } from '../start-fault.ts';

const FLOOD = {
  how: 'configMap',
  namespace: 'test',
  configMap: 'shop-config',
  key: 'LOG_LEVEL',
  value: 'debug',
  deployment: 'shop',
  configVersion: '2',
  changeCause: 'config 2',
};

describe('log-flood', () => {
  it('fills the disk, fails writes while the container runs, then crash loops; restarts do not help', () => {
    const world = openShopWorld();
    startFault(world, 'log-flood', FLOOD);
    expect(badShare(world, 30)).toBeLessThan(0.05);
    badShare(world, 90);
    const failing = badShare(world, 30);
    expect(failing).toBeGreaterThan(0.2);
    expect(failing).toBeLessThan(0.8); // Looking needs no disk.
    const restarts = () => world.cluster.processes.filter((one) => one.exitReason === 'Error').length;
    badShare(world, 150);
    expect(restarts()).toBeGreaterThan(1);
    patchShop(world, 'apps', 'deployments', 'shop', {
      spec: { template: { metadata: { annotations: { r: '1' } } } },
    });
    badShare(world, 60);
    expect(badShare(world, 30)).toBeGreaterThan(0.5);
  });

  it('is cured by the old level and room on the disk', () => {
    const world = openShopWorld();
    startFault(world, 'log-flood', FLOOD);
    badShare(world, 130);
    patchShop(world, '', 'configmaps', 'shop-config', { data: { LOG_LEVEL: 'info' } });
    patchShop(world, 'apps', 'deployments', 'shop', {
      spec: { template: { metadata: { annotations: { r: '1' } } } },
    });
    const { cluster } = world;
    for (const host of cluster.hosts) truncateFile(cluster, host.partitions.get('/log') ?? 0, 'app.log', 0);
    badShare(world, 60);
    expect(badShare(world, 60)).toBe(0);
  });
});
