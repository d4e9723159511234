import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createAudienceStream, packNews, packWhole } from './audience-stream.ts';
import { createFrameReader, packFrame, readFrame, readFrameHead } from './frame-message.ts';
import type { FrameReader } from './frame-message.ts';
import { WireError } from './wire-error.ts';

/** A seat's frames: each tells a count, and sometimes an entry of the timeline. */
function frames(count: number, fullAt: ReadonlySet<number>): Uint8Array[] {
  const stream = createAudienceStream();
  return Array.from({ length: count }, (_, at) => {
    // Every third has no news but the time.
    const fields = new Map([['impact', `{"failed":${at - (at % 3)}}`]]);
    const news = packNews(stream, fields, null, () => 'real');
    const full = at === 0 || fullAt.has(at);
    const timeline = at % 4 === 0 ? `[{"seq":${at}}]` : '';
    const edition = full ? packWhole(stream, null) : news;
    return packFrame({ seq: at + 1, atMicros: at * 1_000_000, full, timeline, edition });
  });
}

function faultOf(reader: FrameReader, bytes: Uint8Array): string {
  try {
    readFrame(reader, bytes);
    return '';
  } catch (error) {
    return error instanceof WireError ? error.fault : 'another error';
  }
}

it('is the frame that pages know', () => {
  const reader = createFrameReader();
  const [first, second] = frames(2, new Set());
  const view = { atMicros: 0, impact: { failed: 0 }, timeline: [{ seq: 0 }] };
  expect(readFrame(reader, first)).toEqual({ seq: 1, atMicros: 0, full: true, view, telemetry: null });
  expect(readFrame(reader, second)).toEqual({
    ...{ seq: 2, atMicros: 1_000_000, full: false, view: { atMicros: 1_000_000 }, telemetry: null },
  });
  expect(readFrameHead(second)).toEqual({ seq: 2, full: false });
});

it('whatever is lost, what is shown is right, and a full frame mends it', () => {
  const losses = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
  fc.assert(
    fc.property(losses, fc.uniqueArray(fc.nat({ max: 29 })), (isLost, fullAt) => {
      const reader = createFrameReader();
      let newest = 0;
      let impact: unknown;
      frames(30, new Set(fullAt)).forEach((bytes, at) => {
        if (isLost[at]) return;
        const { seq, full } = readFrameHead(bytes);
        const fault = full || seq === newest + 1 ? '' : 'gap';
        const before = reader.seq;
        if (fault !== '') {
          expect(faultOf(reader, bytes)).toBe(fault);
          expect(reader.seq).toBe(before);
          return;
        }
        const { view } = readFrame(reader, bytes);
        newest = seq;
        impact = 'impact' in view ? view.impact : impact;
        expect(impact).toEqual({ failed: at - (at % 3) });
        expect(faultOf(reader, bytes)).toBe(full ? '' : 'stale');
      });
    }),
  );
});

it('is not taken in when it is damaged, and then only a full frame is', () => {
  const reader = createFrameReader();
  const [first, second, third, fourth] = frames(4, new Set([3]));
  readFrame(reader, first);
  expect(faultOf(reader, second.slice(0, 3))).toBe('damaged');
  expect(faultOf(reader, second)).toBe('gap');
  expect(faultOf(reader, third)).toBe('gap');
  expect(faultOf(reader, fourth)).toBe('');
});
