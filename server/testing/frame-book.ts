/** The frames that a client has got, put together to what it shows; tells when one is missing. */
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import type { WireFrame } from '@chaotic-good/engine/protocol/wire';

/** What a client knows of an incident. */
export class FrameBook {
  /** The view as it is now. */
  view: Partial<IncidentFrame> = {};
  /** The whole timeline. */
  timeline: TimelineEntry[] = [];
  /** Number of the newest frame, 0 before the first. */
  seq = 0;
  /** Frames that came. */
  count = 0;
  /** Series that have had a point, by what they are called on the wire. */
  telemetryFrames = 0;
  /** What was wrong with the order of the frames, in words. */
  readonly faults: string[] = [];

  /** Takes the next frame. */
  take({ seq, full, view, telemetry, atMicros }: WireFrame): void {
    if (!full && seq !== this.seq + 1) this.faults.push(`frame ${seq} came after ${this.seq}`);
    if (atMicros < (this.view.atMicros ?? 0)) this.faults.push(`frame ${seq} goes back in time`);
    this.seq = seq;
    this.count++;
    if (telemetry !== null) this.telemetryFrames++;
    const news = view.timeline ?? [];
    this.timeline = full ? news : [...this.timeline, ...news];
    this.view = full ? { ...view } : { ...this.view, ...view };
    this.view.atMicros = atMicros;
  }

  /** A connection begins: whatever was known is told again. */
  begin(): void {
    this.seq = 0;
  }
}
