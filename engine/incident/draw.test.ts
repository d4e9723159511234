import { expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { instanceFixture, scenarioFixture } from '../testing/fixtures.ts';
import { drawScenario, drawVariant } from './draw.ts';
import { startSecondOfWeek } from './local-start.ts';

const scenario = scenarioFixture({
  faults: [
    {
      id: 'network',
      instances: [instanceFixture({ id: 'a', weight: 3 }), instanceFixture({ id: 'b', weight: 1 })],
    },
    { id: 'disk', instances: [instanceFixture({ id: 'c' })] },
  ],
});
const seeds = Array.from({ length: 2000 }, (_, number) => seedFromText(`seed ${number}`));

it('each fault is equally likely and instances come by weight', () => {
  const counts = new Map<string, number>();
  for (const seed of seeds) {
    const { fault, instance } = drawScenario(scenario, seed);
    const key = `${fault}/${instance}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // Expected 750, 250 and 1,000 of 2,000; four standard deviations are below 90.
  expect(Math.abs((counts.get('network/a') ?? 0) - 750)).toBeLessThan(90);
  expect(Math.abs((counts.get('network/b') ?? 0) - 250)).toBeLessThan(90);
  expect(Math.abs((counts.get('disk/c') ?? 0) - 1000)).toBeLessThan(90);
});

it('the onset lies in its range and does not depend on the fault', () => {
  for (const seed of seeds.slice(0, 100)) {
    const drawn = drawScenario(scenario, seed);
    expect(drawn.onsetMicros).toBeGreaterThanOrEqual(60_000_000);
    expect(drawn.onsetMicros).toBeLessThanOrEqual(120_000_000);
    for (const forced of [
      { fault: 'disk', instance: 'c' },
      { fault: 'network', instance: 'b' },
    ]) {
      expect(drawScenario(scenario, seed, forced)).toEqual({ ...forced, onsetMicros: drawn.onsetMicros });
    }
  }
});

it('every prehistory is drawn now and then', () => {
  expect(new Set(seeds.slice(0, 200).map(drawVariant)).size).toBe(8);
});

it('a fault that the scenario does not have cannot be forced', () => {
  expect(() => drawScenario(scenario, seeds[0], { fault: 'network', instance: 'c' })).toThrow(
    'fixture has no network/c',
  );
});

it('reads when it begins on the clocks of its place', () => {
  expect(startSecondOfWeek('Mon 00:00')).toBe(0);
  expect(startSecondOfWeek('Tue 14:05')).toBe(86_400 + 14 * 3600 + 5 * 60);
  expect(() => startSecondOfWeek('Tuesday, noon')).toThrow('is not like "Tue 14:05"');
});
