import { describe, expect, it } from 'vitest';
import { expireEvents, involvedObjectOf, recordEvent, type EventNote } from './events.ts';
import { ask, itemsOf, objectOf, rowsOf, testPod, testStore } from './test-store.ts';

describe('events', () => {
  it('count what happens again, and stand apart when anything differs', () => {
    const store = testStore();
    const pod = objectOf(ask(store, 'create', 'po', { body: testPod('polls-1') }));
    const note: EventNote = {
      involvedObject: involvedObjectOf(pod, 'spec.containers{main}'),
      reason: 'BackOff',
      message: 'Back-off restarting failed container main in pod polls-1',
      type: 'Warning',
      component: 'kubelet',
      host: 'worker-1',
    };
    recordEvent(store, 1_000_000, note);
    recordEvent(store, 31_000_000, note);
    recordEvent(store, 31_000_000, { ...note, reason: 'Pulled', type: 'Normal', message: 'again' });
    const events = itemsOf(ask(store, 'list', 'ev'));
    expect(events.map((event) => [event.reason, event.count, event.lastTimestamp])).toEqual([
      ['BackOff', 2, '2026-01-06T14:05:31Z'],
      ['Pulled', 1, '2026-01-06T14:05:31Z'],
    ]);
    expect(events[0].metadata.name).toMatch(/^polls-1\.[0-9a-f]{16}$/);
    expect(rowsOf(ask(store, 'list', 'ev', { query: { as: 'table' }, atSeconds: 61 }))[0]).toEqual([
      '30s',
      'Warning',
      'BackOff',
      'pod/polls-1',
      'spec.containers{main}',
      'kubelet, worker-1',
      note.message,
      '60s',
      2,
      events[0].metadata.name,
    ]);
    const selected = {
      query: { fieldSelector: 'involvedObject.name=polls-1,involvedObject.kind=Pod,reason=Pulled' },
    };
    expect(itemsOf(ask(store, 'list', 'ev', selected))).toHaveLength(1);
    expireEvents(store, 3_700_000_000);
    expect(itemsOf(ask(store, 'list', 'ev'))).toHaveLength(0);
  });
});
