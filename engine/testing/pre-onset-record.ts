/**
 * Everything that a player could notice before the onset, as one text: frames of the incident and, where
 * it is on, of telemetry, also as it is packed, and answers to probes. Two draws of the same seed must give
 * the same text, byte for byte, or the fault can be guessed beforehand; so sizes of messages are equal, too.
 */
import { frameFor } from '../incident/frame.ts';
import { openIncident, runThrough } from '../incident/incident.ts';
import type { OpenOptions } from '../incident/incident.ts';
import { playLine } from '../incident/script.ts';
import { submitCommand } from '../incident/submit.ts';
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import type { Viewer } from '../protocol/audience.ts';
import { telemetryFrame } from '../telemetry/frame.ts';
import type { TelemetryCursor } from '../telemetry/frame.ts';
import { createAudienceStream, packNews } from '../wire/audience-stream.ts';

/** How often the probes are typed, seconds. */
const PROBE_EVERY_SECONDS = 5;

/**
 * The record up to the last whole second before the onset. `probes` = console lines; those that show
 * objects whole (`kubectl get pods -o json`) bring UIDs and resource versions into the comparison.
 */
export function preOnsetRecord(options: OpenOptions, probes: readonly (readonly string[])[]): string {
  const incident = openIncident(options);
  const join = { type: 'JoinSeat', name: 'Probe', kind: 'player' } as const;
  submitCommand(incident, { commandId: 'seat', seat: 'probe', command: join });
  submitCommand(incident, { commandId: 'start', seat: SYSTEM_SEAT, command: { type: 'StartIncident' } });
  const viewers: Viewer[] = [{ kind: 'public' }, { kind: 'seat', seat: 'probe', roles: ['ops'] }];
  const record: string[] = [];
  const packed = createAudienceStream();
  let cursor: TelemetryCursor | null = null;
  for (let second = 1; second * 1_000_000 < incident.state.draw.onsetMicros; second++) {
    runThrough(incident, second * 1_000_000);
    for (const viewer of viewers) record.push(JSON.stringify(frameFor(incident, viewer, 0)));
    if (incident.telemetry !== null) {
      const frame = telemetryFrame(incident.telemetry, incident.world, cursor);
      cursor = frame.cursor;
      record.push(JSON.stringify(frame), String(packNews(packed, new Map(), frame, () => 'real')));
    }
    if (second % PROBE_EVERY_SECONDS !== 0) continue;
    for (const probe of probes) record.push(JSON.stringify(playLine(incident, 'probe', probe)));
  }
  return record.join('\n');
}
