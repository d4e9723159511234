import { expect, it } from 'vitest';
import { steppedScene, wallScene } from './wall-scene.ts';
import type { WallFacts } from './wall-scene.ts';

const LIVE: WallFacts = { watch: 'live', revealed: false, debriefAtMs: 0, beat: 0, beatAtMs: 0, nowMs: 0 };
const ENDED: WallFacts = { ...LIVE, watch: 'ended', revealed: true, debriefAtMs: 1000 };

/** What is shown so many seconds after the debrief came. */
function shown(facts: WallFacts, seconds: number): string {
  const { scene, ...more } = wallScene({ ...facts, nowMs: 1000 + seconds * 1000 });
  return [scene, ...Object.values(more)].join(' ');
}

it.each([
  ['connecting', 'qr waiting'],
  ['no-answer', 'qr waiting'],
  ['refused', 'qr waiting'],
  ['waiting', 'qr waiting'],
  ['lobby', 'qr lobby'],
  ['live', 'live'],
  ['paused', 'live'],
  ['ended', 'closed'],
  ['no-room', 'gone'],
] as const)('shows a room that is %s as %s', (watch, scene) => {
  expect(shown({ ...LIVE, watch }, 0)).toBe(scene);
});

it('waits for the debrief once the truth may be told, and then goes through it by itself', () => {
  expect(shown({ ...ENDED, debriefAtMs: 0 }, 0)).toBe('making');
  const seen = Array.from({ length: 220 }, (_none, second) => shown(ENDED, second));
  expect([...new Set(seen.slice(0, 95))]).toEqual(['reveal 1', 'reveal 2', 'reveal 3']);
  expect(seen.slice(95).filter((one, at, all) => one !== all[at - 1])).toEqual([
    'board',
    'qr next',
    'board',
    'qr next',
    'board',
  ]);
});

it('goes with the host, also ahead of the picture of the room, and on when the host has gone', () => {
  const host: WallFacts = { ...ENDED, watch: 'live', revealed: false, beat: 2, beatAtMs: 1000 };
  expect(shown(host, 0)).toBe('reveal 2');
  expect(shown(host, 200)).toBe('reveal 2');
  expect(shown(host, 301)).toBe('board');
  expect(shown({ ...host, beat: 3 }, 59)).toBe('reveal 3');
  expect(shown({ ...host, beat: 4 }, 0)).toBe('board');
});

it('is led through a finished round by keys, and through nothing else', () => {
  expect(steppedScene({ scene: 'reveal', beat: 1 }, 1)).toEqual({ scene: 'reveal', beat: 2 });
  expect(steppedScene({ scene: 'board' }, -1)).toEqual({ scene: 'reveal', beat: 3 });
  expect(steppedScene({ scene: 'qr', why: 'next' }, 1)).toBeNull();
  expect(steppedScene({ scene: 'live' }, 1)).toBeNull();
});
