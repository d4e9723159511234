/**
 * Telemetry beside the incident: sampled once a second, kept in snapshots, never in the state hash, and
 * never read by what is hashed. Switched off, an incident runs exactly the same.
 */
import type { SystemSpec } from '../cluster/system-spec.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';

/** Telemetry of an incident, or null when it is switched off. */
export type TelemetrySide = null;

/** Telemetry with nothing in it yet; null when it is switched off. */
export function createSide(_system: SystemSpec, _on: boolean): TelemetrySide {
  return null;
}

/** Samples the world at the end of a second. */
export function sampleSide(_side: TelemetrySide, _world: World): void {}
