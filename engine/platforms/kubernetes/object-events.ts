/** Events that controllers and kubelets record about objects. */
import type { KubeObject } from './api-types.ts';
import { involvedObjectOf, recordEvent } from './events.ts';
import type { World } from './kube-state.ts';

/** What an event says. */
export type EventText = {
  /** Severity. */
  type: 'Normal' | 'Warning';
  /** Machine word, e.g. `BackOff`. */
  reason: string;
  /** Sentence for people. */
  message: string;
};

/** Records an event about an object as it now stands. */
export function noteEvent(
  world: World,
  component: string,
  object: KubeObject,
  text: EventText,
  place: { host?: string; fieldPath?: string } = {},
): void {
  const { cluster, kube } = world;
  const note = { involvedObject: involvedObjectOf(object, place.fieldPath), component, ...text };
  recordEvent(kube.store, cluster.nowMicros, place.host === undefined ? note : { ...note, host: place.host });
}
