/**
 * What all seats of an incident are told alike, packed: fields of the view, series, logs, Kubernetes events.
 * Each piece of news is an edition that builds on the one before; whoever has nothing gets a whole one.
 *
 * Why   It is packed once for all seats. A piece of news carries the number of what it builds on, so it
 *       is never taken in on top of anything else: a receiver that misses one asks for a whole edition.
 */
import type { TelemetryFrame } from '../telemetry/frame.ts';
import { createSource, takeByte, takeCount, takeText } from './byte-source.ts';
import type { ByteSource } from './byte-source.ts';
import { createSink, putByte, putCount, putText, sinkBytes } from './byte-sink.ts';
import type { ByteSink } from './byte-sink.ts';
import { copyLogTable, createLogTable, putLines, putLogTable, takeLines, takeLogTable } from './log-delta.ts';
import type { LogTable } from './log-delta.ts';
import { putSeriesNews, putSeriesTable, takeSeriesNews, takeSeriesTable } from './series-delta.ts';
import type { GridOf, SeriesTable } from './series-delta.ts';
import { cutText, joinText, putNumbers, takeNumbers } from './text-delta.ts';
import { WireError } from './wire-error.ts';

/** Telemetry as it travels: the cursor stays with the sender. */
export type TelemetryNews = Omit<TelemetryFrame, 'cursor'>;

/** What one side of a stream has after an edition. */
export type AudienceStream = {
  /** Number of the newest edition; 0 = none. */
  edition: number;
  /** Fields of the view as JSON, by name, in the order in which they were first told. */
  fields: Map<string, string>;
  /** Series. */
  series: SeriesTable;
  /** Kinds of log lines. */
  logs: LogTable;
};

/** An edition as it was read. */
export type Edition = {
  /** Fields of the view that changed, as JSON. */
  fields: Map<string, string>;
  /** Telemetry that changed; null when nothing did. */
  telemetry: TelemetryNews | null;
};

/** A stream in which nothing has been told. */
export function createAudienceStream(): AudienceStream {
  return { edition: 0, fields: new Map(), series: new Map(), logs: createLogTable() };
}

/**
 * Packs news for those who have the newest edition and takes them into the stream.
 *
 * @param fields Fields of the view as JSON: those that may have changed.
 * @param telemetry Telemetry since the last call, or null.
 * @returns null when nothing is news; then there is no new edition.
 */
export function packNews(
  stream: AudienceStream,
  fields: ReadonlyMap<string, string>,
  telemetry: TelemetryNews | null,
  gridOf: GridOf,
): Uint8Array | null {
  const sink = createSink();
  putCount(sink, stream.edition);
  const changed = [...fields].filter(([name, json]) => stream.fields.get(name) !== json);
  putCount(sink, changed.length);
  for (const [name, json] of changed) putField(sink, stream.fields, name, json);
  let isNews = changed.length > 0;
  if (telemetry !== null) {
    isNews = putSeriesNews(sink, stream.series, telemetry.series, gridOf) || isNews;
    isNews = putRest(sink, stream.logs, telemetry) || isNews;
  } else {
    putSeriesNews(sink, stream.series, [], gridOf);
    putRest(sink, stream.logs, NOTHING);
  }
  if (!isNews) return null;
  stream.edition++;
  return sinkBytes(sink);
}

const NOTHING: TelemetryNews = { series: [], logLines: [], logLinesOmitted: 0, kubeEvents: [] };

/**
 * Packs the newest edition for somebody who has nothing.
 *
 * @param recent Log lines and Kubernetes events that they are to see at once; null = none.
 */
export function packWhole(stream: AudienceStream, recent: Omit<TelemetryNews, 'series'> | null): Uint8Array {
  const sink = createSink();
  putCount(sink, stream.edition);
  putCount(sink, stream.fields.size);
  for (const [name, json] of stream.fields) {
    putText(sink, name);
    putText(sink, json);
  }
  putSeriesTable(sink, stream.series.values());
  putLogTable(sink, stream.logs);
  // Those who have been here all along have other last lines: these go past everybody's table.
  putRest(sink, copyLogTable(stream.logs), recent ?? NOTHING);
  return sinkBytes(sink);
}

/**
 * Reads news into a stream.
 *
 * @throws WireError `gap` or `stale` when they do not build on what the stream has, which stays as it was;
 *   `damaged` when they are no news, then the stream is of no more use.
 */
export function readNews(stream: AudienceStream, bytes: Uint8Array): Edition {
  const source = createSource(bytes);
  const base = takeCount(source);
  if (base !== stream.edition) {
    throw new WireError(
      base > stream.edition ? 'gap' : 'stale',
      `news on ${base} cannot follow ${stream.edition}`,
    );
  }
  const names = [...stream.fields.keys()];
  const fields = new Map<string, string>();
  for (let left = takeCount(source); left > 0; left--) {
    const [name, json] = takeField(source, stream.fields, names);
    stream.fields.set(name, json);
    fields.set(name, json);
  }
  const series = takeSeriesNews(source, stream.series);
  const telemetry = { series, ...takeRest(source, stream.logs) };
  stream.edition++;
  return { fields, telemetry: hasNews(telemetry) ? telemetry : null };
}

/** Reads a whole edition in place of whatever the stream has. @throws WireError `damaged`. */
export function readWhole(stream: AudienceStream, bytes: Uint8Array): Edition {
  const source = createSource(bytes);
  Object.assign(stream, createAudienceStream(), { edition: takeCount(source) });
  for (let left = takeCount(source); left > 0; left--) stream.fields.set(takeText(source), takeText(source));
  const series = takeSeriesTable(source, stream.series);
  stream.logs = takeLogTable(source);
  const telemetry = { series, ...takeRest(source, copyLogTable(stream.logs)) };
  return { fields: new Map(stream.fields), telemetry: hasNews(telemetry) ? telemetry : null };
}

function hasNews({ series, logLines, logLinesOmitted, kubeEvents }: TelemetryNews): boolean {
  return series.length > 0 || logLines.length > 0 || logLinesOmitted > 0 || kubeEvents.length > 0;
}

/** How a field is told: anew, by its numbers, or in full under a known name. */
const NEW = 0;
const NUMBERS = 1;
const FULL = 2;
const WAYS = 3;

function putField(sink: ByteSink, known: Map<string, string>, name: string, json: string): void {
  const before = known.get(name);
  if (before === undefined) {
    putCount(sink, NEW);
    putText(sink, name);
    putText(sink, json);
  } else {
    const place = [...known.keys()].indexOf(name);
    const cut = cutText(json);
    const last = cutText(before);
    const isLike = cut.shape === last.shape;
    putCount(sink, place * WAYS + (isLike ? NUMBERS : FULL));
    if (isLike) putNumbers(sink, last.numbers, cut.numbers);
    else putText(sink, json);
  }
  known.set(name, json);
}

function takeField(
  source: ByteSource,
  known: ReadonlyMap<string, string>,
  names: string[],
): [name: string, json: string] {
  const told = takeCount(source);
  if (told === NEW) {
    const name = takeText(source);
    names.push(name);
    return [name, takeText(source)];
  }
  const way = told % WAYS;
  const name = names[(told - way) / WAYS];
  const before = known.get(name);
  if (before === undefined || way === NEW) throw new WireError('damaged', `field ${told} was never told`);
  if (way === FULL) return [name, takeText(source)];
  const last = cutText(before);
  return [name, joinText({ shape: last.shape, numbers: takeNumbers(source, last.numbers) })];
}

/** Logs and Kubernetes events. Events are few: they go as JSON. */
function putRest(
  sink: ByteSink,
  logs: LogTable,
  { logLines, logLinesOmitted, kubeEvents }: Omit<TelemetryNews, 'series'>,
): boolean {
  const isNews = logLines.length > 0 || logLinesOmitted > 0 || kubeEvents.length > 0;
  putByte(sink, isNews ? 1 : 0);
  if (!isNews) return false;
  putLines(sink, logs, logLines);
  putCount(sink, logLinesOmitted);
  putText(sink, kubeEvents.length === 0 ? '' : JSON.stringify(kubeEvents));
  return true;
}

function takeRest(source: ByteSource, logs: LogTable): Omit<TelemetryNews, 'series'> {
  if (takeByte(source) === 0) return { logLines: [], logLinesOmitted: 0, kubeEvents: [] };
  const logLines = takeLines(source, logs);
  const logLinesOmitted = takeCount(source);
  const events = takeText(source);
  const kubeEvents = events === '' ? [] : (JSON.parse(events) as TelemetryNews['kubeEvents']);
  return { logLines, logLinesOmitted, kubeEvents };
}
