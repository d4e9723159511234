import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSource } from './byte-source.ts';
import { createSink, sinkBytes } from './byte-sink.ts';
import { cutText, joinText, putNumbers, takeNumbers } from './text-delta.ts';

// Whatever a text can hold; fast-check's own 'binary' takes seconds to get ready.
const anyText = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));
const numbers = fc.stringMatching(/^[0-9a-f]{0,20}[0-9][0-9a-f]{0,20}$/);

/** The text that a receiver who has `before` reads, and the bytes that it took. */
function carried(before: string, text: string): { text: string; length: number } {
  const [last, cut] = [cutText(before), cutText(text)];
  expect(cut.shape).toBe(last.shape);
  const sink = createSink();
  putNumbers(sink, last.numbers, cut.numbers);
  const found = takeNumbers(createSource(sinkBytes(sink)), last.numbers);
  return { text: joinText({ shape: last.shape, numbers: found }), length: sink.length };
}

it('what is cut can be joined', () => {
  const texts = fc.oneof(anyText, fc.string(), numbers, fc.json());
  fc.assert(
    fc.property(texts, (text) => {
      expect(joinText(cutText(text))).toBe(text);
    }),
  );
});

it('a text of the same shape comes back from its numbers', () => {
  const words = fc.array(fc.stringMatching(/^[ghij :."-]{1,5}$/), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(words, fc.func(numbers), fc.func(numbers), (parts, first, second) => {
      const [before, text] = [first, second].map((fill) => parts.map((part, at) => part + fill(at)).join(''));
      expect(carried(before, text).text).toBe(text);
    }),
  );
});

it('takes time that grows with the length only', () => {
  expect(cutText('a'.repeat(2_000_000)).numbers).toEqual([]);
});

it('a line like the last one takes some twenty bytes', () => {
  const before =
    '2026-01-06T14:05:19.121Z INFO  http GET /results -> 200 in 10.0 ms request=9006babe1388fed4';
  const text = '2026-01-06T14:05:20.012Z INFO  http GET /results -> 200 in 7.8 ms request=faeb2827dac21c8f';
  const { text: found, length } = carried(before, text);
  expect(found).toBe(text);
  expect(length).toBeLessThanOrEqual(18);
});
