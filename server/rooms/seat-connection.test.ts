import { expect, it } from 'vitest';
import { createFrameReader, packFrame, readFrameHead } from '@chaotic-good/engine/wire/frame-message';
import { readSeatMessage } from '@chaotic-good/engine/wire/seat-message';
import type { FrameText } from '../incidents/incident-host.ts';
import { FrameRing } from './frame-ring.ts';
import { SeatConnection } from './seat-connection.ts';

// Method: a line whose buffer the test fills and empties; then what went over it.

function slowLine() {
  const line = {
    said: [] as Uint8Array[],
    bufferedBytes: 0,
    isOpen: true,
    isCut: false,
    say: () => undefined,
    sayBytes: (bytes: Uint8Array) => void line.said.push(bytes),
    end: () => undefined,
    terminate: () => void (line.isCut = true),
  };
  return line;
}

function connected() {
  const line = slowLine();
  const connection = new SeatConnection(line, 'ana');
  let refreshes = 0;
  let hear: (frame: FrameText) => void = () => undefined;
  connection.follow((listener) => {
    hear = listener;
    return { refresh: () => void refreshes++, end: () => undefined };
  });
  const frame = (seq: number, full = false, timeline = '') =>
    hear({ seq, full, text: '', bytes: packFrame({ seq, full, timeline, atMicros: 0, edition: null }) });
  const seqs = () => line.said.map((bytes) => readFrameHead(bytes).seq);
  return { line, connection, frame, seqs, refreshes: () => refreshes };
}

it('passes frames on in order, beginning with a full one', () => {
  const { frame, seqs } = connected();
  frame(1, true);
  frame(2);
  frame(3);
  expect(seqs()).toEqual([1, 2, 3]);
});

it('sends nothing that builds on a frame which was never sent', () => {
  const { frame, seqs, connection, refreshes } = connected();
  frame(1, true);
  connection.resync();
  frame(2);
  frame(3, true);
  frame(4);
  expect(seqs()).toEqual([1, 3, 4]);
  expect(refreshes()).toBe(1);
});

it('holds frames back while the line is full and sends them when it is free', () => {
  const { line, connection, frame, seqs } = connected();
  frame(1, true);
  line.bufferedBytes = 2_000_000;
  frame(2);
  frame(3);
  expect(seqs()).toEqual([1]);
  expect(connection.look(performance.now())).toBe(true);
  line.bufferedBytes = 0;
  connection.look(performance.now());
  frame(4);
  expect(seqs()).toEqual([1, 2, 3, 4]);
});

it('sends the past of series as bytes that the reader of frames understands', () => {
  const { line, connection } = connected();
  const points = { atMicros: [0, 1e6, 2e6], values: [1, 2, 9000] };
  const series = [{ id: 7, name: 'journey_attempts_total', labels: { journey: 'vote' }, ...points }];
  connection.say({ type: 'answer', requestId: 'q1', ok: true, answer: { kind: 'series', series } });
  const [bytes] = line.said;
  expect(readSeatMessage(createFrameReader(), bytes)).toEqual({
    ...{ type: 'answer', requestId: 'q1', ok: true, answer: { kind: 'series', series } },
  });
});

it('asks for everything when what was missed is no longer there', () => {
  const { line, connection, frame, refreshes } = connected();
  frame(1, true);
  line.bufferedBytes = 2_000_000;
  frame(2, false, 'x'.repeat(5_000_000));
  frame(3);
  line.bufferedBytes = 0;
  connection.look(performance.now());
  expect(refreshes()).toBe(1);
});

it.each([
  ['has far too much waiting', 5_000_000, 100],
  ['has been full for ten seconds', 1_500_000, 10_100],
])('cuts off a line that %s', (_why, bufferedBytes, afterMs) => {
  const { line, connection, frame } = connected();
  frame(1, true);
  line.bufferedBytes = bufferedBytes;
  frame(2);
  expect(connection.look(performance.now() + afterMs)).toBe(false);
  expect(line.isCut).toBe(true);
});

it('keeps the frames of 30 s', () => {
  let nowMs = 0;
  const ring = new FrameRing(() => nowMs);
  for (let seq = 1; seq <= 60; seq++) {
    nowMs = seq * 1000;
    ring.push({ seq, full: seq === 1, text: '{}' });
  }
  expect(ring.since(40)?.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, at) => 41 + at));
  expect(ring.since(10)).toBeNull();
  expect(ring.since(60)).toEqual([]);
});
