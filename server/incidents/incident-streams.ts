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

/** The streams of an incident. */
export class IncidentStreams {
  readonly #streams = new Map<string, Stream>();
  /** What streams that are not fresh have. */
  #view: CommonView | null = null;
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

  /** Whether anybody looks. */
  get watched(): boolean {
    return this.#streams.size > 0;
  }

  /** Whether somebody waits for a first or full frame. */
  get awaited(): boolean {
    return [...this.#streams.values()].some(({ fresh }) => fresh);
  }

  /** The frames that bring every stream up to date; `tick` sends one even when only time has passed. */
  advance(incident: Incident, tick: boolean): StreamFrame[] {
    if (this.#streams.size === 0) {
      this.#view = null;
      return [];
    }
    const before = this.#view;
    const view = commonView(incident);
    const { text: telemetry, cursor } = telemetryText(incident, before === null ? null : this.#cursor);
    const news = tick || telemetry !== 'null' || isNews(view, before);
    const changed = changedFields(view, before);
    let whole: { fields: string[]; telemetry: string } | null = null;
    const frames: StreamFrame[] = [];
    for (const [key, stream] of this.#streams) {
      const viewer = viewerOf(incident, stream.onlooker);
      const eyes = `${incident.state.phase === 'closed'} ${JSON.stringify(viewer)}`;
      const full = stream.fresh || before === null || stream.eyes !== eyes;
      const timeline = this.#timeline(incident, viewer, full ? 0 : stream.fromEvent);
      if (!full && !news && timeline === '') continue;
      if (full) {
        whole ??=
          before === null
            ? { fields: changed, telemetry }
            : { fields: changedFields(view, null), telemetry: telemetryText(incident, null).text };
      }
      const parts = full && whole !== null ? whole : { fields: changed, telemetry };
      Object.assign(stream, { fresh: false, eyes, fromEvent: incident.state.events.length });
      const seq = ++stream.seq;
      const text = frameText({
        seq,
        atMicros: view.atMicros,
        full,
        fields: parts.fields,
        timeline: timeline === '' && full ? '[]' : timeline,
        // Spectators see how users fare, not what the team looks at.
        telemetry: stream.onlooker.kind === 'public' ? 'null' : parts.telemetry,
      });
      frames.push({ key, seq, full, text });
    }
    this.#view = view;
    this.#cursor = cursor;
    return frames;
  }

  /** New entries as JSON, '' when there are none. */
  #timeline({ state }: Incident, viewer: Viewer, fromEvent: number): string {
    const entries = timelineOf(state.events.slice(fromEvent), viewer, state.phase === 'closed');
    return entries.length === 0 ? '' : JSON.stringify(entries);
  }
}
