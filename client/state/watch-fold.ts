/** What somebody who watches knows of a room, folded from what the line tells. */
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import type { CurvePiece, PublicRoom, RefusedWhy } from '../../server/spectators/public-message.ts';
import type { SpectatorNews } from '../net/spectator-line.ts';

/** A room as it is watched. */
export type Watched = {
  /** How the line stands. */
  line: 'connecting' | 'open' | 'lost' | 'refused';
  /** Since when the line is not open, Unix milliseconds; 0 while it is. */
  lostAtMs: number;
  /** Since when it is open, Unix milliseconds; 0 while it is not. */
  openedAtMs: number;
  /** Why it was refused, or null. */
  refused: { why: RefusedWhy; sentence: string } | null;
  /** What does not change; null until told. */
  room: PublicRoom | null;
  /** The newest view; null until the first is out. */
  view: IncidentFrame | null;
  /** Number of the newest frame. */
  seq: number;
  /** When it came, Unix milliseconds. */
  frameAtMs: number;
  /** The public timeline, oldest first. */
  timeline: readonly TimelineEntry[];
  /** How badly users are hurt (0–1), a value a second from 0. */
  own: readonly number[];
  /** The same with nobody acting; as long at most, and empty until it is known. */
  nobody: readonly number[];
  /** Step to which the host has moved the debrief, 1 to 4; 0 before. */
  beat: number;
  /** When, Unix milliseconds. */
  beatAtMs: number;
};

/** What is shown. */
export type Scene =
  'connecting' | 'no-answer' | 'no-room' | 'refused' | 'waiting' | 'lobby' | 'live' | 'paused' | 'ended';

/** Silence of a running room after which its picture counts as old, seconds. */
const OLD_SECONDS = 5;

/** Until a server that has not answered is said not to, milliseconds. */
const ANSWER_MS = 4000;

/** Before anything is known. */
export function unseen(nowMs: number): Watched {
  return {
    line: 'connecting',
    lostAtMs: nowMs,
    openedAtMs: 0,
    refused: null,
    room: null,
    ...NOTHING_PLAYED,
  };
}

/** What a round begins with. */
const NOTHING_PLAYED = {
  view: null,
  seq: 0,
  frameAtMs: 0,
  timeline: [],
  own: [],
  nobody: [],
  beat: 0,
  beatAtMs: 0,
} as const;

/** What is known after a piece of news. Signals change nothing here; they are kept as series. */
export function foldWatch(before: Watched, news: SpectatorNews, nowMs: number): Watched {
  const lostAtMs = before.lostAtMs === 0 ? nowMs : before.lostAtMs;
  switch (news.type) {
    case 'opened':
      return { ...before, line: 'open', lostAtMs: 0, openedAtMs: nowMs, refused: null };
    case 'lost':
      return { ...before, line: 'lost', lostAtMs, openedAtMs: 0, refused: null };
    case 'refused': {
      const { why, sentence } = news;
      return { ...before, line: 'refused', lostAtMs, openedAtMs: 0, refused: { why, sentence } };
    }
    case 'room': {
      const isAnother = before.room !== null && before.room.incidentId !== news.room.incidentId;
      return { ...before, ...(isAnother ? NOTHING_PLAYED : {}), room: news.room };
    }
    case 'frame':
      return withFrame(before, news.frame, nowMs);
    case 'curves': {
      const { own, nobody } = news.curves;
      return { ...before, own: withPiece(before.own, own), nobody: withPiece(before.nobody, nobody) };
    }
    case 'beat':
      if (news.beat.incidentId !== before.room?.incidentId) return before;
      return { ...before, beat: news.beat.beat, beatAtMs: nowMs };
    case 'signals':
      return before;
  }
}

/** A curve with what follows; a piece that does not follow tells nothing. */
function withPiece(before: readonly number[], { from, values }: CurvePiece): readonly number[] {
  if (values.length === 0 || from > before.length) return before;
  return [...before.slice(0, from), ...values];
}

function withFrame(before: Watched, frame: WireFrame, nowMs: number): Watched {
  const { full, seq, atMicros } = frame;
  // Each connection begins with a full frame; one without a beginning tells nothing.
  if (!full && before.view === null) return before;
  const { timeline = [] } = frame.view;
  return {
    ...before,
    seq,
    frameAtMs: nowMs,
    timeline: full ? timeline : [...before.timeline, ...timeline],
    view: { ...(before.view as IncidentFrame), ...frame.view, atMicros, timeline: [] },
  };
}

/** What to show: the newest picture if there ever was one, else how far it is to the first. */
export function sceneOf({ line, view, refused, lostAtMs }: Watched, nowMs: number): Scene {
  if (view !== null) {
    if (view.phase === 'closed') return 'ended';
    return view.phase === 'running' ? 'live' : view.phase;
  }
  if (refused !== null) return refused.why === 'no-room' ? 'no-room' : 'refused';
  if (line === 'open') return 'waiting';
  return nowMs - lostAtMs > ANSWER_MS ? 'no-answer' : 'connecting';
}

/** How old the picture of a running room is, seconds; 0 while that is as it should be. */
export function oldSeconds({ line, view, frameAtMs }: Watched, nowMs: number): number {
  const seconds = (nowMs - frameAtMs) / 1000;
  return view?.phase === 'running' && (line !== 'open' || seconds > OLD_SECONDS) ? seconds : 0;
}
