/** What programs of a host believe the time is. */
import { invariant } from '../kernel/invariant.ts';
import type { Cluster } from './cluster-state.ts';

/** The time by the clock of a host, microseconds on the simulation's axis. */
export function hostClockMicros(cluster: Cluster, host: number): number {
  return cluster.nowMicros + (cluster.hosts[host].clockSkewMicros ?? 0);
}

/** Sets a host's clock ahead (positive) or behind, whole microseconds; 0 puts it right. */
export function setClockSkew(cluster: Cluster, host: number, skewMicros: number): void {
  invariant(Number.isInteger(skewMicros), `clock skew of ${skewMicros}`);
  if (skewMicros === 0) delete cluster.hosts[host].clockSkewMicros;
  else cluster.hosts[host].clockSkewMicros = skewMicros;
}
