/** Where somebody points, as a chart marks it. */
import type { ChartMark } from '../charts/chart-data.ts';
import type { RoomState } from '../state/room.svelte.ts';

/** The mark on one chart, or null; `focus` is the thing whose chart it is, '' for charts of all. */
export function hereMark(room: RoomState, chart: string, focus: string): ChartMark | null {
  const { here } = room.presence;
  if (here === null || here.chart !== chart || here.focus !== focus) return null;
  const who = here.seat === room.seat ? 'You' : room.nameOf(here.seat);
  return { second: here.second, tone: 'action', label: `${who}: here` };
}
