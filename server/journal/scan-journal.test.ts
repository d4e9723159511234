/**
 * A journal as bytes: cut anywhere, and with any bit flipped.
 *
 * Method   Real frames, no disk: what a crash or a bad disk does to them is done to a copy.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import { JournalDamage } from './journal-damage.ts';
import { encodeBody } from './record-body.ts';
import { encodeFrame, firstPreviousHash, hashFrame, MAGIC } from './record-frame.ts';
import { scanJournal } from './scan-journal.ts';
import type { AckedExtent } from './scan-journal.ts';
import { sampleCommand, sampleHeader, sampleMark } from './testing/sample-records.ts';

// On a busy machine exhaustive tests take their time.
vi.setConfig({ testTimeout: 60_000 });

const ID = 'ROOM0001';

/** A journal file; `ends[n]` = where record n ends. */
type Made = { bytes: Buffer; frames: Buffer[]; ends: number[]; acked: AckedExtent };

function make(records: readonly JournalRecord[], epochs: readonly number[] = [], id = ID): Made {
  let previousHash = firstPreviousHash(id);
  const frames = records.map((record, number) => {
    const frame = encodeFrame(encodeBody(record), { number, epoch: epochs[number] ?? 1, previousHash });
    previousHash = hashFrame(frame);
    return frame;
  });
  const bytes = Buffer.concat([MAGIC, ...frames]);
  let end = MAGIC.length;
  const ends = frames.map((frame) => (end += frame.length));
  return { bytes, frames, ends, acked: { bytes: end, hash: previousHash } };
}

function recordsUpTo(count: number): JournalRecord[] {
  const rest = Array.from({ length: count - 1 }, (_, at) =>
    at % 3 === 2 ? sampleMark(at) : sampleCommand(at + 1, 'm'.repeat((at * 61) % 700)),
  );
  return [sampleHeader(), ...rest];
}

/** What is wrong, where, or how many records were found. */
function verdict(bytes: Buffer, acked?: AckedExtent): string {
  try {
    return `${scanJournal(bytes, ID, acked).frames.length} records`;
  } catch (failure) {
    if (failure instanceof JournalDamage) return `${failure.kind} at record ${failure.recordNumber}`;
    throw failure;
  }
}

function flipped(bytes: Buffer, bit: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[bit >>> 3] ^= 1 << (bit & 7);
  return copy;
}

/** The record that a byte belongs to. */
function recordAt(made: Made, byte: number): number {
  return byte < MAGIC.length ? 0 : made.ends.findIndex((end) => byte < end);
}

describe('one flipped bit', () => {
  const small = make([sampleHeader(), sampleCommand(1), sampleMark(1), sampleCommand(2), sampleMark(2)]);
  const large = make(recordsUpTo(300));

  it('is found wherever it is in a small journal, whether or not the extent is known', () => {
    const missed: string[] = [];
    for (let bit = 0; bit < small.bytes.length * 8; bit++) {
      const due = ` at record ${recordAt(small, bit >>> 3)}`;
      const copy = flipped(small.bytes, bit);
      const verdicts = [verdict(copy, small.acked), verdict(copy)];
      if (!verdicts.every((found) => found.endsWith(due))) missed.push(`${bit}: ${verdicts.join('; ')}`);
    }
    expect(missed).toEqual([]);
  });

  it('is found in a large journal', () => {
    fc.assert(
      fc.property(fc.nat(large.bytes.length * 8 - 1), (bit) => {
        const due = ` at record ${recordAt(large, bit >>> 3)}`;
        expect(verdict(flipped(large.bytes, bit))).toMatch(new RegExp(`${due}$`));
      }),
      { numRuns: 300 },
    );
  });

  it('is found in the last record wherever that begins in a sector', () => {
    for (let shift = 0; shift < 512; shift++) {
      const made = make([sampleHeader(), sampleCommand(1, 'x'.repeat(shift)), sampleMark(1)]);
      const start = made.ends[1];
      if (512 - (start % 512) > 24) continue;
      // The first bytes of a record are the ones that a flip could turn into zeros up to a sector's end.
      for (let bit = start * 8; bit < (start + 16) * 8; bit++) {
        expect(verdict(flipped(made.bytes, bit))).toBe('altered at record 2');
      }
    }
  });
});

describe('a journal that ends too early', () => {
  const made = make(recordsUpTo(20));
  /** Acknowledged are 12; the rest was on its way. */
  const acked = { bytes: made.ends[11], hash: hashFrame(made.frames[11]) };

  it('loses nothing acknowledged wherever the rest is cut', () => {
    for (let length = acked.bytes; length <= made.bytes.length; length++) {
      const whole = made.ends.filter((end) => end <= length).length;
      expect(verdict(made.bytes.subarray(0, length), acked)).toBe(`${whole} records`);
    }
  });

  it('is refused when it is cut in what was acknowledged, also between two records', () => {
    for (let length = 0; length < acked.bytes; length++) {
      expect(verdict(made.bytes.subarray(0, length), acked)).toMatch(/^(cut-short|not-a-journal) at record/);
    }
  });

  it('keeps all whole records when the extent is not known', () => {
    for (let length = made.ends[0]; length <= made.bytes.length; length++) {
      const whole = made.ends.filter((end) => end <= length).length;
      expect(verdict(made.bytes.subarray(0, length))).toBe(`${whole} records`);
    }
  });

  it('may hold zeros where sectors were never written', () => {
    const start = acked.bytes;
    const firstSector = (Math.floor(start / 512) + 1) * 512;
    for (let from = firstSector; from < made.bytes.length; from += 512) {
      const copy = Buffer.from(made.bytes);
      copy.fill(0, from);
      expect(verdict(copy, acked)).toBe(`${recordAt(made, from)} records`);
    }
    for (const zeros of [1, 12, 36, 500, 4096]) {
      expect(verdict(Buffer.concat([made.bytes, Buffer.alloc(zeros)]))).toBe('20 records');
    }
  });

  it('may not hold zeros in what was acknowledged', () => {
    const copy = Buffer.from(made.bytes);
    copy.fill(0, 1024, 1536);
    expect(verdict(copy, acked)).toBe(`cut-short at record ${recordAt(made, 1024)}`);
  });
});

describe('records that do not belong', () => {
  const made = make(recordsUpTo(6));
  const other = make(recordsUpTo(3), [1, 2, 2]);
  const file = (...frames: Buffer[]) => Buffer.concat([MAGIC, ...frames]);
  const [f0, f1, f2, f3, f4, f5] = made.frames;

  it.each([
    ['a missing one', file(f0, f1, f3, f4, f5), 'out-of-order at record 2'],
    ['two that changed places', file(f0, f2, f1, f3), 'out-of-order at record 1'],
    ['one twice', file(f0, f1, f1, f2), 'out-of-order at record 2'],
    ['one of another history', file(f0, f1, other.frames[2]), 'wrong-chain at record 2'],
    ['another incident', make(recordsUpTo(3), [], 'ROOM0002').bytes, 'wrong-chain at record 0'],
    ['an owner that had lost it', make(recordsUpTo(4), [1, 2, 2, 1]).bytes, 'foreign-epoch at record 3'],
    ['an owner not yet due', make(recordsUpTo(4), [1, 1, 3, 3]).bytes, 'foreign-epoch at record 2'],
    ['something else', Buffer.from('{"type":"header"}\n'), 'not-a-journal at record 0'],
    ['nothing', Buffer.alloc(0), 'not-a-journal at record 0'],
  ])('are refused: %s', (_, bytes, expected) => {
    expect(verdict(bytes)).toBe(expected);
  });

  it('are refused though each is whole: a last record written anew with a right checksum', () => {
    const frame = encodeFrame(encodeBody(sampleCommand(5, 'forged')), {
      number: 5,
      epoch: 1,
      previousHash: hashFrame(f4),
    });
    expect(verdict(file(f0, f1, f2, f3, f4, frame), made.acked)).toMatch(/^(wrong-chain|cut-short)/);
  });

  it('are named in one sentence with their place', () => {
    const bytes = file(f0, f1, f3);
    expect(() => scanJournal(bytes, ID)).toThrow(
      `The journal of ${ID} is damaged at byte ${made.ends[1]} (record 2): out-of-order. `,
    );
  });
});
