import { describe, expect, it } from 'vitest';
import type { Json } from './api-types.ts';
import { decodeObject } from './decode.ts';

function errorOf(value: Json, source: 'json' | 'unstructured' = 'json'): string {
  const decoded = decodeObject('Deployment', value, source);
  return decoded.ok ? '' : decoded.error;
}

describe('decoding', () => {
  it('drops unknown fields, nulls and empty collections, and makes quantities canonical', () => {
    const decoded = decodeObject(
      'Pod',
      {
        metadata: { name: 'x', labels: {}, creationTimestamp: null },
        spec: { containers: [{ name: 'a', resources: { limits: { cpu: 0.5 } }, imagee: 'x' }] },
      },
      'json',
    );
    expect(decoded).toEqual({
      ok: true,
      object: {
        metadata: { name: 'x' },
        spec: { containers: [{ name: 'a', resources: { limits: { cpu: '500m' } } }] },
      },
      unknownFields: ['spec.containers[0].imagee'],
    });
  });

  it('names the Go field of a wrong type', () => {
    expect(errorOf({ spec: { replicas: 'three' } })).toBe(
      'json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
    expect(errorOf({ spec: { replicas: 1.5 } })).toBe(
      'json: cannot unmarshal number 1.5 into Go struct field DeploymentSpec.spec.replicas of type int32',
    );
    expect(errorOf({ spec: { template: { spec: { containers: [{ name: 'a', image: 5 }] } } } })).toBe(
      'json: cannot unmarshal number into Go struct field ' +
        'Container.spec.template.spec.containers.image of type string',
    );
    expect(errorOf({ spec: { replicas: 'three' } }, 'unstructured')).toBe('unrecognized type: int32');
    expect(errorOf({ metadata: { labels: { a: 5 } } }, 'unstructured')).toBe(
      'cannot convert int64 to string',
    );
  });

  it('keeps out what the state cannot hold', () => {
    expect(errorOf({ metadata: { labels: { '12': 'a' } } })).toMatch(/digits alone/);
    const decoded = decodeObject('Deployment', { spec: { replicas: -0 } }, 'json');
    expect(decoded.ok && Object.is((decoded.object.spec as { replicas: number }).replicas, 0)).toBe(true);
  });

  it('checks timestamps and base64', () => {
    expect(errorOf({ metadata: { deletionTimestamp: 'soon' } })).toMatch(/^parsing time "soon"/);
    const secret = decodeObject('Secret', { data: { key: 'not base64!' } }, 'json');
    expect(secret).toEqual({ ok: false, error: 'illegal base64 data at input byte 3' });
  });
});
