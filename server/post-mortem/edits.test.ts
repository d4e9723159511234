/** Editing by several, and late answers: nothing that was said is lost or put into another's mouth. */
import { expect, it } from 'vitest';
import { sampleGame } from '../store/testing/sample-game.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { buildPostMortem } from './build-post-mortem.ts';
import { applyEdit, editOf } from './edits.ts';
import { finishedParts } from './finished-parts.ts';
import { PostMortemDesk } from './post-mortem-desk.ts';
import { takeAnswers } from './take-answers.ts';

const ID = 'GAME0001';
const ops = () => 'seat-1';
const stranger = () => 'seat-9';

async function desk() {
  const store = createMemoryStore();
  await store.games.save(sampleGame(ID));
  let now = 1000;
  return { store, desk: new PostMortemDesk({ ...store, now: () => now++ }) };
}

it('an edit taken out and put back changes nothing', () => {
  const document = buildPostMortem(finishedParts(sampleGame(ID)));
  expect(applyEdit(document, editOf(document), 'Ops')).toEqual(document);
});

it('a new sentence is of whoever writes it; one that was there stays of whoever said it', () => {
  const document = takeAnswers(buildPostMortem(finishedParts(sampleGame(ID))), [
    { role: 'Ops', hard: 'The map', change: '', answeredAtUnixMs: 1 },
  ]);
  const edit = editOf(document);
  const [said] = edit.wasHard;
  const wasHard = [
    { ...said, text: 'The map, at first', by: 'Comms' },
    { id: 'w-1', text: 'Noise', by: 'Ops' },
  ];
  expect(applyEdit(document, { ...edit, wasHard }, 'Scribe').wasHard).toEqual([
    { ...said, text: 'The map, at first' },
    { id: 'w-1', text: 'Noise', by: 'Scribe' },
  ]);
});

it('answers come in until it is final; a changed one replaces the first', async () => {
  const { desk: one } = await desk();
  expect((await one.sheet(ID, ops))?.state).toBe('none');
  await one.answer(ID, ops, { hard: 'Too many charts', change: 'Fewer charts' });
  await one.answer(ID, ops, { hard: 'Too many logs', change: '' });
  const answered = await one.sheet(ID, ops);
  expect(answered).toMatchObject({ state: 'draft', version: 0, answer: { hard: 'Too many logs' } });
  expect(answered?.document.wasHard).toMatchObject([{ text: 'Too many logs', by: 'Ops' }]);
  expect(answered?.document.actions.map(({ text }) => text)).not.toContain('Fewer charts');
  const edit = { ...editOf(answered!.document), wasHard: [] };
  const saved = await one.save(ID, ops, 0, edit);
  expect(saved).toMatchObject({
    ok: true,
    sheet: { state: 'edited', version: 1, document: { wasHard: [] } },
  });
  // While somebody writes, an answer comes; their edit does not know it, and it is not lost.
  await one.answer(ID, ops, { hard: 'The clock', change: 'A louder page' });
  const second = await one.save(ID, ops, 1, edit);
  expect(second).toMatchObject({ ok: true, sheet: { document: { wasHard: [{ text: 'The clock' }] } } });
});

it('who did not play reads; of two who save from one version one is told; final is final', async () => {
  const { desk: one } = await desk();
  const edit = editOf((await one.sheet(ID, ops))!.document);
  expect(await one.sheet(ID, stranger)).toMatchObject({ mayEdit: false, mayAnswer: false, role: '' });
  expect(await one.save(ID, stranger, 0, edit)).toEqual({ ok: false, why: 'no-seat' });
  expect(await one.answer(ID, () => 'seat-2', { hard: '', change: '' })).toEqual({
    ok: false,
    why: 'no-seat',
  });
  const both = await Promise.all([one.save(ID, ops, 0, edit), one.save(ID, () => 'seat-2', 0, edit)]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(both.find(({ ok }) => !ok)).toEqual({ ok: false, why: 'conflict' });
  expect(await one.finish(ID, ops, 0)).toEqual({ ok: false, why: 'conflict' });
  expect(await one.finish(ID, ops, 1)).toMatchObject({
    ok: true,
    sheet: {
      state: 'final',
      mayEdit: false,
      mayAnswer: false,
      versions: [{ state: 'draft' }, { state: 'final' }],
    },
  });
  expect(await one.save(ID, ops, 2, edit)).toEqual({ ok: false, why: 'final' });
  expect(await one.answer(ID, ops, { hard: 'late', change: '' })).toEqual({ ok: false, why: 'final' });
  expect(await one.sheet('NEVER000', ops)).toBeUndefined();
});
