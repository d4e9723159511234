import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ClientMessage } from '@chaotic-good/engine/protocol/wire';
import { readClientMessage } from './read-client-message.ts';

function read(value: unknown) {
  return readClientMessage(JSON.stringify(value));
}

const GOOD: ClientMessage[] = [
  { type: 'command', commandId: 'c-1', command: { type: 'PostMessage', text: 'hello' } },
  { type: 'command', commandId: 'c-2', command: { type: 'ChooseRole', role: 'ops' } },
  { type: 'line', terminal: 't1', lineId: 'l1', line: 'kubectl get pods | grep x' },
  { type: 'interrupt', terminal: 't1' },
  { type: 'complete', requestId: 'r1', terminal: 't1', line: 'kub', cursor: 3 },
  { type: 'received', seq: 12 },
  { type: 'resync' },
  { type: 'beat', beat: 2 },
  { type: 'query', requestId: 'r2', query: { kind: 'catalogue' } },
  {
    type: 'query',
    requestId: 'r3',
    query: { kind: 'logs', search: { fromMicros: -5, toMicros: 9, limit: 10 } },
  },
];

it.each(GOOD)('understands %j', (message) => expect(read(message)).toEqual({ ok: true, message }));

const BAD: [what: string, value: unknown][] = [
  ['nothing', null],
  ['a list', []],
  ['an unknown type', { type: 'shutdown' }],
  ['a member too many', { type: 'resync', admin: true }],
  ['a step that the debrief does not have', { type: 'beat', beat: 5 }],
  ['a member too few', { type: 'received' }],
  ['a number that is none', { type: 'received', seq: 'many' }],
  [
    'a seat of its own choosing',
    { type: 'command', commandId: 'c', command: { type: 'JoinSeat', name: 'x', kind: 'player' } },
  ],
  ['presence', { type: 'command', commandId: 'c', command: { type: 'Connected', seat: 's' } }],
  [
    'what somebody claims to have seen',
    { type: 'command', commandId: 'c', command: { type: 'Observed', observation: {} } },
  ],
  ['an id with odd characters', { type: 'command', commandId: 'a/b', command: { type: 'Pause' } }],
  [
    'a query without limit',
    { type: 'query', requestId: 'r', query: { kind: 'logs', search: { fromMicros: 0, toMicros: 1 } } },
  ],
  [
    'a prototype',
    { type: 'query', requestId: 'r', query: JSON.parse('{"kind":"series","__proto__":{"x":1}}') as unknown },
  ],
];

it.each(BAD)('refuses %s with a sentence', (_what, value) => {
  expect(read(value)).toMatchObject({ ok: false, sentence: expect.stringMatching(/^[A-Z].*\.$/) });
});

it('says which command it was, when that is to be seen', () => {
  expect(read({ type: 'command', commandId: 'c-9', command: { type: 'Nonsense' } })).toMatchObject({
    commandId: 'c-9',
  });
});

it('refuses what is nested too deep or has too many values, without trouble', () => {
  expect(readClientMessage(`${'['.repeat(60_000)}`)).toMatchObject({ ok: false });
  expect(readClientMessage(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)).toMatchObject({ ok: false });
  expect(read({ type: 'x', list: Array.from({ length: 20_000 }, () => 1) })).toMatchObject({ ok: false });
  expect(readClientMessage('x'.repeat(100_000))).toMatchObject({ ok: false });
});

it.each([undefined, 5, { type: 'resync' }, new Uint8Array(4)])(
  'refuses %s: a message is a text',
  (payload) => {
    expect(readClientMessage(payload)).toMatchObject({ ok: false });
  },
);

it('never throws, whatever it is given', () => {
  const json = fc.json({ maxDepth: 6 });
  fc.assert(
    fc.property(fc.oneof(fc.string(), json, fc.anything()), (payload) => {
      expect(typeof readClientMessage(payload).ok).toBe('boolean');
    }),
  );
});
