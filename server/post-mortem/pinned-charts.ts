/**
 * What pinned charts showed, read off the telemetry before it is forgotten: bounded in number and size.
 *
 * Why  A pin keeps the title of a chart and a span; the series themselves end with the incident. The charts
 *      are those that pages let people pin, by their titles; one that is not known here keeps its words only.
 */
import type { EventOf, IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { DebriefSystem } from '@chaotic-good/engine/protocol/debrief';
import type { PostMortemChart } from '@chaotic-good/engine/protocol/post-mortem';
import type { Telemetry } from '@chaotic-good/engine/telemetry/telemetry';
import { chartSpec } from './pinned-chart-specs.ts';
import { seriesReaders } from './series-readers.ts';

/** Charts of a game, lines of a chart and values of a line at most. */
const CHARTS_MAX = 12;
const LINES_MAX = 8;
const VALUES_MAX = 120;
/** A chart over less than this would show nothing, seconds. */
const SPAN_SECONDS_MIN = 30;

/** Where a pin was made. */
type Place = { focus: string; from: number; to: number };

/** The span that a pin names, at most up to when it was pinned; null for one that names none. */
function placeOf({ place, atMicros }: EventOf<'EvidencePinned'>): Place | null {
  const asked = new URLSearchParams(place.replace(/^\?/, ''));
  const pinnedSecond = Math.floor(atMicros / 1_000_000);
  const from = Number(asked.get('from') ?? NaN);
  const to = Math.min(pinnedSecond, Number(asked.get('to') ?? NaN));
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  return { focus: asked.get('focus') ?? '', from: Math.min(from, to - SPAN_SECONDS_MIN), to };
}

function chartOf(
  telemetry: Telemetry,
  system: DebriefSystem,
  pin: EventOf<'EvidencePinned'>,
): PostMortemChart | null {
  const place = placeOf(pin);
  if (place === null) return null;
  const { focus, from, to } = place;
  const suffix = `, ${focus}`;
  const title = focus !== '' && pin.title.endsWith(suffix) ? pin.title.slice(0, -suffix.length) : pin.title;
  const read = seriesReaders(telemetry, from, to);
  const spec = chartSpec({ title, focus, system, read });
  if (spec === null) return null;
  const stepSeconds = Math.max(1, Math.ceil((to - from) / VALUES_MAX));
  const seconds: number[] = [];
  for (let second = from; second <= to; second += stepSeconds) seconds.push(second);
  const lines = spec.lines.slice(0, LINES_MAX).map(({ name, at }) => ({
    name,
    values: seconds.map((second) => {
      const value = at(second);
      return value === null ? null : Number(value.toPrecision(4));
    }),
  }));
  if (!lines.some(({ values }) => values.some((value) => value !== null))) return null;
  return {
    title: pin.title,
    unit: spec.unit,
    caption: '',
    fromSecond: from,
    stepSeconds,
    lines,
    objective: null,
    atLeast: spec.atLeast,
    marks: [],
  };
}

/** The charts, by the id of the pin. */
export function pinnedCharts(
  telemetry: Telemetry | null,
  system: DebriefSystem,
  events: readonly IncidentEvent[],
): { [pinId: string]: PostMortemChart } {
  if (telemetry === null) return {};
  const pins = events.filter(
    (event): event is EventOf<'EvidencePinned'> => event.type === 'EvidencePinned' && event.kind === 'chart',
  );
  const charts = pins.flatMap((pin): [string, PostMortemChart][] => {
    const chart = chartOf(telemetry, system, pin);
    return chart === null ? [] : [[pin.pinId, chart]];
  });
  return Object.fromEntries(charts.slice(0, CHARTS_MAX));
}
