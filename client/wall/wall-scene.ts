/** What the wall shows now. It follows the room and the host; where nobody leads, it goes on by the clock. */
import type { Scene } from '../state/watch-fold.ts';

/** What is shown. `making` = the truth may be told and the debrief is not there yet. */
export type WallScene =
  | { scene: 'qr'; why: 'lobby' | 'waiting' | 'next' }
  | { scene: 'live' | 'closed' | 'making' | 'board' | 'gone' }
  | { scene: 'reveal'; beat: number };

/** What it depends on. */
export type WallFacts = {
  /** How far the picture of the room is. */
  watch: Scene;
  /** Whether the truth may be told. */
  revealed: boolean;
  /** When the debrief came, Unix milliseconds; 0 before. */
  debriefAtMs: number;
  /** Step to which the host has moved it, 1 to 4; 0 when nobody leads. */
  beat: number;
  /** When, Unix milliseconds. */
  beatAtMs: number;
  /** Now, Unix milliseconds. */
  nowMs: number;
};

/** For how long each beat is shown when nobody leads: a chart, a story, a table, milliseconds. */
const BEAT_MS = [25_000, 35_000, 35_000] as const;
/** After so long at a step of the host's the wall goes on without them, milliseconds. */
const LED_MS = [300_000, 300_000, 60_000, 0] as const;
/** Then these two alternate until the next round, milliseconds. */
const BOARD_MS = 40_000;
const QR_MS = 20_000;

/** Board and QR code in turn, since a moment. */
function afterwards(sinceMs: number): WallScene {
  const at = sinceMs % (BOARD_MS + QR_MS);
  return at < BOARD_MS ? { scene: 'board' } : { scene: 'qr', why: 'next' };
}

/** The three beats by the clock, then what comes after them. */
function byItself(sinceMs: number): WallScene {
  let left = sinceMs;
  for (const [at, ms] of BEAT_MS.entries()) {
    if (left < ms) return { scene: 'reveal', beat: at + 1 };
    left -= ms;
  }
  return afterwards(left);
}

/** As the host leads, until the host has gone. */
function led(beat: number, sinceMs: number): WallScene {
  const stays = LED_MS[beat - 1] ?? 0;
  if (sinceMs >= stays) return afterwards(sinceMs - stays);
  return { scene: 'reveal', beat };
}

/** What to show. */
export function wallScene(facts: WallFacts): WallScene {
  const { watch, revealed, debriefAtMs, beat, beatAtMs, nowMs } = facts;
  // The host moves wall and seats together, and the picture of the room is later than that.
  if (beat > 0 || (watch === 'ended' && revealed)) {
    if (debriefAtMs === 0) return { scene: 'making' };
    return beat > 0 ? led(beat, Math.max(0, nowMs - beatAtMs)) : byItself(Math.max(0, nowMs - debriefAtMs));
  }
  if (watch === 'live' || watch === 'paused') return { scene: 'live' };
  if (watch === 'ended') return { scene: 'closed' };
  if (watch === 'no-room') return { scene: 'gone' };
  return { scene: 'qr', why: watch === 'lobby' ? 'lobby' : 'waiting' };
}

/** Scenes of a finished round, in the order in which keys lead through them. */
const STEPS: readonly WallScene[] = [
  { scene: 'reveal', beat: 1 },
  { scene: 'reveal', beat: 2 },
  { scene: 'reveal', beat: 3 },
  { scene: 'board' },
  { scene: 'qr', why: 'next' },
];

function isSame(one: WallScene, other: WallScene): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The scene so many steps further in a finished round; null where no key leads anywhere. */
export function steppedScene(shown: WallScene, steps: number): WallScene | null {
  const at = STEPS.findIndex((one) => isSame(one, shown));
  return at < 0 || steps === 0 ? null : (STEPS[at + steps] ?? null);
}
