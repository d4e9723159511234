/** What the team of an incident is told, edition by edition, packed once for all its seats. */
import { commonView } from '@chaotic-good/engine/incident/common-view';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { telemetryFrame } from '@chaotic-good/engine/telemetry/frame';
import type { TelemetryCursor, TelemetryFrame } from '@chaotic-good/engine/telemetry/frame';
import { createAudienceStream, packNews, packWhole } from '@chaotic-good/engine/wire/audience-stream';
import type { AudienceStream } from '@chaotic-good/engine/wire/audience-stream';
import { seriesGrid } from './series-grid.ts';

/** An edition. */
export type PackedEdition = {
  /** Incident time, microseconds. */
  atMicros: number;
  /** For those who have the edition before; null when nothing but the time has changed. */
  news: Uint8Array | null;
  /** For those who have nothing; good until the next edition. */
  whole: () => Uint8Array;
};

/** The editions of one incident. */
export class TeamEditions {
  #stream: AudienceStream = createAudienceStream();
  #cursor: TelemetryCursor | null = null;

  /** Nobody has the newest edition any more. */
  forget(): void {
    this.#stream = createAudienceStream();
    this.#cursor = null;
  }

  /** The incident as it is now. */
  next(incident: Incident): PackedEdition {
    const { atMicros, fields } = commonView(incident);
    // Each frame tells its time anyway.
    const told = new Map<string, string>([...fields].filter(([name]) => name !== 'atMicros'));
    const since = frameSince(incident, this.#cursor);
    this.#cursor = since?.cursor ?? null;
    const news = packNews(this.#stream, told, since, seriesGrid);
    let whole: Uint8Array | undefined;
    return {
      atMicros,
      news,
      whole: () => (whole ??= packWhole(this.#stream, frameSince(incident, null))),
    };
  }
}

function frameSince({ telemetry, world }: Incident, cursor: TelemetryCursor | null): TelemetryFrame | null {
  return telemetry === null ? null : telemetryFrame(telemetry, world, cursor);
}
