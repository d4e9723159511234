/**
 * Views as text: each top-level field is turned into JSON once for all audiences, and a frame of spectators
 * puts together those that its stream does not have yet. The texts are never parsed again on the server.
 */
import { frameFor } from '@chaotic-good/engine/incident/frame';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';

/** Fields that are the same for every audience; the timeline is not among them. */
export type CommonField = Exclude<keyof IncidentFrame, 'timeline'>;

/** The common part of a view at one moment, as JSON by field. */
export type CommonView = { atMicros: number; fields: Map<CommonField, string> };

/** Reads what is the same for everyone. */
export function commonView(incident: Incident): CommonView {
  const position = incident.state.events.length;
  const { timeline: _timeline, ...common } = frameFor(incident, { kind: 'public' }, position);
  const fields = new Map<CommonField, string>();
  for (const [name, value] of Object.entries(common)) fields.set(name as CommonField, JSON.stringify(value));
  return { atMicros: common.atMicros, fields };
}

/** Members of a JSON object for the fields that differ; all of them against null. */
export function changedFields(view: CommonView, before: CommonView | null): string[] {
  const changed: string[] = [];
  for (const [name, json] of view.fields) {
    if (before?.fields.get(name) !== json) changed.push(`"${name}":${json}`);
  }
  return changed;
}

/** True when something changed besides the time. */
export function isNews(view: CommonView, before: CommonView | null): boolean {
  for (const [name, json] of view.fields) {
    if (name !== 'atMicros' && before?.fields.get(name) !== json) return true;
  }
  return false;
}

/** Puts a `WireFrame` without telemetry together. */
export function frameText(parts: {
  seq: number;
  atMicros: number;
  full: boolean;
  fields: readonly string[];
  timeline: string;
}): string {
  const { seq, atMicros, full, fields, timeline } = parts;
  const view = [...fields, ...(timeline === '' ? [] : [`"timeline":${timeline}`])].join(',');
  return `{"seq":${seq},"atMicros":${atMicros},"full":${full},"view":{${view}},"telemetry":null}`;
}
