/**
 * One frame as bytes: its number and time, what is told to its seat only, and the edition that all seats of
 * the incident are told alike. The reader puts them together to the frame that pages know.
 */
import type { IncidentFrame } from '../protocol/views.ts';
import type { WireFrame } from '../protocol/wire.ts';
import { createAudienceStream, readNews, readWhole } from './audience-stream.ts';
import type { AudienceStream, Edition } from './audience-stream.ts';
import { createSource, takeByte, takeBytes, takeCount, takeSigned, takeText } from './byte-source.ts';
import { createSink, putByte, putBytes, putCount, putSigned, putText, sinkBytes } from './byte-sink.ts';
import { createPresenceTable } from './presence-delta.ts';
import type { PresenceTable } from './presence-delta.ts';
import { WireError } from './wire-error.ts';

/** What a frame is made of. */
export type FrameParts = {
  /** Number in the seat's stream. */
  seq: number;
  /** Incident time, microseconds, whole. */
  atMicros: number;
  /** Whether everything is told. */
  full: boolean;
  /** Entries of the timeline as JSON, '' = none. */
  timeline: string;
  /** The whole edition when `full`, else the news; null when there are none. */
  edition: Uint8Array | null;
};

const FULL = 1;
const HAS_EDITION = 2;

/** Packs a frame. */
export function packFrame({ seq, atMicros, full, timeline, edition }: FrameParts): Uint8Array {
  const sink = createSink();
  putByte(sink, (full ? FULL : 0) + (edition === null ? 0 : HAS_EDITION));
  putCount(sink, seq);
  putSigned(sink, atMicros);
  putText(sink, timeline);
  if (edition !== null) putBytes(sink, edition);
  return sinkBytes(sink);
}

/** Number of a packed frame, and whether it tells everything. @throws WireError `damaged`. */
export function readFrameHead(bytes: Uint8Array): { seq: number; full: boolean } {
  const source = createSource(bytes);
  const flags = takeByte(source);
  return { full: (flags & FULL) !== 0, seq: takeCount(source) };
}

/** The reader of one connection: it knows nothing before its first full frame. */
export type FrameReader = { stream: AudienceStream; seq: number; presence: PresenceTable };

/** A reader that has got nothing yet. */
export function createFrameReader(): FrameReader {
  return { stream: createAudienceStream(), seq: 0, presence: createPresenceTable() };
}

/**
 * Reads the next frame.
 *
 * @throws WireError `gap` when frames are missing before it: ask for a full one and go on reading;
 *   `stale` for one that is known already; `damaged` for what is no frame: treat it as a gap.
 */
export function readFrame(reader: FrameReader, bytes: Uint8Array): WireFrame {
  const source = createSource(bytes);
  const flags = takeByte(source);
  const full = (flags & FULL) !== 0;
  const seq = takeCount(source);
  if (!full && seq !== reader.seq + 1) {
    const isGap = reader.seq === 0 || seq > reader.seq;
    throw new WireError(isGap ? 'gap' : 'stale', `frame ${seq} cannot follow ${reader.seq}`);
  }
  // Whatever goes wrong from here on leaves half a state behind: only a full frame helps then.
  reader.seq = 0;
  const atMicros = takeSigned(source);
  const timeline = takeText(source);
  const rest = takeBytes(source, bytes.length - source.at);
  const edition = readEdition(reader.stream, full, (flags & HAS_EDITION) === 0 ? null : rest);
  reader.seq = seq;
  const view: Partial<IncidentFrame> = { atMicros };
  for (const [name, json] of edition.fields) Object.assign(view, { [name]: JSON.parse(json) as unknown });
  if (timeline !== '') view.timeline = JSON.parse(timeline) as IncidentFrame['timeline'];
  return { seq, atMicros, full, view, telemetry: edition.telemetry };
}

function readEdition(stream: AudienceStream, full: boolean, bytes: Uint8Array | null): Edition {
  if (bytes === null) return { fields: new Map(), telemetry: null };
  return full ? readWhole(stream, bytes) : readNews(stream, bytes);
}
