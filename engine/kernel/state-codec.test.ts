import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { decodeState, encodeState } from './state-codec.ts';
import { hashState } from './state-hash.ts';

const sample = {
  text: 'ä→b',
  list: [1, 2.5, -7, true, null, 1e300],
  map: new Map<unknown, unknown>([
    ['b', 1],
    ['a', new Map([[3, 'x']])],
  ]),
  floats: new Float64Array([1.5, -2, 3]),
  ints: new Int32Array([1, -2]),
};

describe('the state codec', () => {
  it('gives back what it was given, with the order of keys', () => {
    const copy = decodeState<typeof sample>(encodeState(sample));
    expect(copy).toEqual(sample);
    expect([...copy.map.keys()]).toEqual(['b', 'a']);
    expect(hashState(copy)).toBe(hashState(sample));
  });

  it('round-trips any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (drawn) => {
        // As text, because −0 is refused and text has none.
        const value: unknown = JSON.parse(JSON.stringify(drawn));
        expect(decodeState(encodeState(value))).toEqual(value);
      }),
    );
  });

  it('tells keys apart that look alike when they are joined', () => {
    const alike = [{ '': 1 }, {}, { 'a\nb': 1 }, { a: 1, b: 2 }, { 'a\nb': 1, c: 2 }, { a: 1, 'b\nc': 2 }];
    for (const value of [alike, alike.toReversed()]) expect(decodeState(encodeState(value))).toEqual(value);
  });

  it('refuses what would not come back the same, and says where', () => {
    expect(() => encodeState({ a: { b: NaN } })).toThrow('NaN in state at a.b');
    expect(() => encodeState({ a: [-0] })).toThrow('-0 in state at a[0]');
    expect(() => encodeState({ a: new Float64Array([1, -0]) })).toThrow('-0 in state at a[1]');
    expect(() => encodeState({ a: () => 1 })).toThrow('function in state at a');
  });

  it('changes the fingerprint with any change of value or order', () => {
    const base = hashState({ a: 1, b: [1, 2] });
    expect(hashState({ a: 1, b: [2, 1] })).not.toBe(base);
    expect(hashState({ b: [1, 2], a: 1 })).not.toBe(base);
    expect(hashState({ a: 1, b: [1, 3] })).not.toBe(base);
    expect(base).toMatch(/^[0-9a-f]{32}$/);
  });

  it('finds damaged bytes', () => {
    const bytes = encodeState(sample);
    expect(() => decodeState(bytes.slice(0, bytes.length - 3))).toThrow();
  });
});
