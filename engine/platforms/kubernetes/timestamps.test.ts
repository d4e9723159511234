import { describe, expect, it } from 'vitest';
import {
  ageText,
  durationText,
  parseTimestampMicros,
  rfc3339,
  SIM_EPOCH_UNIX_SECONDS,
  timestampAt,
} from './timestamps.ts';

const ORIGIN = { startSecondOfWeek: 86400 + 3600 };

describe('timestamps', () => {
  it('count from Monday 2026-01-05 plus the second of the week', () => {
    expect(timestampAt({ startSecondOfWeek: 0 }, 0)).toBe('2026-01-05T00:00:00Z');
    expect(timestampAt(ORIGIN, 61_999_999)).toBe('2026-01-06T01:01:01Z');
    expect(timestampAt(ORIGIN, -1)).toBe('2026-01-06T00:59:59Z');
  });

  it('agree with the platform calendar over sixty years', () => {
    for (let day = -11_000; day < 11_000; day += 13) {
      const seconds = SIM_EPOCH_UNIX_SECONDS + day * 86_400 + day;
      expect(rfc3339(seconds)).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
    }
  });

  it('are read back to the microsecond, in any zone', () => {
    expect(parseTimestampMicros(ORIGIN, timestampAt(ORIGIN, 5_000_000))).toBe(5_000_000);
    expect(parseTimestampMicros(ORIGIN, '2026-01-06T02:00:00.25+01:00')).toBe(250_000);
    expect(parseTimestampMicros(ORIGIN, '2026-02-30T00:00:00Z')).toBeUndefined();
    expect(parseTimestampMicros(ORIGIN, 'yesterday')).toBeUndefined();
  });

  it('print ages as kubectl does', () => {
    const ages: [number, string][] = [
      [-5, '<invalid>'],
      [-1, '0s'],
      [45, '45s'],
      [119, '119s'],
      [120, '2m'],
      [200, '3m20s'],
      [900, '15m'],
      [7500, '125m'],
      [3 * 3600, '3h'],
      [5 * 3600 + 180, '5h3m'],
      [47 * 3600, '47h'],
      [76 * 3600, '3d4h'],
      [9 * 86400, '9d'],
      [800 * 86400, '2y70d'],
    ];
    for (const [seconds, text] of ages) expect(durationText(seconds)).toBe(text);
    expect(ageText(ORIGIN, 60_000_000, timestampAt(ORIGIN, 0))).toBe('60s');
    expect(ageText(ORIGIN, 0, '')).toBe('<unknown>');
  });
});
