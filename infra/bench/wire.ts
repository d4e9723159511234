/** How many bytes a second go to one player, in calm and in trouble, counted at a real socket. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { FigureResult } from './figure.ts';
import { benchPresence } from './presence.ts';

/** What came in a stretch of an incident, per frame; there is one a second. */
export type WireStretch = {
  /** Bytes at the socket, with all that carries them. */
  socket: number;
  /** Bytes of the view: journeys, alerts, board. */
  view: number;
  /** Bytes of series. */
  metrics: number;
  /** Bytes of log lines. */
  logs: number;
  /** Bytes that the same frames would be as JSON. */
  json: number;
  /** Frames per incident second: below 1 where the machine was late. */
  frames: number;
  /** Log lines. */
  lines: number;
};

/** What the contender prints. */
export type WireFigure = {
  calm: WireStretch;
  trouble: WireStretch;
  /** Living series at the end. */
  series: number;
  /** Bytes until the first frame is there. */
  joinBytes: number;
  /** Frames that could not be read; must be 0. */
  faults: number;
};

/** Bytes per second that may go to one player. */
const BUDGET = { metrics: 300, logsCalm: 1000, logsTrouble: 3000 };

function line(title: string, { socket, view, metrics, logs, json, frames, lines }: WireStretch): string {
  const whole = (value: number) => value.toFixed(0);
  const parts = `metrics ${whole(metrics)}, logs ${whole(logs)}, view ${whole(view)}`;
  const rates = `${lines.toFixed(1)} log lines; ${frames.toFixed(2)} frames an incident second`;
  return `${title}: ${whole(socket)} B/s at the socket (${parts}; as JSON ${whole(json)}), ${rates}`;
}

/** Plays one incident; its bytes are the same in every round, so one is enough. */
export function benchWire(): FigureResult {
  const script = join(import.meta.dirname, 'contenders/wire.ts');
  const printed = execFileSync(process.execPath, [script], { encoding: 'utf8' });
  const { calm, trouble, series, joinBytes, faults } = JSON.parse(printed) as WireFigure;
  const metrics = Math.max(calm.metrics, trouble.metrics);
  const presence = benchPresence();
  return {
    lines: [
      line('calm', calm),
      line('trouble', trouble),
      `${series} series; ${joinBytes} bytes to join; ${faults} frames could not be read`,
      ...presence.lines,
    ],
    gates: [
      { says: `${BUDGET.metrics} B/s / metrics`, value: BUDGET.metrics / metrics, atLeast: 1 },
      { says: `${BUDGET.logsCalm} B/s / logs in calm`, value: BUDGET.logsCalm / calm.logs, atLeast: 1 },
      {
        says: `${BUDGET.logsTrouble} B/s / logs in trouble`,
        value: BUDGET.logsTrouble / trouble.logs,
        atLeast: 1,
      },
      ...presence.gates,
    ],
  };
}
