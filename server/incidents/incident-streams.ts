/**
 * The frames of one incident: a stream per audience, numbered from 1 without gaps. All streams advance
 * together, so what is common is encoded once; only timelines differ.
 */
import { changedFields, commonView, isNews } from '@chaotic-good/engine/incident/common-view';
import type { CommonView } from '@chaotic-good/engine/incident/common-view';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import { viewerOfSeat } from '@chaotic-good/engine/incident/viewer-of-seat';
import type { Viewer } from '@chaotic-good/engine/protocol/audience';
import { packFrame } from '@chaotic-good/engine/wire/frame-message';
import { frameText } from './frame-text.ts';
import type { FrameText, Onlooker } from './incident-host.ts';
import { publicTimeline, publicView } from './public-view.ts';
import { TeamEditions } from './team-editions.ts';

/** A frame for the stream of this key. */
export type StreamFrame = FrameText & { key: string };

type Stream = {
  onlooker: Onlooker;
  /** Number of its newest frame. */
  seq: number;
  /** Position in the log up to which its timeline is told. */
  fromEvent: number;
  /** Whether the next frame must hold everything. */
  fresh: boolean;
  /** Who looked at the last frame: other eyes may know other events, and so need everything again. */
  eyes: string;
};

/** Name of an onlooker's stream. */
export function streamKey(onlooker: Onlooker): string {
  return onlooker.kind === 'seat' ? `seat:${onlooker.seat}` : 'public';
}

function viewerOf(incident: Incident, onlooker: Onlooker): Viewer {
  return onlooker.kind === 'public' ? { kind: 'public' } : viewerOfSeat(incident.state, onlooker.seat);
}

/** How the incident is shown to the team at one moment: packed once for all its streams. */
type TeamEdition = {
  kind: 'team';
  atMicros: number;
  /** What differs from the edition before; null when nothing but the time does. */
  news: Uint8Array | null;
  /** Everything, when somebody needs it. */
  whole: () => Uint8Array;
};

/** How the incident is shown to spectators at one moment. */
type PublicEdition = {
  kind: 'public';
  view: CommonView;
  /** Fields that differ from the frames before. */
  changed: string[];
  /** Whether anything but the time does. */
  news: boolean;
};

type Edition = TeamEdition | PublicEdition;

/** The streams of an incident. */
export class IncidentStreams {
  readonly #streams = new Map<string, Stream>();
  /** What the streams of the team that are not fresh have. */
  readonly #team = new TeamEditions();
  /** What streams of spectators that are not fresh have. */
  #publicBefore: CommonView | null = null;

  /** Opens a stream, or makes a known one begin with everything; its numbers go on after `fromSeq`. */
  subscribe(onlooker: Onlooker, fromSeq: number): void {
    const key = streamKey(onlooker);
    const seq = Math.max(fromSeq, this.#streams.get(key)?.seq ?? 0);
    this.#streams.set(key, { onlooker, seq, fromEvent: 0, fresh: true, eyes: '' });
  }

  /** Ends a stream. */
  unsubscribe(onlooker: Onlooker): void {
    this.#streams.delete(streamKey(onlooker));
  }

  /** Whether somebody waits for a first or full frame. */
  get awaited(): boolean {
    return [...this.#streams.values()].some(({ fresh }) => fresh);
  }

  /** The frames that bring every stream up to date; `tick` sends one even when only time has passed. */
  advance(incident: Incident, tick: boolean): StreamFrame[] {
    const streams = [...this.#streams.entries()];
    const isPublic = ([, { onlooker }]: [string, Stream]) => onlooker.kind === 'public';
    const team = this.#teamEdition(incident, !streams.every(isPublic));
    const spectators = this.#publicEdition(incident, streams.some(isPublic));
    const frames: StreamFrame[] = [];
    for (const [key, stream] of streams) {
      const edition = stream.onlooker.kind === 'public' ? spectators : team;
      const frame = edition && this.#frame(incident, stream, edition, tick);
      if (frame) frames.push({ key, ...frame });
    }
    return frames;
  }

  #teamEdition(incident: Incident, isWatched: boolean): TeamEdition | null {
    if (isWatched) return { kind: 'team', ...this.#team.next(incident) };
    // Whoever comes next finds nobody with whom to share.
    this.#team.forget();
    return null;
  }

  /** Spectators see how users fare, not what the team looks at: no telemetry. */
  #publicEdition(incident: Incident, isWatched: boolean): PublicEdition | null {
    const before = this.#publicBefore;
    const view = isWatched ? publicView(commonView(incident), incident) : null;
    this.#publicBefore = view;
    if (view === null) return null;
    return { kind: 'public', view, changed: changedFields(view, before), news: isNews(view, before) };
  }

  /** The next frame of a stream, or null when there is nothing to tell it. */
  #frame(incident: Incident, stream: Stream, edition: Edition, tick: boolean): FrameText | null {
    const { state } = incident;
    const viewer = viewerOf(incident, stream.onlooker);
    const eyes = `${state.revealed} ${JSON.stringify(viewer)}`;
    const full = stream.fresh || stream.eyes !== eyes;
    const fromEvent = full ? 0 : stream.fromEvent;
    const entries =
      stream.onlooker.kind === 'public'
        ? publicTimeline(incident, fromEvent)
        : timelineOf(state.events.slice(fromEvent), viewer, state.revealed);
    const news = edition.news !== null && edition.news !== false;
    if (!full && !tick && !news && entries.length === 0) return null;
    Object.assign(stream, { fresh: false, eyes, fromEvent: state.events.length });
    const seq = ++stream.seq;
    const timeline = entries.length > 0 || full ? JSON.stringify(entries) : '';
    return { seq, full, ...carried(edition, { seq, full, timeline }) };
  }
}

/** A frame of an edition: text for spectators, whose library is quicker with it; bytes for seats. */
function carried(
  edition: Edition,
  { seq, full, timeline }: { seq: number; full: boolean; timeline: string },
): Pick<FrameText, 'text' | 'bytes'> {
  if (edition.kind === 'team') {
    const { atMicros, whole, news } = edition;
    const packed = { seq, atMicros, full, timeline, edition: full ? whole() : news };
    return { text: '', bytes: packFrame(packed) };
  }
  const { view, changed } = edition;
  const fields = full ? changedFields(view, null) : changed;
  return { text: frameText({ seq, atMicros: view.atMicros, full, fields, timeline }) };
}
