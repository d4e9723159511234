import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSource, takeByte, takeCount, takeSigned, takeText } from './byte-source.ts';
import { createSink, putCount, putSigned, putText, sinkBytes } from './byte-sink.ts';
import { WireError } from './wire-error.ts';

// Whatever a text can hold; fast-check's own 'binary' takes seconds to get ready.
const anyText = fc.array(fc.nat({ max: 0x10ffff })).map((points) => String.fromCodePoint(...points));

// Method: what is written is read again, for whatever fast-check comes up with.

it('numbers and texts come back, and nothing is left over', () => {
  const anything = fc.array(
    fc.oneof(fc.maxSafeNat(), fc.integer({ min: -(2 ** 52), max: 2 ** 52 }), fc.string({ maxLength: 300 })),
  );
  fc.assert(
    fc.property(anything, (items) => {
      const sink = createSink();
      for (const item of items) {
        if (typeof item === 'string') putText(sink, item);
        else if (Math.abs(item) <= 2 ** 52) putSigned(sink, item);
        else putCount(sink, item);
      }
      const source = createSource(sinkBytes(sink));
      for (const item of items) {
        if (typeof item === 'string') expect(takeText(source)).toBe(item);
        else if (Math.abs(item) <= 2 ** 52) expect(takeSigned(source)).toBe(item);
        else expect(takeCount(source)).toBe(item);
      }
      expect(() => takeByte(source)).toThrow(WireError);
    }),
  );
});

it('a text is UTF-8, halves of pairs replaced', () => {
  fc.assert(
    fc.property(anyText, fc.string({ maxLength: 9 }), (first, second) => {
      const text = `${first}\ud83d${second}`;
      const sink = createSink();
      putText(sink, text);
      const utf8 = new TextEncoder().encode(text);
      expect([...sinkBytes(sink).slice(-utf8.length)]).toEqual([...utf8]);
      expect(takeText(createSource(sinkBytes(sink)))).toBe(new TextDecoder().decode(utf8));
    }),
  );
});

it('small numbers are short', () => {
  const length = (value: number) => {
    const sink = createSink();
    putSigned(sink, value);
    return sink.length;
  };
  expect([0, -64, 63, 64, -8192, 8192, 2 ** 52].map(length)).toEqual([1, 1, 1, 2, 2, 3, 8]);
});

it('bytes that end too early are damaged', () => {
  expect(() => takeText(createSource(new Uint8Array([5, 65])))).toThrow(WireError);
  expect(() => takeCount(createSource(new Uint8Array(20).fill(255)))).toThrow(WireError);
});
