/** What a chart draws. It knows lines, units and times, and nothing of what they mean. */

/** A line. */
export type ChartLine = {
  /** Name in the legend. */
  name: string;
  /** Number of its colour, from 0; bound to the name by whoever draws. */
  color: number;
  /** Values, one for each second of `seconds`; null = a gap. */
  values: (number | null)[];
};

/** A moment worth a mark. */
export type ChartMark = { second: number; tone: 'bad' | 'action' | 'good' | 'neutral'; label: string };

/** A span of incident time, seconds. */
export type ChartRange = { from: number; to: number };

/** Everything that a chart draws. */
export type ChartData = {
  /** Seconds of incident time, rising. */
  seconds: number[];
  lines: ChartLine[];
  /** A line that shall not be crossed. */
  objective?: { value: number; label: string };
  marks: ChartMark[];
  range: ChartRange;
  /** The highest value at least; keeps a quiet chart from shouting. */
  atLeast: number;
  /** Writes a value with its unit. */
  format: (value: number) => string;
  /** Seconds that the clock stood past the full hour at second 0, so that the axis has round times. */
  clockOffset: number;
  /** Writes a second on the axis. */
  formatTime: (second: number) => string;
};

/** Where the crosshair stands. */
export type ChartCursor = { index: number; mark: ChartMark | null } | null;

/** What a chart tells. */
export type ChartEvents = {
  onZoom: (range: ChartRange) => void;
  onLive: () => void;
  onCursor: (cursor: ChartCursor) => void;
};
