/**
 * The frames of one incident: a stream per audience, numbered from 1 without gaps. All streams advance
 * together, so what is common is encoded once; only timelines differ.
 */
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { rolesOfSeats } from '@chaotic-good/engine/incident/role-combination';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import type { Viewer } from '@chaotic-good/engine/protocol/audience';
import type { TelemetryCursor } from '@chaotic-good/engine/telemetry/frame';
import { changedFields, commonView, frameText, isNews, telemetryText } from './frame-text.ts';
import type { CommonView } from './frame-text.ts';
import type { FrameText, Onlooker } from './incident-host.ts';
import { publicTimeline, publicView } from './public-view.ts';

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
  if (onlooker.kind === 'public') return { kind: 'public' };
  const { seat } = onlooker;
  const known = incident.state.seats.get(seat);
  if (known === undefined) return { kind: 'public' };
  if (known.kind === 'facilitator') return { kind: 'facilitator' };
  return { kind: 'seat', seat, roles: rolesOfSeats(incident.state).get(seat) ?? [] };
}

/** One way of showing the incident at one moment, encoded once for all streams that show it so. */
type Edition = {
  view: CommonView;
  /** Fields that differ from the frames before. */
  changed: string[];
  /** Whether anything but the time does. */
  news: boolean;
  /** Telemetry since the frames before. */
  telemetry: string;
  /** Everything, when somebody needs it. */
  whole: () => { fields: string[]; telemetry: string };
};

type Audience = 'team' | 'public';

function audienceOf({ onlooker }: Stream): Audience {
  return onlooker.kind === 'public' ? 'public' : 'team';
}

/** The streams of an incident. */
export class IncidentStreams {
  readonly #streams = new Map<string, Stream>();
  /** What streams that are not fresh have. */
  #before: { [audience in Audience]: CommonView | null } = { team: null, public: null };
  #cursor: TelemetryCursor | null = null;

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
    const editions = {
      team: streams.some(([, one]) => audienceOf(one) === 'team') ? this.#teamEdition(incident) : null,
      public: streams.some(([, one]) => audienceOf(one) === 'public') ? this.#publicEdition(incident) : null,
    };
    const frames: StreamFrame[] = [];
    for (const [key, stream] of streams) {
      const edition = editions[audienceOf(stream)];
      const frame = edition && this.#frame(incident, stream, edition, tick);
      if (frame) frames.push({ key, ...frame });
    }
    this.#before = { team: editions.team?.view ?? null, public: editions.public?.view ?? null };
    return frames;
  }

  #teamEdition(incident: Incident): Edition {
    const view = commonView(incident);
    const before = this.#before.team;
    const { text: telemetry, cursor } = telemetryText(incident, before === null ? null : this.#cursor);
    this.#cursor = cursor;
    const changed = changedFields(view, before);
    const news = telemetry !== 'null' || isNews(view, before);
    let whole = before === null ? { fields: changed, telemetry } : null;
    const all = () =>
      (whole ??= { fields: changedFields(view, null), telemetry: telemetryText(incident, null).text });
    return { view, changed, news, telemetry, whole: all };
  }

  /** Spectators see how users fare, not what the team looks at: no telemetry. */
  #publicEdition(incident: Incident): Edition {
    const view = publicView(commonView(incident), incident);
    const before = this.#before.public;
    const whole = () => ({ fields: changedFields(view, null), telemetry: 'null' });
    return {
      view,
      changed: changedFields(view, before),
      news: isNews(view, before),
      telemetry: 'null',
      whole,
    };
  }

  /** The next frame of a stream, or null when there is nothing to tell it. */
  #frame(incident: Incident, stream: Stream, edition: Edition, tick: boolean): FrameText | null {
    const { state } = incident;
    const viewer = viewerOf(incident, stream.onlooker);
    const eyes = `${state.phase === 'closed'} ${JSON.stringify(viewer)}`;
    const full = stream.fresh || stream.eyes !== eyes;
    const fromEvent = full ? 0 : stream.fromEvent;
    const entries =
      stream.onlooker.kind === 'public'
        ? publicTimeline(incident, fromEvent)
        : timelineOf(state.events.slice(fromEvent), viewer, state.phase === 'closed');
    if (!full && !tick && !edition.news && entries.length === 0) return null;
    const { fields, telemetry } = full
      ? edition.whole()
      : { fields: edition.changed, telemetry: edition.telemetry };
    Object.assign(stream, { fresh: false, eyes, fromEvent: state.events.length });
    const seq = ++stream.seq;
    const timeline = entries.length > 0 || full ? JSON.stringify(entries) : '';
    const { atMicros } = edition.view;
    return { seq, full, text: frameText({ seq, atMicros, full, fields, timeline, telemetry }) };
  }
}
