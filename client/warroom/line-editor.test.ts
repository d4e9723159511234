import { expect, it } from 'vitest';
import { completeLine, freshLine, pressKey } from './line-editor.ts';
import type { EditedLine } from './line-editor.ts';

const HISTORY = ['kubectl get pods', 'kubectl get nodes'];

/** The line after some keys, with `|` where the cursor stands. */
function typed(...keys: string[]): string {
  const { line, cursor } = keys.reduce<EditedLine>(
    (edited, key) => pressKey(edited, key, HISTORY).edited,
    freshLine(HISTORY),
  );
  return `${line.slice(0, cursor)}|${line.slice(cursor)}`;
}

it('types, moves and cuts as a shell does', () => {
  expect(typed('get pods')).toBe('get pods|');
  expect(typed('abc', '\x1b[D', '\x7f')).toBe('a|c');
  expect(typed('one two', '\x17')).toBe('one |');
  expect(typed('one two', '\x01', '\x0b')).toBe('|');
  expect(typed('one two', '\x1b[D', '\x1b[D', '\x15')).toBe('|wo');
});

it('recalls lines up and down, and comes back to an empty one', () => {
  expect(typed('\x1b[A')).toBe('kubectl get nodes|');
  expect(typed('\x1b[A', '\x1b[A', '\x1b[A')).toBe('kubectl get pods|');
  expect(typed('\x1b[A', '\x1b[B')).toBe('|');
});

it('pastes several lines as one, without control characters', () => {
  expect(typed('kubectl get pods\nkubectl\x07 get nodes')).toBe('kubectl get pods kubectl get nodes|');
});

it('asks to run, to interrupt and to complete', () => {
  const at = freshLine([]);
  expect(['\r', '\x03', '\t'].map((key) => pressKey(at, key, []).action)).toEqual([
    'run',
    'interrupt',
    'complete',
  ]);
});

it('completes to what all have in common, and a single one with a blank', () => {
  const line = { line: 'kubectl get po', cursor: 14, at: 0 };
  expect(completeLine(line, 12, ['pods']).line).toBe('kubectl get pods ');
  expect(completeLine({ line: 'get polls-', cursor: 10, at: 0 }, 4, ['polls-ab1', 'polls-ab2']).line).toBe(
    'get polls-ab',
  );
});
