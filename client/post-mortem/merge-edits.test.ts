import { expect, it } from 'vitest';
import type { PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';
import { mergeEdits, withSide } from './merge-edits.ts';
import { whatChanged } from './what-changed.ts';

const point = (id: string, text: string) => ({ id, text, by: '' });
const BASE: PostMortemEdit = {
  summary: ['one', 'two', 'three', 'four'],
  factors: [point('c1', 'a'), point('c2', 'b')],
  wentWell: [],
  wasHard: [],
  actions: [{ id: 'c1', text: 'Do', owner: '', due: '', by: '' }],
  answersTaken: [],
  hidden: ['e1'],
  pinned: [],
  added: [],
};

it('keeps both where each changed something else', () => {
  const mine = {
    ...BASE,
    summary: ['ONE', 'two', 'three', 'four'],
    hidden: [],
    wentWell: [point('w-1', 'x')],
  };
  const theirs = {
    ...BASE,
    factors: [point('c1', 'a'), point('w-2', 'new')],
    actions: [{ ...BASE.actions[0], owner: 'Ops' }],
    wentWell: [point('w-3', 'y')],
  };
  const { edit, clashes } = mergeEdits(BASE, mine, theirs);
  expect(clashes).toEqual([]);
  expect(edit).toEqual({
    ...BASE,
    summary: ['ONE', 'two', 'three', 'four'],
    factors: [point('c1', 'a'), point('w-2', 'new')],
    actions: [{ ...BASE.actions[0], owner: 'Ops' }],
    wentWell: [point('w-1', 'x'), point('w-3', 'y')],
    hidden: [],
  });
});

it('tells where both changed the same, loses neither, and takes the side that is chosen', () => {
  const mine = { ...BASE, summary: ['mine', 'two', 'three', 'four'], factors: [point('c1', 'a')] };
  const theirs = {
    ...BASE,
    summary: ['theirs', 'two', 'three', 'four'],
    factors: [point('c1', 'a'), point('c2', 'B')],
  };
  const { edit, clashes } = mergeEdits(BASE, mine, theirs);
  expect(clashes.map(({ key }) => key)).toEqual(['summary/0', 'factors/c2']);
  expect(edit.summary[0]).toBe('mine');
  expect(edit.factors).toEqual([point('c1', 'a'), point('c2', 'B')]);
  expect(withSide(edit, clashes[0], 'theirs').summary[0]).toBe('theirs');
  expect(withSide(edit, clashes[1], 'mine').factors).toEqual([point('c1', 'a')]);
});

it('tells what changed from version to version', () => {
  const after = {
    ...BASE,
    summary: ['one', 'zwei', 'three', 'four'],
    factors: [point('c1', 'a')],
    actions: [{ ...BASE.actions[0], owner: 'Ops', due: '2026-12-24' }],
  };
  expect(whatChanged(BASE, BASE)).toEqual([]);
  expect(whatChanged(BASE, after)).toEqual([
    { key: 'summary/1', part: 'Summary', before: 'two', after: 'zwei' },
    { key: 'factors/c2', part: 'Contributing factors', before: 'b', after: '' },
    { key: 'actions/c1', part: 'Actions', before: 'Do', after: 'Do · Ops · 2026-12-24' },
  ]);
});
