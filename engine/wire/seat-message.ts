/** Whatever comes to a seat as bytes: frames, presence, answers to questions that would be long as JSON. */
import type { ServerMessage, WireAnswer } from '../protocol/wire.ts';
import { createSource, takeByte, takeCount, takeText } from './byte-source.ts';
import { createSink, putByte, putCount, putText, sinkBytes } from './byte-sink.ts';
import { readFrame } from './frame-message.ts';
import type { FrameReader } from './frame-message.ts';
import { createLogTable, putLines, takeLines } from './log-delta.ts';
import { putPoints, takePoints } from './points-block.ts';
import { isPresence, readPresence } from './presence-delta.ts';
import type { GridOf } from './series-delta.ts';
import { WireError } from './wire-error.ts';

/** First byte of an answer; that of a frame is below, those of presence are above. */
const SERIES = 16;
const LOGS = 17;

/** An answer that packs well: the past of series, or log lines. */
export type LongAnswer = Extract<WireAnswer, { kind: 'series' | 'logs' }>;

/** Whether an answer goes as bytes. */
export function isLongAnswer(answer: WireAnswer): answer is LongAnswer {
  return answer.kind === 'series' || answer.kind === 'logs';
}

/** Packs the answer to a question. */
export function packAnswer(requestId: string, answer: LongAnswer, gridOf: GridOf): Uint8Array {
  const sink = createSink();
  putByte(sink, answer.kind === 'series' ? SERIES : LOGS);
  putText(sink, requestId);
  if (answer.kind === 'series') putPoints(sink, answer.series, gridOf);
  else {
    const { lines, more, lost } = answer.found;
    putLines(sink, createLogTable(), lines);
    putByte(sink, more ? 1 : 0);
    putCount(sink, lost);
  }
  return sinkBytes(sink);
}

/**
 * Reads what came as bytes.
 *
 * @throws WireError as `readFrame` does; an answer that is damaged leaves the reader as it was.
 */
export function readSeatMessage(reader: FrameReader, bytes: Uint8Array): ServerMessage {
  const source = createSource(bytes);
  const kind = takeByte(source);
  if (kind < SERIES) return { type: 'frame', frame: readFrame(reader, bytes) };
  if (isPresence(kind)) return readPresence(reader.presence, kind, source);
  const requestId = takeText(source);
  if (kind === SERIES) {
    return { type: 'answer', requestId, ok: true, answer: { kind: 'series', series: takePoints(source) } };
  }
  if (kind !== LOGS) throw new WireError('damaged', `there is no message ${kind}`);
  const lines = takeLines(source, createLogTable());
  const more = takeByte(source) === 1;
  const found = { lines, more, lost: takeCount(source) };
  return { type: 'answer', requestId, ok: true, answer: { kind: 'logs', found } };
}
