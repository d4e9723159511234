/** Which span of time the charts show: the last minutes, live, or a span that stands still. */
import type { ChartRange } from '../charts/chart-data.ts';
import type { Route } from '../state/route.svelte.ts';

/** Spans that can be picked, seconds. */
export const SPANS: readonly [seconds: number, label: string][] = [
  [300, '5 min'],
  [900, '15 min'],
  [1800, '30 min'],
];

/** The span of the charts, as the address says it. */
export class ViewRange {
  #route: Route;
  /** Length of the live span, seconds. */
  span = $derived.by(() => Number(this.#route.asked('span')) || 300);
  /** The span that stands still, or null while live. */
  fixed = $derived.by((): ChartRange | null => {
    const [from, to] = [this.#route.asked('from'), this.#route.asked('to')];
    return from === '' || to === '' ? null : { from: Number(from), to: Number(to) };
  });

  constructor(route: Route) {
    this.#route = route;
  }

  /** The span at a moment. */
  at(nowSecond: number): ChartRange {
    return this.fixed ?? { from: nowSecond - this.span, to: nowSecond };
  }

  /** Stands still on a span. */
  zoom = ({ from, to }: ChartRange): void => {
    this.#route.ask({ from: String(Math.round(from)), to: String(Math.round(to)) });
  };

  /** Goes live again, with another span if one is given. */
  live = (span = this.span): void => {
    this.#route.ask({ from: '', to: '', span: span === 300 ? '' : String(span) });
  };
}
