/** What a chart draws besides its lines: the objective, marks, and the last value at each line's end. */
import type uPlot from 'uplot';
import type { ChartData, ChartMark } from './chart-data.ts';
import type { Ink } from './ink.ts';

const MARK_REACH = 6;
const LABEL_HEIGHT = 13;

/** Draws in the page's pixels, inside a saved state. */
function inPixels(chart: uPlot, draw: (context: CanvasRenderingContext2D, ratio: number) => void): void {
  const { ctx } = chart;
  ctx.save();
  draw(ctx, devicePixelRatio);
  ctx.restore();
}

/** The line that shall not be crossed, with its label at the left. */
export function drawObjective(chart: uPlot, { objective }: ChartData, ink: Ink): void {
  if (objective === undefined) return;
  inPixels(chart, (context, ratio) => {
    const { left, width } = chart.bbox;
    const y = Math.round(chart.valToPos(objective.value, 'y', true)) + 0.5;
    context.strokeStyle = ink.muted;
    context.setLineDash([4 * ratio, 4 * ratio]);
    context.beginPath();
    context.moveTo(left, y);
    context.lineTo(left + width, y);
    context.stroke();
    context.fillStyle = ink.muted;
    context.font = scaled(ink.font, ratio);
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(objective.label, left + 4 * ratio, y - 4 * ratio);
  });
}

function toneInk(tone: ChartMark['tone'], ink: Ink): string {
  if (tone === 'bad') return ink.bad;
  if (tone === 'good') return ink.ok;
  return tone === 'action' ? ink.accent : ink.muted;
}

/** A thin line for each mark, with a form at its top that tells the tone without colour. */
export function drawMarks(chart: uPlot, { marks, range }: ChartData, ink: Ink): void {
  inPixels(chart, (context, ratio) => {
    const { top, height } = chart.bbox;
    for (const { second, tone } of marks) {
      if (second < range.from || second > range.to) continue;
      const x = Math.round(chart.valToPos(second, 'x', true)) + 0.5;
      context.strokeStyle = context.fillStyle = toneInk(tone, ink);
      context.globalAlpha = 0.7;
      context.setLineDash([2 * ratio, 3 * ratio]);
      context.beginPath();
      context.moveTo(x, top);
      context.lineTo(x, top + height);
      context.stroke();
      context.globalAlpha = 1;
      drawForm(context, tone, x, top, 3.5 * ratio);
    }
  });
}

function drawForm(
  context: CanvasRenderingContext2D,
  tone: ChartMark['tone'],
  x: number,
  y: number,
  size: number,
): void {
  context.beginPath();
  if (tone === 'bad') {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y + size);
    context.lineTo(x - size, y + size);
  } else if (tone === 'action') {
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
  } else {
    context.arc(x, y, size * 0.8, 0, 2 * Math.PI);
  }
  context.fill();
}

/** The last value of each line at its end, moved apart where they would overlap. */
export function drawEnds(chart: uPlot, data: ChartData, ink: Ink): void {
  inPixels(chart, (context, ratio) => {
    const { left, width, top, height } = chart.bbox;
    const ends = data.lines.flatMap(({ color, values }, at) => {
      if (chart.series[at + 1]?.show === false) return [];
      const value = lastShown(data, values);
      if (value === null) return [];
      return [{ value, y: chart.valToPos(value, 'y', true), ink: ink.series[color % ink.series.length] }];
    });
    ends.sort((a, b) => b.y - a.y);
    context.font = scaled(ink.font, ratio);
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    const places = spread(
      ends.map(({ y }) => y),
      top + 4 * ratio,
      top + height,
      LABEL_HEIGHT * ink.scale * ratio,
    );
    ends.forEach((end, at) => {
      context.fillStyle = end.ink;
      context.fillText(data.format(end.value), left + width + 6 * ratio, places[at]);
    });
  });
}

/** Heights from the lowest up, moved so that none comes nearer to the next than `gap`, inside the plot. */
function spread(heights: readonly number[], top: number, bottom: number, gap: number): number[] {
  const places: number[] = [];
  for (const height of heights) places.push(Math.min(height, (places.at(-1) ?? bottom + gap) - gap));
  for (let at = places.length - 1, free = top; at >= 0; at--, free = places[at + 1] + gap) {
    places[at] = Math.max(places[at], free);
  }
  return places;
}

/** The newest value inside the range. */
function lastShown({ seconds, range }: ChartData, values: readonly (number | null)[]): number | null {
  const end = seconds.findLastIndex((second) => second <= range.to);
  return values[end] ?? null;
}

function scaled(font: string, ratio: number): string {
  return font.replace(/^(\d+)px/, (_match, size: string) => `${Number(size) * ratio}px`);
}

/** The mark under the crosshair, or null. */
export function nearestMark(chart: uPlot, { marks }: ChartData, left: number): ChartMark | null {
  let nearest: ChartMark | null = null;
  let reach = MARK_REACH;
  for (const mark of marks) {
    const distance = Math.abs(chart.valToPos(mark.second, 'x') - left);
    if (distance > reach) continue;
    nearest = mark;
    reach = distance;
  }
  return nearest;
}
