/** In which order a seat sees the parts of the incident: everything is shown to all, one's own work first. */
import type { Duty } from './role-duties.ts';

/** A part of the incident column. */
export type PanelId =
  'alerts' | 'hypotheses' | 'plan' | 'status' | 'resolution' | 'channel' | 'evidence' | 'timeline';

const USUAL: readonly PanelId[] = [
  'alerts',
  'hypotheses',
  'plan',
  'status',
  'resolution',
  'channel',
  'evidence',
  'timeline',
];

const FIRST: Readonly<Record<Duty, readonly PanelId[]>> = {
  lead: ['plan'],
  comms: ['status'],
  scribe: ['timeline', 'evidence'],
  ops: [],
  watch: [],
};

/** Every part once, that of the duty first; while the hold goes on, its jobs stand above all. */
export function panelOrder(duty: Duty, isHolding: boolean): PanelId[] {
  const first: PanelId[] = isHolding ? ['resolution', ...FIRST[duty]] : [...FIRST[duty]];
  return [...first, ...USUAL.filter((id) => !first.includes(id))];
}
