/** The only place that knows uPlot: draws lines over time, with marks, a crosshair and drag to zoom. */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Attachment } from 'svelte/attachments';
import type { ChartData, ChartEvents } from './chart-data.ts';
import { drawEnds, drawMarks, drawObjective, nearestMark } from './chart-layers.ts';
import { readInk } from './ink.ts';
import type { Ink } from './ink.ts';

/** Charts with this key share one crosshair. */
const CROSSHAIR = 'crosshair';
const LEFT_AXIS = 58;
const RIGHT_ENDS = 60;
/** Steps of the time axis, seconds. */
const ROUND_SECONDS = [1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];

/** Lines over time, redrawn whenever what `read` reads changes. */
export function timeSeries(read: () => ChartData, events: ChartEvents): Attachment<HTMLElement> {
  return (node) => {
    let chart: uPlot | null = null;
    let shape = '';
    let data = read();
    let frame = 0;
    const ink = () => readInk(node);

    const draw = () => {
      frame = 0;
      const size = { width: node.clientWidth, height: node.clientHeight };
      if (size.width === 0 || size.height === 0) return;
      const wanted = shapeOf(data, node);
      if (chart === null || wanted !== shape) {
        chart?.destroy();
        shape = wanted;
        chart = new uPlot(
          optionsOf(() => data, ink(), size, events),
          columns(data),
          node,
        );
        return;
      }
      if (chart.width !== size.width || chart.height !== size.height) chart.setSize(size);
      chart.setData(columns(data), false);
      chart.setScale('x', { min: data.range.from, max: data.range.to });
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };

    $effect(() => {
      data = read();
      later();
    });
    const sizes = new ResizeObserver(later);
    sizes.observe(node);
    const theme = new MutationObserver(later);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      theme.disconnect();
      chart?.destroy();
    };
  };
}

function columns({ seconds, lines }: ChartData): uPlot.AlignedData {
  return [seconds, ...lines.map(({ values }) => values)];
}

/** What makes a new chart necessary: other lines, other colours, another size. */
function shapeOf({ lines }: ChartData, node: HTMLElement): string {
  const theme = node.ownerDocument.documentElement.dataset.theme ?? '';
  const size = getComputedStyle(node).getPropertyValue('--chart-size');
  return `${theme}|${size}|${lines.map(({ name, color }) => `${name}:${color}`).join('|')}`;
}

/** Times between two moments at which the clock is round. */
function roundTimes(from: number, to: number, step: number, offset: number): number[] {
  const times: number[] = [];
  for (let at = Math.ceil((from + offset) / step) * step - offset; at <= to; at += step) times.push(at);
  return times;
}

/** A number without the zeros that say nothing on an axis. */
function plain(text: string): string {
  return text.replace(/\.0+(?=\D|$)/, '');
}

function axesOf(read: () => ChartData, ink: Ink): uPlot.Axis[] {
  const common = {
    stroke: ink.muted,
    font: ink.font,
    grid: { stroke: ink.line, width: 1 },
    ticks: { stroke: ink.line, width: 1, size: 4 },
  };
  return [
    {
      ...common,
      space: 72 * ink.scale,
      size: 24 * ink.scale,
      incrs: ROUND_SECONDS,
      splits: (_chart, _axis, from, to, step) => roundTimes(from, to, step, read().clockOffset),
      values: (_chart, splits) => splits.map((at) => read().formatTime(at)),
    },
    {
      ...common,
      space: 28 * ink.scale,
      size: LEFT_AXIS * ink.scale,
      values: (_chart, splits) => splits.map((at) => plain(read().format(at))),
    },
  ];
}

function optionsOf(
  read: () => ChartData,
  ink: Ink,
  size: { width: number; height: number },
  events: ChartEvents,
): uPlot.Options {
  const { lines, range } = read();
  return {
    ...size,
    padding: [8, RIGHT_ENDS * ink.scale, 0, 0],
    legend: { show: false },
    cursor: {
      sync: { key: CROSSHAIR, setSeries: false },
      points: { size: 5 },
      y: false,
      drag: { x: true, y: false, setScale: false },
      bind: { dblclick: () => () => (events.onLive(), null) },
    },
    scales: {
      x: { time: false, range: (_chart, min, max) => [min ?? range.from, max ?? range.to] },
      y: { range: (_chart, _min, max) => [0, ceiling(read(), max)] },
    },
    axes: axesOf(read, ink),
    series: [
      {},
      ...lines.map(({ name, color }) => ({
        label: name,
        stroke: ink.series[color % ink.series.length],
        width: 1.5 * ink.scale,
        points: { show: false },
        spanGaps: false,
      })),
    ],
    hooks: {
      ready: [(chart) => chart.setScale('x', { min: range.from, max: range.to })],
      drawAxes: [(chart) => drawObjective(chart, read(), ink), (chart) => drawMarks(chart, read(), ink)],
      draw: [(chart) => drawEnds(chart, read(), ink)],
      setSelect: [(chart) => zoom(chart, events)],
      setCursor: [(chart) => tellCursor(chart, read(), events)],
    },
  };
}

/** Top of the scale: room over the highest value and the objective. */
function ceiling({ atLeast, objective }: ChartData, max: number | null): number {
  return Math.max(atLeast, (max ?? 0) * 1.1, (objective?.value ?? 0) * 1.5);
}

function zoom(chart: uPlot, events: ChartEvents): void {
  const { left, width } = chart.select;
  if (width < 8) return;
  const range = { from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') };
  chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  events.onZoom(range);
}

function tellCursor(chart: uPlot, data: ChartData, events: ChartEvents): void {
  const { idx, left } = chart.cursor;
  if (idx === null || idx === undefined || left === undefined || left < 0) return events.onCursor(null);
  events.onCursor({ index: idx, mark: nearestMark(chart, data, left) });
}
