/** What teammates who are felt cost on the wire. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FigureResult } from './figure.ts';

/** What the contender prints: bytes a second at the socket of one of six players. */
export type PresenceFigure = {
  /** What comes while nobody does anything. */
  still: number;
  /** Besides that, while all look around and point: the first minute, in which most texts are new. */
  first: number;
  /** The same, the minute after. */
  later: number;
  /** Besides that, while a teammate types a line every 5 s and is followed. */
  following: number;
};

/** Bytes per second that looks and points may cost one player. */
const BUDGET = 20;

/** Lets six players look around. */
export function benchPresence(): FigureResult {
  const script = join(import.meta.dirname, 'contenders/presence.ts');
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  const { still, first, later, following } = JSON.parse(printed) as PresenceFigure;
  const [calm, learned, known, terminal] = [still, first, later, following].map((one) => one.toFixed(1));
  return {
    lines: [
      `presence, 6 players, a look each 3 s, a point each 20 s: ${known} B/s (first minute ${learned})`,
      `a followed terminal, a line each 5 s: ${terminal} B/s; paused and still ${calm} B/s, taken off`,
    ],
    gates: [{ says: `${BUDGET} B/s / looks and points`, value: BUDGET / later, atLeast: 1 }],
  };
}
