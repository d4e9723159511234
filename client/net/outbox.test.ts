import { expect, it } from 'vitest';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import {
  dueCommands,
  markSent,
  noteAck,
  noteRefusal,
  noteShown,
  ofIncident,
  queueCommand,
  tidyOutbox,
} from './outbox.ts';

const MESSAGE: Command = { type: 'PostMessage', text: 'hello' };
const CLUSTER: Command = {
  type: 'RunCluster',
  command: {
    type: 'TruncateFile',
    in: { namespace: 'polls', pod: 'p', container: 'c' },
    path: '/x',
    bytes: 0,
  },
};

function asked(command: Command) {
  return queueCommand([], { commandId: 'one', incidentId: 'ROUND001', command, label: 'One' }, 0);
}

function acked(ok: boolean) {
  const rejection = { code: 'only-host', sentence: 'Only the host can do this.' } as const;
  const outcome = ok ? ({ ok: true, output: null } as const) : ({ ok: false, rejection } as const);
  return { commandId: 'one', seq: 1, atMicros: 5_000_000, outcome };
}

it('goes from unsent over sent and recorded to done once a later view shows', () => {
  const sent = markSent(asked(MESSAGE), 'one', 10);
  expect(sent[0].state).toBe('sent');
  const recorded = noteAck(sent, acked(true), 20);
  expect(recorded[0].state).toBe('recorded');
  expect(noteShown(recorded, 4_000_000, 30)[0].state).toBe('recorded');
  expect(noteShown(recorded, 5_000_000, 30)[0].state).toBe('done');
});

it('keeps a refusal with its sentence until somebody closes it', () => {
  const refused = noteAck(markSent(asked(MESSAGE), 'one', 10), acked(false), 20);
  expect(refused[0]).toMatchObject({ state: 'refused', why: 'Only the host can do this.' });
  expect(tidyOutbox(refused, 1_000_000)).toHaveLength(1);
  expect(noteRefusal(asked(MESSAGE), 'one', 'Too many.', 5)[0].why).toBe('Too many.');
});

it('takes nothing along into the next round', () => {
  const entries = asked(MESSAGE);
  expect(ofIncident(entries, 'ROUND001')).toBe(entries);
  expect(ofIncident(entries, 'ROUND002')).toEqual([]);
});

it('sends what is unanswered again, under the same id', () => {
  expect(dueCommands(markSent(asked(CLUSTER), 'one', 10), 60_000).map(({ commandId }) => commandId)).toEqual([
    'one',
  ]);
});

it('never sends a change of the cluster by itself after 15 s, but a message always', () => {
  expect(dueCommands(asked(CLUSTER), 14_999)).toHaveLength(1);
  expect(dueCommands(asked(CLUSTER), 15_000)).toHaveLength(0);
  expect(tidyOutbox(asked(CLUSTER), 15_000)[0].state).toBe('stale');
  expect(dueCommands(asked(MESSAGE), 3_600_000)).toHaveLength(1);
});

it('forgets what is recorded after some seconds, though no later view comes: the game may be over', () => {
  const recorded = noteAck(markSent(asked(MESSAGE), 'one', 0), acked(true), 0);
  expect(tidyOutbox(recorded, 1000)).toHaveLength(1);
  expect(tidyOutbox(recorded, 60_000)).toHaveLength(0);
});

it('forgets what is done after some seconds', () => {
  const done = noteShown(noteAck(asked(MESSAGE), acked(true), 0), 5_000_000, 0);
  expect(tidyOutbox(done, 1000)).toHaveLength(1);
  expect(tidyOutbox(done, 60_000)).toHaveLength(0);
});
