import { describe, expect, it } from 'vitest';
import type { Json } from './api-types.ts';
import {
  compareQuantities,
  formatBytes,
  formatQuantity,
  parseQuantity,
  quantityMilli,
  quantityUnits,
} from './quantity.ts';

function canonical(value: Json): string {
  const parsed = parseQuantity(value);
  return parsed.ok ? formatQuantity(parsed.quantity) : parsed.error;
}

describe('quantities', () => {
  it('are served in the canonical form of the real server', () => {
    const forms: [Json, string][] = [
      ['0.5', '500m'],
      ['1000m', '1'],
      [1, '1'],
      [0.1, '100m'],
      ['1024Mi', '1Gi'],
      ['0.5Gi', '512Mi'],
      ['0.1Gi', '107374182400m'],
      ['1000Ki', '1000Ki'],
      ['512', '512'],
      ['128974848', '128974848'],
      ['1e3', '1e3'],
      ['12e6', '12e6'],
      ['123000', '123k'],
      ['0', '0'],
      ['100Mi', '100Mi'],
      ['1.5G', '1500M'],
      ['-1', '-1'],
    ];
    for (const [value, text] of forms) expect(canonical(value)).toBe(text);
  });

  it('are refused with the real complaint', () => {
    for (const value of ['64MB', 'abc', '', '1 Gi', true])
      expect(canonical(value)).toMatch(/^quantities must match/);
    expect(canonical('1.2.3')).toBe("unable to parse quantity's numeric part");
    expect(canonical('64MiB')).toMatch(/^quantities must match/);
    expect(canonical('64mi')).toMatch(/^quantities must match|suffix$/);
  });

  it('are read as millicores and bytes, rounded up', () => {
    expect(quantityMilli('250m')).toBe(250);
    expect(quantityMilli('1.5')).toBe(1500);
    expect(quantityMilli('1u')).toBe(1);
    expect(quantityUnits('64Mi')).toBe(67_108_864);
    expect(quantityUnits('100m')).toBe(1);
    expect(formatBytes(67_108_864)).toBe('64Mi');
    expect(compareQuantities('1', '1000m')).toBe(0);
    expect(compareQuantities('1Gi', '1G')).toBe(1);
  });
});
