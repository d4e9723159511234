/** Events about one container of a pod, worded as the kubelet words them. */
import type { KubeObject } from '../api-types.ts';
import type { World } from '../kube-state.ts';
import type { EventText } from '../object-events.ts';
import { noteEvent } from '../object-events.ts';
import { nodeNameOf } from './pod-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

/** Records an event about a container. */
export function noteContainer(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  event: { object: KubeObject; text: EventText },
): void {
  const list = container.init ? 'initContainers' : 'containers';
  const fieldPath = `spec.${list}{${container.name}}`;
  noteEvent(world, 'kubelet', event.object, event.text, { host: nodeNameOf(world, pod), fieldPath });
}

/** "Back-off restarting failed container …". */
export function noteBackOff(
  world: World,
  pod: PodRuntime,
  container: ContainerRuntime,
  object: KubeObject,
): void {
  const place = `${pod.name}_${pod.namespace}(${pod.uid})`;
  const message = `Back-off restarting failed container ${container.name} in pod ${place}`;
  noteContainer(world, pod, container, { object, text: { type: 'Warning', reason: 'BackOff', message } });
}
