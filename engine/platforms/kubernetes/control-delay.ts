/**
 * How long controllers, kubelets and agents take: drawn, so that no two act in lock step.
 *
 * Why   Keyed by what is being done and by the millisecond it began, without a counter: one more
 *       reconcile somewhere else shifts nobody's luck.
 */
import { drawUnit, hashText } from '../../kernel/chance.ts';
import { PURPOSE_CONTROL } from '../../kernel/purposes.ts';
import type { World } from './kube-state.ts';

/** A wait in whole microseconds between two bounds, for the named piece of work begun now. */
export function controlDelay(world: World, work: string, leastMicros: number, mostMicros: number): number {
  const { cluster } = world;
  const moment = Math.floor(cluster.nowMicros / 1000);
  const unit = drawUnit(cluster.seed, PURPOSE_CONTROL, hashText(work), 0, moment);
  return Math.round(leastMicros + unit * (mostMicros - leastMicros));
}

/** A wait that belongs to one entity (workload, ordinal) and one of its steps: equal whenever it happens. */
export function entityDelay(
  world: World,
  entity: { workload: string; ordinal: number; step: number },
  leastMicros: number,
  mostMicros: number,
): number {
  const key = hashText(entity.workload);
  const unit = drawUnit(world.cluster.seed, PURPOSE_CONTROL, key, entity.ordinal + 1, entity.step);
  return Math.round(leastMicros + unit * (mostMicros - leastMicros));
}
