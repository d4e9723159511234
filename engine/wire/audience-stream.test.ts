import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SeriesValue } from '../telemetry/frame.ts';
import type { ShelvedLine } from '../telemetry/shelved-line.ts';
import { createAudienceStream, packNews, packWhole, readNews, readWhole } from './audience-stream.ts';
import type { TelemetryNews } from './audience-stream.ts';
import { fromCode, toCode } from './value-grid.ts';
import type { Grid } from './value-grid.ts';
import { WireError } from './wire-error.ts';

// Method: a room that fast-check invents, second by second: series come, count, are reset, are no number,
// vanish and come back; lines are alike or not. A model of what a screen must know is kept beside it.

const NAMES: Readonly<Record<string, Grid>> = { total: 'whole', seconds: 'thousandths', latency: 'real' };
const gridOf = (name: string): Grid => NAMES[name];

const value = fc.oneof(
  fc.nat({ max: 1e9 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constant(0),
  fc.constant(null),
  fc.constant(Number.NaN),
  fc.constant(Infinity),
);
// Few of many known ones, or nearly all of them: both ways of telling which.
const series = fc.uniqueArray(fc.record({ id: fc.nat({ max: 40 }), value }), {
  selector: ({ id }) => id,
  maxLength: 41,
  size: 'max',
});
const line = fc.record({
  order: fc.nat(),
  atMicros: fc.integer({ min: -1e9, max: 1e9 }),
  workload: fc.constantFrom('shop/web', 'shop/db'),
  namespace: fc.constant('shop'),
  pod: fc.stringMatching(/^web-[0-9a-z]{1,2}$/),
  container: fc.constant('web'),
  level: fc.constantFrom('info', 'error'),
  template: fc.constantFrom('access', 'failure'),
  text: fc.oneof(fc.stringMatching(/^GET \/[a-z]{1,2} [0-9]{1,6} in [0-9]{1,2}\.[0-9] ms$/), fc.string()),
  count: fc.nat({ max: 1000 }),
}) as fc.Arbitrary<ShelvedLine>;
const fields = fc.dictionary(fc.constantFrom('phase', 'seats', 'journeys', 'impact'), fc.json());
const second = fc.record({ series, fields, lines: fc.array(line, { maxLength: 8 }), omitted: fc.nat(5) });

type Second = { series: { id: number; value: number | null }[]; fields: Record<string, string> } & {
  lines: ShelvedLine[];
  omitted: number;
};

/** A series of this number, always of the same name and labels. */
function named({ id, value: newest }: { id: number; value: number | null }): SeriesValue {
  const name = Object.keys(NAMES)[id % 3];
  return { id, name, labels: { pod: `web-${id % 7}`, route: `/${id}` }, value: newest };
}

function newsOf({ series: changed, lines, omitted }: Second): TelemetryNews {
  const kubeEvents: TelemetryNews['kubeEvents'] = [];
  return { series: changed.map(named), logLines: lines, logLinesOmitted: omitted, kubeEvents };
}

/** A room with a screen, and the model of what the screen must know. */
function room() {
  const sender = createAudienceStream();
  const known = new Map<number, SeriesValue>();
  const view = new Map<string, string>();
  const tell = (one: Second): Uint8Array | null => {
    for (const [name, json] of Object.entries(one.fields)) view.set(name, json);
    for (const told of newsOf(one).series) {
      const { id, name, value: newest } = told;
      if (newest === null || !Number.isFinite(newest)) known.delete(id);
      else known.set(id, { ...told, value: fromCode(gridOf(name), toCode(gridOf(name), newest)) });
    }
    return packNews(sender, new Map(Object.entries(one.fields)), newsOf(one), gridOf);
  };
  return { sender, known, view, tell };
}

function screen() {
  const stream = createAudienceStream();
  const known = new Map<number, SeriesValue>();
  const take = (edition: ReturnType<typeof readNews>, full: boolean) => {
    if (full) known.clear();
    for (const told of edition.telemetry?.series ?? []) {
      if (told.value === null) known.delete(told.id);
      else known.set(told.id, told);
    }
    return edition;
  };
  return {
    stream,
    known,
    whole: (bytes: Uint8Array) => take(readWhole(stream, bytes), true),
    news: (bytes: Uint8Array) => take(readNews(stream, bytes), false),
  };
}

function sorted(known: Map<number, SeriesValue>): SeriesValue[] {
  return [...known.values()].sort((a, b) => a.id - b.id);
}

it('a screen knows after each piece of news what the room told, also one that came late', () => {
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 12 }), fc.nat({ max: 11 }), (seconds, late) => {
      const { sender, known, view, tell } = room();
      const [early, later] = [screen(), screen()];
      seconds.forEach((one, at) => {
        const bytes = tell(one as Second);
        if (bytes !== null) {
          const { telemetry } = early.news(bytes);
          expect(telemetry?.logLines ?? []).toEqual(one.lines);
          expect(telemetry?.logLinesOmitted ?? 0).toBe(one.omitted);
          if (at > late) later.news(bytes);
        }
        if (at === late) {
          const { telemetry, fields: all } = later.whole(packWhole(sender, newsOf(one as Second)));
          expect(telemetry?.logLines ?? []).toEqual(one.lines);
          expect([...all]).toEqual([...view]);
        }
        expect(sorted(early.known)).toEqual(sorted(known));
        expect([...early.stream.fields]).toEqual([...view]);
        if (at >= late) expect(sorted(later.known)).toEqual(sorted(known));
      });
    }),
  );
});

it('news is never taken in on top of anything but the edition before', () => {
  fc.assert(
    fc.property(
      fc.array(second, { minLength: 2, maxLength: 10 }),
      fc.infiniteStream(fc.boolean()),
      (all, luck) => {
        const { sender, known, tell } = room();
        const { stream, known: seen, news, whole } = screen();
        for (const one of all) {
          const bytes = tell(one as Second);
          const before = stream.edition;
          if (bytes === null || luck.next().value === true) continue; // lost
          if (before === sender.edition - 1) news(bytes);
          else {
            expect(() => news(bytes)).toThrow(
              new WireError('gap', `news on ${sender.edition - 1} cannot follow ${before}`),
            );
            expect(stream.edition).toBe(before);
            whole(packWhole(sender, null));
          }
          expect(sorted(seen)).toEqual(sorted(known));
          expect(() => news(bytes)).toThrow(WireError);
          expect(sorted(seen)).toEqual(sorted(known));
        }
      },
    ),
  );
});

it('the same news are the same bytes, whatever the order in which a table was filled', () => {
  fc.assert(
    fc.property(fc.array(second, { minLength: 1, maxLength: 6 }), (seconds) => {
      const [one, other] = [room(), room()];
      for (const each of seconds) {
        const turned = { ...each, series: [...each.series].reverse() };
        expect(other.tell(turned as Second)).toEqual(one.tell(each as Second));
      }
    }),
  );
});

it('says nothing when nothing changed by a step', () => {
  const { tell } = room();
  const still = { fields: { phase: '"running"' }, lines: [], omitted: 0 };
  expect(tell({ ...still, series: [{ id: 2, value: 0.25 }] })).not.toBeNull();
  expect(tell({ ...still, series: [{ id: 2, value: 0.250001 }] })).toBeNull();
});

it('keeps no more kinds of lines than a late joiner can be told', () => {
  const { sender, tell } = room();
  const { news, whole } = screen();
  const kind = {
    workload: 'shop/web',
    namespace: 'shop',
    pod: 'web',
    container: 'web',
    level: 'info',
  } as const;
  // Letters, not numbers: each is a kind of its own.
  const word = (number: number) => [...String(number)].map((digit) => 'ghijklmnop'[Number(digit)]).join('');
  for (let at = 0; at < 1000; at++) {
    const lines = [at, at % 7].map((number, order) => ({
      ...kind,
      ...{
        order: at * 2 + order,
        atMicros: at,
        template: 'access',
        text: `${word(number)} took ${at} ms`,
        count: 1,
      },
    }));
    const bytes = tell({ series: [], fields: {}, lines, omitted: 0 });
    expect(news(bytes as Uint8Array).telemetry?.logLines).toEqual(lines);
  }
  expect(sender.logs.slots.length).toBe(256);
  const late = packWhole(sender, null);
  expect(late.length).toBeLessThan(20_000);
  expect(() => whole(late)).not.toThrow();
});
