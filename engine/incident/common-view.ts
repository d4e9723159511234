/**
 * What of a view is the same for every audience, and what differs from one moment to the next. Each top-level
 * field is turned into JSON once, so that fields are compared, and sent, as text.
 */
import type { IncidentFrame } from '../protocol/views.ts';
import { frameFor } from './frame.ts';
import type { Incident } from './incident.ts';

/** Fields that are the same for every audience; the timeline is not among them. */
export type CommonField = Exclude<keyof IncidentFrame, 'timeline'>;

/** The common part of a view at one moment, as JSON by field. */
export type CommonView = {
  /** Incident time, microseconds. */
  atMicros: number;
  /** Each field as JSON. */
  fields: Map<CommonField, string>;
};

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
