import { expect, it } from 'vitest';
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { newestRelapse } from './newest-relapse.ts';
import type { Relapse } from './newest-relapse.ts';

function timelineOf(...kinds: string[]): TimelineEntry[] {
  return kinds.map((kind, at) => ({
    seq: at + 1,
    atMicros: at * 1e6,
    kind,
    seat: '',
    text: kind,
    tone: 'neutral',
  }));
}

it.each<[string, string[], Relapse | null]>([
  ['nothing has happened', [], null],
  ['it holds', ['alert-fired', 'incident-recovered', 'message-posted'], null],
  [
    'it has relapsed',
    ['incident-recovered', 'incident-relapsed', 'message-posted'],
    { atMicros: 1e6, hadRecovered: true },
  ],
  ['the hold was broken', ['impact-ended', 'hold-broken'], { atMicros: 1e6, hadRecovered: false }],
  ['it held after all', ['hold-broken', 'incident-recovered'], null],
  ['it has recovered again', ['incident-recovered', 'incident-relapsed', 'incident-recovered'], null],
])('%s', (_name, kinds, expected) => {
  expect(newestRelapse(timelineOf(...kinds))).toEqual(expected);
});
