import { expect, it } from 'vitest';
import type { MechanismId } from '@chaotic-good/engine/protocol/mechanisms';
import type { FactKind } from '@chaotic-good/engine/protocol/thing-facts';
import { suspectable, suspicionOf } from './suspicions.ts';

/** Every mechanism there is; the type says so. */
const EVERY: Record<MechanismId, true> = {
  'packet-loss': true,
  'policy-cut': true,
  'disk-full': true,
  'cpu-limit': true,
  'memory-limit': true,
  'database-overload': true,
  'pool-exhaustion': true,
  'dns-failure': true,
  'certificate-expiry': true,
  'bad-deploy': true,
  'node-failure': true,
  'connection-limit': true,
  'traffic-surge': true,
  'memory-leak': true,
  'retry-storm': true,
};

const KINDS: FactKind[] = [
  'pod',
  'node',
  'deployment',
  'statefulset',
  'daemonset',
  'service',
  'networkpolicy',
  'configmap',
  'persistentvolumeclaim',
];

function suspect(kind: FactKind, name: string) {
  return { kind, name, namespace: kind === 'node' ? '' : 'polls', home: 'polls' };
}

/** Everything that is offered for a thing, with its name taken out. */
function offered(kind: FactKind, name: string): string {
  const all = suspectable(kind).map((one) => [one, suspicionOf(one, suspect(kind, name))]);
  return JSON.stringify(all).replaceAll(name, 'NAME');
}

it.each(KINDS)('offers the same for every %s: nothing but names goes in', (kind) => {
  expect(offered(kind, 'alpha-one')).toBe(offered(kind, 'beta-two'));
});

it.each(KINDS)('leads to two to four places for each mechanism of a %s', (kind) => {
  expect(suspectable(kind).length).toBeGreaterThan(0);
  for (const mechanism of suspectable(kind)) {
    const { expectation, checks } = suspicionOf(mechanism, suspect(kind, 'x'));
    expect(expectation.length).toBeGreaterThan(20);
    expect(checks.length).toBeGreaterThanOrEqual(2);
    expect(checks.length).toBeLessThanOrEqual(4);
  }
});

it('can suspect every mechanism of something', () => {
  const known = new Set(KINDS.flatMap((kind) => suspectable(kind)));
  expect([...known].sort()).toEqual(Object.keys(EVERY).sort());
});
