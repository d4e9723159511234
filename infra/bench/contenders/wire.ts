/**
 * What a player gets over a real socket: starts a server, plays the noisiest incident of `polls-mystery` at
 * full load without doing anything, and prints bytes per incident second as JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { createAudienceStream, packNews } from '@chaotic-good/engine/wire/audience-stream';
import type { AudienceStream, TelemetryNews } from '@chaotic-good/engine/wire/audience-stream';
import { seriesGrid } from '@chaotic-good/server/incidents/series-grid';
import { seedThatDraws } from '@chaotic-good/server/testing/seed-that-draws';
import { spawnServer } from '@chaotic-good/server/testing/start-server';
import { TestPlayer } from '@chaotic-good/server/testing/test-player';
import type { WireFigure, WireStretch } from '../wire.ts';
import { countingPort } from './counting-port.ts';

const SCENARIO = 'polls-mystery';
/** Every request is logged line by line, and in the end a disk is full. */
const NOISIEST = 'app-trace-env';
/** Incident seconds a second: a frame a second then comes every 250 ms, above the least distance of 200. */
const CLOCK_FACTOR = 4;
/** From the start until before any onset, and when the incident is at its noisiest, seconds. */
const STRETCHES = { calm: [5, 42], trouble: [230, 310] } as const;

/** What has come up to a moment. */
type Mark = WireStretch & { second: number };

const NOTHING: TelemetryNews = { series: [], logLines: [], logLinesOmitted: 0, kubeEvents: [] };

/** Packs the parts of each frame alone, to tell what each takes of the whole. */
class Scales {
  readonly #view = createAudienceStream();
  readonly #metrics = createAudienceStream();
  readonly #logs = createAudienceStream();
  /** The sums so far, bytes. */
  readonly sums = { view: 0, metrics: 0, logs: 0 };
  /** Series that are known. */
  get seriesKnown(): number {
    return this.#metrics.series.size;
  }

  /** Takes a frame in. */
  take({ view, telemetry }: WireFrame): void {
    const told = Object.entries(view).filter(([name]) => name !== 'atMicros' && name !== 'timeline');
    const fields = new Map(told.map(([name, value]) => [name, JSON.stringify(value)]));
    const { series, logLines, logLinesOmitted } = telemetry ?? NOTHING;
    this.sums.view += packed(this.#view, NOTHING, fields);
    this.sums.metrics += packed(this.#metrics, { ...NOTHING, series });
    this.sums.logs += packed(this.#logs, { ...NOTHING, logLines, logLinesOmitted });
  }
}

function packed(stream: AudienceStream, news: TelemetryNews, fields = new Map<string, string>()): number {
  return packNews(stream, fields, news, seriesGrid)?.length ?? 0;
}

/** What came between two marks, per frame: there is one a second, and seconds that were late share one. */
function between(marks: readonly Mark[], [from, to]: readonly [number, number]): WireStretch {
  const first = marks.findLast(({ second }) => second <= from) as Mark;
  const last = marks.findLast(({ second }) => second <= to) as Mark;
  const share = (part: keyof WireStretch) => (last[part] - first[part]) / (last.frames - first.frames);
  const frames = (last.frames - first.frames) / (last.second - first.second);
  const [socket, view, metrics, logs] = [share('socket'), share('view'), share('metrics'), share('logs')];
  return { socket, view, metrics, logs, json: share('json'), lines: share('lines'), frames };
}

async function run(dataDir: string): Promise<WireFigure> {
  const server = await spawnServer({ dataDir, clockFactor: CLOCK_FACTOR, loadScale: 1 }).ready();
  const { seed } = seedThatDraws(SCENARIO, NOISIEST);
  const counter = await countingPort(server.port);
  const player = new TestPlayer('Ana');
  const scales = new Scales();
  const marks: Mark[] = [];
  const counts = { frames: 0, json: 0, lines: 0 };
  player.onFrame = (frame) => {
    scales.take(frame);
    counts.frames++;
    counts.json += JSON.stringify({ type: 'frame', frame }).length;
    counts.lines += frame.telemetry?.logLines.length ?? 0;
    const second = frame.atMicros / 1e6;
    marks.push({ second, socket: counter.bytes, ...scales.sums, ...counts });
  };
  const code = await TestPlayer.openRoom(server.origin, SCENARIO, seed);
  await player.join(`http://127.0.0.1:${counter.port}`, code);
  const joinBytes = counter.bytes;
  await player.perform({ type: 'StartIncident' });
  const [, end] = STRETCHES.trouble;
  await player.until(() => (marks.at(-1)?.second ?? 0) > end, 'the end', 300_000);
  const { calm, trouble } = STRETCHES;
  const figure = { calm: between(marks, calm), trouble: between(marks, trouble) };
  const faults = player.frames.faults.length;
  const series = scales.seriesKnown;
  await player.leave();
  counter.close();
  await server.stop();
  return { ...figure, series, joinBytes, faults };
}

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-wire-'));
try {
  console.log(JSON.stringify(await run(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
