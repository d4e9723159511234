/**
 * The controllers' work queues: an object is looked at once, however often it changed in between.
 *
 * Why   A write never runs a controller; it schedules a look, as an informer does. So a caller sees the
 *       object as it wrote it, and an idle controller costs nothing.
 */
import { moveEvent, schedule } from '../../kernel/event-queue.ts';
import { controlDelay } from './control-delay.ts';
import { EVENT_RECONCILE } from './event-kinds.ts';
import type { ControllerName, WorkItem, World } from './kube-state.ts';

const LEAST_MICROS = 5_000;
const MOST_MICROS = 50_000;

/** Has a controller look at an object soon: 5 to 50 ms from now. */
export function enqueue(world: World, controller: ControllerName, namespace: string, name: string): void {
  const work = `${controller}|${namespace}/${name}`;
  enqueueAfter(world, controller, { namespace, name }, controlDelay(world, work, LEAST_MICROS, MOST_MICROS));
}

/** Has a controller look at an object after a wait; an earlier look that is already due stays. */
export function enqueueAfter(
  world: World,
  controller: ControllerName,
  object: { namespace: string; name: string },
  waitMicros: number,
): void {
  const { cluster, kube } = world;
  const atMicros = cluster.nowMicros + waitMicros;
  const key = `${controller}|${object.namespace}/${object.name}`;
  const known = kube.workByKey.get(key);
  if (known !== undefined) {
    const item = kube.work.get(known);
    if (item === undefined || item.atMicros <= atMicros) return;
    item.atMicros = atMicros;
    moveEvent(cluster.queue, item.slot, atMicros);
    return;
  }
  const id = ++kube.lastWork;
  const slot = schedule(cluster.queue, atMicros, EVENT_RECONCILE, id, 0);
  const { namespace, name } = object;
  kube.work.set(id, { controller, namespace, name, atMicros, slot });
  kube.workByKey.set(key, id);
}

/** Takes an item whose event has come out of the queue. */
export function takeWork(world: World, id: number): WorkItem | undefined {
  const { kube } = world;
  const item = kube.work.get(id);
  if (item === undefined) return undefined;
  kube.work.delete(id);
  kube.workByKey.delete(`${item.controller}|${item.namespace}/${item.name}`);
  return item;
}
