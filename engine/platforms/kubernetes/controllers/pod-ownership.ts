/**
 * Which pods a controller manages: it takes in orphans its selector matches and lets go of pods whose
 * labels no longer match (how one sets a broken pod aside for study without killing it).
 */
import type { Json, JsonObject, KubeObject } from '../api-types.ts';
import { objectAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { listObjects } from '../object-reads.ts';
import type { Writer } from '../object-writes.ts';
import { patchObject } from '../object-writes.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';
import { controllerOf, isTerminating } from './pod-facts.ts';

/**
 * The pods of a workload after adopting and releasing; ended pods included. `suits` says which orphans it
 * would take besides what their labels say (a StatefulSet only those with one of its own names).
 */
export function claimPods(
  world: World,
  owner: KubeObject,
  writer: Writer,
  suits: (pod: KubeObject) => boolean = () => true,
): KubeObject[] {
  const { namespace, uid } = owner.metadata;
  const selector = labelSelectorOf(objectAt(owner.spec, 'selector'));
  const claimed: KubeObject[] = [];
  for (const pod of listObjects(world, 'pods', namespace)) {
    const controller = controllerOf(pod);
    if (controller !== undefined && controller.uid !== uid) continue;
    const matches = matchesLabels(selector, pod.metadata.labels);
    if (controller !== undefined) {
      if (matches) claimed.push(pod);
      else if (!isTerminating(owner)) release(world, owner, pod, writer);
      continue;
    }
    if (!matches || isTerminating(pod) || isTerminating(owner) || !suits(pod)) continue;
    const adopted = adopt(world, owner, pod, writer);
    if (adopted !== undefined) claimed.push(adopted);
  }
  return claimed;
}

function patchOwners(
  world: World,
  pod: KubeObject,
  writer: Writer,
  ownerReferences: Json,
): KubeObject | undefined {
  const { namespace, name } = pod.metadata;
  const target = { resource: 'pods' as const, namespace: namespace ?? '', name };
  return patchObject(world, writer, target, { metadata: { ownerReferences } });
}

function release(world: World, owner: KubeObject, pod: KubeObject, writer: Writer): void {
  const others = (pod.metadata.ownerReferences ?? []).filter(
    (reference) => reference.uid !== owner.metadata.uid,
  );
  patchOwners(world, pod, writer, others.length === 0 ? null : (others as unknown as JsonObject[]));
}

function adopt(world: World, owner: KubeObject, pod: KubeObject, writer: Writer): KubeObject | undefined {
  const { apiVersion, kind } = owner;
  const { name, uid } = owner.metadata;
  const reference = { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
  const others = (pod.metadata.ownerReferences ?? []) as unknown as JsonObject[];
  return patchOwners(world, pod, writer, [...others, reference]);
}
