import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CurveFeed } from './curve-feed.ts';
import type { PublicCurves } from './public-message.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DELAY_MS = 20_000;

/** A game that is played for so many seconds, and what nobody acting makes of all of it. */
function played() {
  const sent: PublicCurves[] = [];
  const game = { second: 0, whole: null as number[] | null };
  const feed = new CurveFeed({
    readOwn: (from) => Promise.resolve(Array.from({ length: game.second - from }, () => 0.5)),
    readNobody: () => Promise.resolve(game.whole),
    send: (text) => sent.push(JSON.parse(text) as PublicCurves),
    delayMs: DELAY_MS,
    everyMs: 1000,
  });
  const pass = async (seconds: number) => {
    for (let at = 0; at < seconds; at++) {
      game.second++;
      await vi.advanceTimersByTimeAsync(1000);
    }
  };
  return { feed, sent, game, pass };
}

it('is twenty seconds late, and never further with nobody than with the team', async () => {
  const { feed, sent, game, pass } = played();
  game.whole = Array.from({ length: 900 }, (_none, second) => second / 1000);
  await pass(20);
  expect([sent.length, feed.beginning]).toEqual([0, null]);
  await pass(30);
  const told = JSON.parse(feed.beginning ?? '') as PublicCurves;
  expect(told.own.values.length).toBeGreaterThan(25);
  expect(told.own.values.length).toBeLessThanOrEqual(30);
  expect(told.nobody.values).toEqual(told.own.values.map((_own, second) => second / 1000));
  let seconds = 0;
  for (const { own, nobody } of sent) {
    expect(own.from).toBe(seconds);
    seconds += own.values.length;
    expect(nobody.from + nobody.values.length).toBeLessThanOrEqual(seconds);
  }
  feed.end();
});

it('catches up once it is computed, and stops where it was not computed any further', async () => {
  const { feed, game, pass } = played();
  await pass(40);
  expect(JSON.parse(feed.beginning ?? '')).toMatchObject({ nobody: { from: 0, values: [] } });
  game.whole = Array.from({ length: 30 }, () => 1);
  await pass(40);
  const told = JSON.parse(feed.beginning ?? '') as PublicCurves;
  expect(told.nobody.values).toHaveLength(30);
  expect(told.own.values.length).toBeGreaterThan(50);
  feed.end();
});

it('does not wait for what takes long to compute', async () => {
  const sent: PublicCurves[] = [];
  const feed = new CurveFeed({
    readOwn: (from) => Promise.resolve(from === 0 ? [0.5] : []),
    readNobody: () => new Promise(() => undefined),
    send: (text) => sent.push(JSON.parse(text) as PublicCurves),
    delayMs: DELAY_MS,
  });
  await vi.advanceTimersByTimeAsync(DELAY_MS + 3000);
  expect(sent).toEqual([{ own: { from: 0, values: [0.5] }, nobody: { from: 0, values: [] } }]);
  feed.end();
});

it('shows the end to its end when it takes in no more', async () => {
  const { feed, sent, pass } = played();
  await pass(10);
  feed.finish();
  const before = sent.length;
  await pass(30);
  expect(before).toBe(0);
  expect(sent.at(-1)?.own.from).toBeGreaterThan(5);
});
