/** The frames that a room would send to whoever looks: first everything, then what has changed. */
import { changedFields, commonView } from '@chaotic-good/engine/incident/common-view';
import type { CommonView } from '@chaotic-good/engine/incident/common-view';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { timelineOf } from '@chaotic-good/engine/incident/timeline';
import { viewerOfSeat } from '@chaotic-good/engine/incident/viewer-of-seat';
import type { Viewer } from '@chaotic-good/engine/protocol/audience';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';
import { telemetryFrame } from '@chaotic-good/engine/telemetry/frame';
import type { TelemetryCursor } from '@chaotic-good/engine/telemetry/frame';
import type { Eyes } from './replay-messages.ts';

/** Who looks now: a seat may know other events once it holds another role. */
export function viewerOf({ state }: Incident, eyes: Eyes): Viewer {
  return eyes.kind === 'truth' ? { kind: 'referee' } : viewerOfSeat(state, eyes.seat);
}

/** One stream, numbered from 1 without gaps. */
export class SeatStream {
  #seq = 0;
  #before: CommonView | null = null;
  #cursor: TelemetryCursor | null = null;
  #fromEvent = 0;
  #viewer = '';

  /** Everything, as of now. */
  whole(incident: Incident, eyes: Eyes): WireFrame {
    this.#before = null;
    return this.next(incident, eyes);
  }

  /** What has changed since the frame before; everything when other eyes look. */
  next(incident: Incident, eyes: Eyes): WireFrame {
    const { state, telemetry, world } = incident;
    const viewer = viewerOf(incident, eyes);
    const known = `${state.revealed} ${JSON.stringify(viewer)}`;
    const full = this.#before === null || known !== this.#viewer;
    const common = commonView(incident);
    const fields = changedFields(common, full ? null : this.#before);
    const view = JSON.parse(`{${fields.join(',')}}`) as Partial<IncidentFrame>;
    // With roles for names it would say that a role is now called as before.
    const news = state.events.slice(full ? 0 : this.#fromEvent).filter(({ type }) => type !== 'SeatRenamed');
    const timeline = timelineOf(news, viewer, state.revealed || eyes.kind === 'truth');
    if (full || timeline.length > 0) view.timeline = timeline;
    const told = telemetry && telemetryFrame(telemetry, world, full ? null : this.#cursor);
    this.#before = common;
    this.#viewer = known;
    this.#fromEvent = state.events.length;
    this.#cursor = told?.cursor ?? null;
    const { atMicros } = common;
    return { seq: ++this.#seq, atMicros, full, view, telemetry: told && withoutCursor(told) };
  }
}

function withoutCursor({
  cursor: _cursor,
  ...news
}: ReturnType<typeof telemetryFrame>): NonNullable<WireFrame['telemetry']> {
  return news;
}
