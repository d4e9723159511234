import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from './api-types.ts';
import { objectAt } from './json-access.ts';
import { applyStrategicPatch } from './strategic-patch.ts';

/** What the real kubectl made of each patch; JSON in text, so that a case is a few lines. */
type Golden = {
  original: string;
  cases: { patch: string; error?: string; template: string; metadata: string; strategy: string }[];
};

const golden = JSON.parse(
  readFileSync(new URL('strategic-patch.golden.json', import.meta.url), 'utf8'),
) as Golden;

describe('a strategic merge patch', () => {
  it.each(golden.cases)('does what kubectl 1.32 does with $patch', (one) => {
    const original = JSON.parse(golden.original) as JsonObject;
    const outcome = applyStrategicPatch(original, JSON.parse(one.patch), 'Deployment');
    expect(JSON.stringify(original)).toBe(golden.original);
    if (!outcome.ok) {
      expect(outcome.error).toBe(one.error);
      return;
    }
    const result = outcome.value as JsonObject;
    expect(result.metadata).toEqual(JSON.parse(one.metadata));
    expect(objectAt(result, 'spec')?.template).toEqual(JSON.parse(one.template));
    expect(objectAt(result, 'spec')?.strategy).toEqual(JSON.parse(one.strategy));
  });
});
