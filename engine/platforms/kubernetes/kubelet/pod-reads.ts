/** How kubelet code finds a pod's object and the specs of its containers. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { getObject } from '../object-reads.ts';
import type { ContainerRuntime, PodRuntime } from './pod-runtime.ts';

/** The object of a pod; undefined once it is gone or replaced by another of the same name. */
export function podObject(world: World, pod: PodRuntime): KubeObject | undefined {
  const object = getObject(world, 'pods', pod.namespace, pod.name);
  return object !== undefined && object.metadata.uid === pod.uid ? object : undefined;
}

/** The spec of a container in a pod's object. */
export function containerSpec(object: KubeObject, container: ContainerRuntime): JsonObject | undefined {
  const list = objectsAt(object.spec, container.init ? 'initContainers' : 'containers');
  return list.find((spec) => textAt(spec, 'name') === container.name);
}

/** The node a pod runs on. */
export function nodeNameOf(world: World, pod: PodRuntime): string {
  return world.cluster.hosts[pod.host].name;
}
