/** The timeline as lanes: when something happened, and of what kind. Grows with the page, not with text. */
import type { PostMortem, PostMortemLine } from '@chaotic-good/engine/protocol/post-mortem';
import { LANES } from '../timeline-lines.ts';
import { clockAt } from '../words.ts';
import { escaped } from './html-text.ts';
import { shownLines } from './render-options.ts';

/** Where a second stands in a lane, per cent. */
function place(document: PostMortem, second: number): string {
  const seconds = Math.max(1, document.closedAtMicros / 1_000_000);
  return `${Math.round((10_000 * Math.min(seconds, Math.max(0, second))) / seconds) / 100}%`;
}

function tick(document: PostMortem, { atMicros, tone, text, marker, pinned }: PostMortemLine): string {
  const strong = marker !== '' || pinned ? ' strong' : '';
  const when = clockAt(document.startedAtUnixMs, atMicros);
  const at = place(document, atMicros / 1_000_000);
  return `<i class="tick ${tone}${strong}" style="left:${at}" title="${escaped(`${when} ${text}`)}"></i>`;
}

function hurtBars(document: PostMortem): string {
  return document.impact.hurt
    .map(({ fromSecond, untilSecond }) => {
      const from = parseFloat(place(document, fromSecond));
      const until = parseFloat(place(document, untilSecond));
      return `<i class="hurt" style="left:${from}%;width:${Math.round((until - from) * 100) / 100}%"></i>`;
    })
    .join('');
}

/** The lanes, with the ends of the time axis. */
export function htmlLanes(document: PostMortem): string {
  const lines = shownLines(document);
  const rows = LANES.map(([lane, title]) => {
    const own = lines.filter((line) => line.lane === lane);
    const bars = lane === 'journeys' ? hurtBars(document) : '';
    const ticks = own.map((line) => tick(document, line)).join('');
    return `<dt>${title}</dt><dd>${bars}${ticks}</dd>`;
  });
  const { startedAtUnixMs, closedAtMicros } = document;
  const ends = [0, closedAtMicros / 2, closedAtMicros].map((micros) => clockAt(startedAtUnixMs, micros));
  return (
    `<dl class="lanes" aria-hidden="true">${rows.join('')}` +
    `<dt></dt><dd class="ends">${ends.map((end) => `<span>${end}</span>`).join('')}</dd></dl>` +
    '<p class="small">A bar: users were hurt. A mark: something happened; ' +
    'a tall one mattered to the whole.</p>'
  );
}
