/** Whether an audience gets its frames on time while games run, and what it costs the server. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FigureResult } from './figure.ts';

/** How late frames came, milliseconds. */
type Spread = {
  /** How many came. */
  frames: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** How many came after the next one was due. */
  late: number;
};

/** What the contender prints. */
export type SpectatorsFigure = {
  games: number;
  /** Spectators that were connected, and that should have been. */
  connected: number;
  wanted: number;
  /** How long each stretch was measured, seconds. */
  seconds: number;
  spectators: Spread;
  /** Frames that a spectator never got. */
  missing: number;
  /** Frames of those who play, before anybody watched and while all did. */
  seatsAlone: Spread;
  seatsWatched: Spread;
  /** CPU seconds a second of the whole server, before and while. */
  cpuAlone: number;
  cpuWatched: number;
};

function line(title: string, { frames, p50Ms, p99Ms, maxMs, late }: Spread): string {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const spread = `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}, at most ${ms(maxMs)}`;
  return `${title}: ${frames} frames, later than due by ${spread}; ${late} after the next was due`;
}

/** Plays once: all games and spectators at a time are as many as this machine is asked to carry. */
export function benchSpectators(): FigureResult {
  const script = join(import.meta.dirname, 'contenders/spectators.ts');
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  const figure = JSON.parse(printed) as SpectatorsFigure;
  const { games, connected, wanted, seconds, spectators, missing, cpuAlone, cpuWatched } = figure;
  const share = (whole: number, part: number) => (whole === 0 ? NaN : (whole - part) / whole);
  const perSpectator = ((cpuWatched - cpuAlone) * 1e6) / Math.max(1, connected);
  return {
    lines: [
      `${connected} of ${wanted} spectators beside ${games} games, ${seconds} s each`,
      line('spectators', spectators),
      line('players, nobody watching', figure.seatsAlone),
      line('players, all watching', figure.seatsWatched),
      `server: ${cpuAlone.toFixed(3)} CPU s a second without, ${cpuWatched.toFixed(3)} with;` +
        ` ${perSpectator.toFixed(0)} µs a spectator and second`,
    ],
    gates: [
      { says: 'spectators that are connected', value: connected / wanted, atLeast: 1 },
      { says: 'frames that came', value: share(spectators.frames + missing, missing), atLeast: 1 },
      {
        says: 'frames before the next was due',
        value: share(spectators.frames, spectators.late),
        atLeast: 1,
      },
    ],
  };
}
