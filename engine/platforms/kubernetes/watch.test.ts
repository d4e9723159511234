import { describe, expect, it } from 'vitest';
import { encodeState, decodeState } from '../../kernel/state-codec.ts';
import type { KubeObject } from './api-types.ts';
import { cloneJson } from './json-values.ts';
import { asJson } from './json-access.ts';
import { parseLabelSelector } from './selectors.ts';
import { type Store, watchExpired, watchSince } from './store.ts';
import { ask, objectOf, testPod, testStore } from './test-store.ts';

const MERGE = { patchType: 'merge' } as const;

function label(store: Store, name: string, value: string): KubeObject {
  const body = { metadata: { labels: { v: value } } };
  return objectOf(ask(store, 'patch', 'po', { name, body, query: MERGE }));
}

describe('watching', () => {
  it('shows every version of every object, in order', () => {
    const store = testStore();
    const from = store.resourceVersion;
    const seen: string[] = [];
    const note = (object: KubeObject): void => void seen.push(JSON.stringify(cloneJson(asJson(object))));
    note(objectOf(ask(store, 'create', 'po', { body: testPod('a') })));
    note(label(store, 'a', '1'));
    note(objectOf(ask(store, 'create', 'po', { body: testPod('b') })));
    note(label(store, 'a', '2'));
    note(objectOf(ask(store, 'delete', 'po', { name: 'a' })));
    note(objectOf(ask(store, 'create', 'po', { body: testPod('a') })));
    note(label(store, 'a', '3'));
    const events = watchSince(store, from, { resource: 'pods' });
    expect(events.map((event) => `${event.type} ${event.name}`)).toEqual([
      'ADDED a',
      'MODIFIED a',
      'ADDED b',
      'MODIFIED a',
      'DELETED a',
      'ADDED a',
      'MODIFIED a',
    ]);
    const sorted = (text: string): unknown => JSON.parse(text);
    expect(events.map((event) => event.object)).toEqual(seen.map(sorted));
    expect(events.map((event) => event.resourceVersion)).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => from + n));
    expect(watchSince(store, from + 5)).toHaveLength(2);
  });

  it('shows an object that enters or leaves a selection as ADDED or DELETED', () => {
    const store = testStore();
    const parsed = parseLabelSelector('v=1');
    const labels = parsed.ok ? parsed.selector : [];
    const from = store.resourceVersion;
    ask(store, 'create', 'po', { body: testPod('a') });
    for (const value of ['1', '2', '1']) label(store, 'a', value);
    expect(watchSince(store, from, { labels }).map((event) => event.type)).toEqual([
      'ADDED',
      'DELETED',
      'ADDED',
    ]);
  });

  it('answers 410 when the log no longer reaches back', () => {
    const store = testStore();
    const from = store.resourceVersion;
    ask(store, 'create', 'po', { body: testPod('a') });
    for (let n = 0; n < 2600; n++) label(store, 'a', `n${n % 7}`);
    expect(watchExpired(store, from)).toBe(true);
    const answer = ask(store, 'watch', 'po', { query: { resourceVersion: String(from) } });
    expect(answer).toMatchObject({ ok: false, code: 410, status: { reason: 'Expired' } });
    expect(store.watchLog.length).toBeLessThanOrEqual(2256);
    expect(watchSince(store, store.resourceVersion - 1000)).toHaveLength(1000);
  });

  it('survives a snapshot', () => {
    const store = testStore();
    const from = store.resourceVersion;
    ask(store, 'create', 'po', { body: testPod('a') });
    label(store, 'a', '1');
    const restored = decodeState(encodeState(store)) as Store;
    expect(watchSince(restored, from)).toEqual(watchSince(store, from));
    label(store, 'a', '2');
    label(restored, 'a', '2');
    expect(encodeState(restored)).toEqual(encodeState(store));
  });
});
