/** Taints of nodes and the tolerations of pods. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { objectsAt, textAt } from '../json-access.ts';

/** True when one of the pod's tolerations covers the taint. */
export function tolerates(pod: KubeObject, taint: JsonObject): boolean {
  return objectsAt(pod.spec, 'tolerations').some((toleration) => covers(toleration, taint));
}

function covers(toleration: JsonObject, taint: JsonObject): boolean {
  const effect = textAt(toleration, 'effect');
  if (effect !== '' && effect !== textAt(taint, 'effect')) return false;
  const key = textAt(toleration, 'key');
  if (key !== '' && key !== textAt(taint, 'key')) return false;
  if (textAt(toleration, 'operator') === 'Exists') return true;
  return key !== '' && textAt(toleration, 'value') === textAt(taint, 'value');
}

/** The first taint of a node that keeps new pods away and that this pod does not tolerate. */
export function blockingTaint(pod: KubeObject, node: KubeObject): JsonObject | undefined {
  return objectsAt(node.spec, 'taints').find(
    (taint) => textAt(taint, 'effect') !== 'PreferNoSchedule' && !tolerates(pod, taint),
  );
}
