/** Pins what was seen: a chart, a log line, a command; with the way back to it. */
import { cutTo, placeOf } from '../state/evidence-place.ts';
import { messageOf } from '../state/log-filter.ts';
import type { LogLine } from '../state/log-filter.ts';
import type { RoomState } from '../state/room.svelte.ts';
import type { RanLine } from '../state/terminal-session.svelte.ts';

/** Longest title and text of a pin, characters; the engine refuses more. */
const CHARACTERS_MAX = { title: 120, text: 600 };
/** A log line is found again by its beginning. */
const FOUND_BY_CHARACTERS = 80;

type Pin = { kind: 'chart' | 'log' | 'command'; title: string; text: string; place: string };

function pin(room: RoomState, { kind, title, text, place }: Pin): void {
  const cut = { title: cutTo(title, CHARACTERS_MAX.title), text: cutTo(text, CHARACTERS_MAX.text) };
  room.do({ type: 'PinEvidence', kind, ...cut, place }, `Pin: ${cut.title}`);
}

/** Pins a chart over a span of seconds; `said` = its unit and what its lines said at the last moment. */
export function pinChart(
  room: RoomState,
  {
    title,
    said,
    focus,
    range,
  }: { title: string; said: string; focus: string; range: { from: number; to: number } },
): void {
  const span = { from: String(Math.round(range.from)), to: String(Math.round(range.to)) };
  const named = focus === '' ? title : `${title}, ${focus}`;
  pin(room, { kind: 'chart', title: named, text: said, place: placeOf('overview', { focus, ...span }) });
}

/** Pins a log line, found again by its pod and its beginning. */
export function pinLogLine(room: RoomState, line: LogLine): void {
  const title = `${line.workload.split('/')[1] ?? line.workload}: ${line.level}`;
  const q = messageOf(line).slice(0, FOUND_BY_CHARACTERS);
  pin(room, { kind: 'log', title, text: line.text, place: placeOf('logs', { pod: line.pod, q }) });
}

/** Pins a command with the end of what it printed. */
export function pinCommand(room: RoomState, terminal: string, { line, output }: RanLine): void {
  const plain = output.replace(/\x1b\[[0-9;]*m/g, '').trim();
  const endCharacters = CHARACTERS_MAX.text - 1;
  const end = plain.length > endCharacters ? `…${plain.slice(-(endCharacters - 1))}` : plain;
  pin(room, { kind: 'command', title: line, text: end, place: placeOf(terminal) });
}
