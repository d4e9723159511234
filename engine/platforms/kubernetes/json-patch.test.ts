import { describe, expect, it } from 'vitest';
import type { Json } from './api-types.ts';
import { applyJsonPatch } from './json-patch.ts';
import { applyMergePatch } from './merge-patch.ts';

const ORIGINAL = { spec: { replicas: 2, list: ['a', 'b'] }, labels: { app: 'polls', 'a/b': '1' } };

function patched(operations: Json): Json {
  const outcome = applyJsonPatch(ORIGINAL, operations);
  return outcome.ok ? outcome.value : outcome.error;
}

describe('a JSON patch', () => {
  it('adds, removes, replaces, moves, copies and tests', () => {
    expect(
      patched([
        { op: 'test', path: '/spec/replicas', value: 2 },
        { op: 'replace', path: '/spec/replicas', value: 3 },
        { op: 'add', path: '/spec/list/1', value: 'x' },
        { op: 'add', path: '/spec/list/-', value: 'z' },
        { op: 'remove', path: '/spec/list/0' },
        { op: 'move', from: '/labels/app', path: '/labels/name' },
        { op: 'copy', from: '/labels/a~1b', path: '/labels/c' },
      ]),
    ).toEqual({
      spec: { replicas: 3, list: ['x', 'b', 'z'] },
      labels: { name: 'polls', 'a/b': '1', c: '1' },
    });
    expect(ORIGINAL.spec.list).toEqual(['a', 'b']);
  });

  it('refuses as a whole, in the words of the real library', () => {
    expect(patched([{ op: 'remove', path: '/spec/none' }])).toBe(
      "error in remove for path: '/spec/none': Unable to remove nonexistent key: none: missing value",
    );
    expect(patched([{ op: 'add', path: '/spec/list/9', value: 1 }])).toBe(
      "error in add for path: '/spec/list/9': Unable to access invalid index: 9: invalid index referenced",
    );
    expect(patched([{ op: 'test', path: '/spec/replicas', value: 9 }])).toBe(
      'testing value /spec/replicas failed: test failed',
    );
    expect(patched([{ op: 'add', path: '/none/deeper', value: 1 }])).toBe(
      'add operation does not apply: doc is missing path: "/none/deeper": missing value',
    );
    expect(patched({ op: 'remove' })).toBe(
      'json: cannot unmarshal object into Go value of type jsonpatch.Patch',
    );
  });

  it('cannot reach what objects inherit', () => {
    expect(patched([{ op: 'add', path: '/__proto__/polluted', value: 1 }])).toMatch(/missing path/);
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
  });
});

describe('a merge patch', () => {
  it('merges objects, replaces lists and removes with null', () => {
    const patch = { spec: { list: ['c'], replicas: null }, labels: { tier: 'web' } };
    expect(applyMergePatch(ORIGINAL, patch)).toEqual({
      spec: { list: ['c'] },
      labels: { app: 'polls', 'a/b': '1', tier: 'web' },
    });
  });
});
