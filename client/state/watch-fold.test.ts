import { expect, it } from 'vitest';
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { SpectatorNews } from '../net/spectator-line.ts';
import { foldWatch, oldSeconds, sceneOf, unseen } from './watch-fold.ts';

const entry = (seq: number): TimelineEntry => ({
  seq,
  atMicros: 0,
  kind: 'k',
  seat: '',
  text: `entry ${seq}`,
  tone: 'neutral',
});

function frame(seq: number, full: boolean, view: Partial<IncidentFrame>): SpectatorNews {
  return { type: 'frame', frame: { seq, atMicros: seq * 1e6, full, view, telemetry: null } };
}

/** What is known after news, each a second after the one before, from 10 s on. */
function after(...news: SpectatorNews[]) {
  return news.reduce((known, one, at) => foldWatch(known, one, 10_000 + at * 1000), unseen(9000));
}

const NO_ROOM: SpectatorNews = { type: 'refused', why: 'no-room', sentence: 'There is no room.' };
const FULL: SpectatorNews = { type: 'refused', why: 'full', sentence: 'Too many people watch.' };
const RUNNING = frame(1, true, { phase: 'running', speed: 1, timeline: [entry(1)] });

it('folds frames into one view and one timeline; a full one begins anew', () => {
  const known = after({ type: 'opened' }, RUNNING, frame(2, false, { speed: 2, timeline: [entry(2)] }));
  expect(known.view).toMatchObject({ phase: 'running', speed: 2, atMicros: 2e6, timeline: [] });
  expect(known.timeline.map(({ seq }) => seq)).toEqual([1, 2]);
  const again = foldWatch(known, frame(1, true, { phase: 'paused', timeline: [entry(9)] }), 0);
  expect([again.timeline.length, again.seq]).toEqual([1, 1]);
});

it('takes nothing from a frame without a beginning', () => {
  expect(after({ type: 'opened' }, frame(7, false, { speed: 2 })).view).toBeNull();
});

it('says how far it is to the first picture', () => {
  expect(sceneOf(unseen(9000), 9500)).toBe('connecting');
  expect(sceneOf(after({ type: 'lost' }), 10_500)).toBe('connecting');
  expect(sceneOf(after({ type: 'lost' }), 60_000)).toBe('no-answer');
  expect(sceneOf(after({ type: 'opened' }), 60_000)).toBe('waiting');
  expect(sceneOf(after(NO_ROOM), 60_000)).toBe('no-room');
  expect(sceneOf(after(FULL), 60_000)).toBe('refused');
  expect(sceneOf(after(FULL, { type: 'opened' }), 60_000)).toBe('waiting');
});

it.each([
  ['lobby', 'lobby'],
  ['running', 'live'],
  ['paused', 'paused'],
  ['closed', 'ended'],
] as const)('keeps showing a picture in phase %s, whatever becomes of the line', (phase, scene) => {
  for (const news of [{ type: 'lost' } as const, NO_ROOM, FULL]) {
    expect(sceneOf(after({ type: 'opened' }, frame(1, true, { phase }), news), 99_000)).toBe(scene);
  }
});

it('counts a loss from its first moment, through all attempts', () => {
  const known = after({ type: 'opened' }, { type: 'lost' }, { type: 'lost' }, FULL);
  expect([known.line, known.lostAtMs]).toEqual(['refused', 11_000]);
  expect(foldWatch(known, { type: 'opened' }, 20_000)).toMatchObject({ lostAtMs: 0, refused: null });
});

it('calls a running picture old after five seconds of silence, and at once without a line', () => {
  const known = after({ type: 'opened' }, RUNNING);
  expect([oldSeconds(known, 16_000), oldSeconds(known, 17_000)]).toEqual([0, 6]);
  expect(oldSeconds(foldWatch(known, { type: 'lost' }, 12_000), 13_000)).toBe(2);
  expect(oldSeconds(foldWatch(known, frame(2, false, { phase: 'paused' }), 12_000), 99_000)).toBe(0);
});
