// Golden: the shop on Kubernetes; the edit keeps the policy but admits another port.
import { describe, expect, it } from 'vitest';
import { badShare, openShopWorld, patchShop, SHOP_RULE } from '../../testing/shop-world.ts';
import { startFault } from '../start-fault.ts';

const WRONG = [{ from: [{ podSelector: { matchLabels: { app: 'shop' } } }], ports: [{ port: 5433 }] }];

describe('policy-edit', () => {
  it('shows as standing connections grow old, then stops everything, and is cured by the old rule', () => {
    const world = openShopWorld();
    startFault(world, 'policy-edit', { namespace: 'test', policy: 'db-ingress', ingress: WRONG });
    expect(badShare(world, 5)).toBeLessThan(0.5);
    badShare(world, 60);
    expect(badShare(world, 20)).toBe(1);
    const db = world.cluster.processes.find((one) => one.owner.endsWith('/db'));
    expect(db?.connections).toBe(0);
    patchShop(world, 'networking.k8s.io', 'networkpolicies', 'db-ingress', { spec: { ingress: SHOP_RULE } });
    badShare(world, 15);
    expect(badShare(world, 30)).toBe(0);
  });

  it('does nothing when the policy has gone before', () => {
    const world = openShopWorld();
    startFault(world, 'policy-edit', { namespace: 'test', policy: 'not-there', ingress: WRONG });
    expect(badShare(world, 60)).toBe(0);
  });
});
