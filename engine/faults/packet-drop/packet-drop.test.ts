// Golden: the shop on Kubernetes; half of its pods are on the struck node.
import { describe, expect, it } from 'vitest';
import { askShop, badShare, openShopWorld } from '../../testing/shop-world.ts';
import { readAll } from '../../platforms/kubernetes/store-state.ts';
import type { World } from '../../platforms/kubernetes/world.ts';
import { startFault } from '../start-fault.ts';

/** Name of the shop's pod on a node. */
function podOn(world: World, node: string): string {
  const pods = readAll(world.kube.store, 'pods').filter(
    (pod) => pod.metadata.labels?.['app'] === 'shop' && pod.spec?.['nodeName'] === node,
  );
  return pods[0]?.metadata.name ?? '';
}

describe('packet-drop', () => {
  it('raises latency and errors while every pod stays Ready, and deleting the pod does not help', () => {
    const world = openShopWorld();
    expect(badShare(world, 30)).toBe(0);
    startFault(world, 'packet-drop', { node: 'left', port: 8080, share: 0.9 });
    expect(badShare(world, 30)).toBeGreaterThan(0.3);
    const pods = readAll(world.kube.store, 'pods').filter((pod) => pod.metadata.labels?.['app'] === 'shop');
    for (const pod of pods) {
      expect(pod.status?.['conditions']).toContainEqual(
        expect.objectContaining({ type: 'Ready', status: 'True' }),
      );
    }
    const name = podOn(world, 'left');
    askShop(world, { verb: 'delete', group: '', resource: 'pods', namespace: 'test', name });
    badShare(world, 45);
    expect(podOn(world, 'left')).not.toBe(name);
    expect(badShare(world, 30)).toBeGreaterThan(0.3);
  });

  it('is held off by a cordon and moving the pod', () => {
    const world = openShopWorld();
    startFault(world, 'packet-drop', { node: 'left', port: 8080, share: 1 });
    expect(badShare(world, 30)).toBeGreaterThan(0.4);
    askShop(world, {
      verb: 'patch',
      group: '',
      resource: 'nodes',
      name: 'left',
      query: { patchType: 'merge' },
      body: { spec: { unschedulable: true } },
    });
    const name = podOn(world, 'left');
    askShop(world, { verb: 'delete', group: '', resource: 'pods', namespace: 'test', name });
    badShare(world, 45);
    expect(badShare(world, 60)).toBe(0);
  });
});
