// Method: a running shop with one clock set wrong; what does not read that clock must not change.
import { expect, it } from 'vitest';
import { hashState } from '../kernel/state-hash.ts';
import { openBareShop, watchShop } from '../testing/bare-shop.ts';
import type { BareShop } from '../testing/bare-shop.ts';
import { hostClockMicros, setClockSkew } from './clock.ts';

function hashOf({ cluster: { plan: _plan, ...state } }: BareShop): string {
  return hashState(state);
}

it('a clock set wrong is wrong by as much on that host alone, and right again when put right', () => {
  const shop = openBareShop(10);
  const { cluster } = shop;
  setClockSkew(cluster, 1, -3_600_000_000);
  watchShop(shop, 5);
  expect(hostClockMicros(cluster, 1)).toBe(15e6 - 3600e6);
  expect(hostClockMicros(cluster, 0)).toBe(15e6);
  setClockSkew(cluster, 1, 0);
  expect(hostClockMicros(cluster, 1)).toBe(15e6);
  const plain = openBareShop(10);
  watchShop(plain, 5);
  expect(hashOf(shop)).toBe(hashOf(plain));
});
