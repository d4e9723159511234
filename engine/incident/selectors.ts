/**
 * Selectors in the lines of a move: `{pods app=polls node=worker-2}` means whichever pods that is when the
 * line runs, so one script fits every seed.
 */
import type { KubeObject } from '../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, textAt } from '../platforms/kubernetes/json-access.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readAll, readObject } from '../platforms/kubernetes/store-state.ts';
import type { Rejection } from '../protocol/rejection.ts';

const SELECTOR = /\{(pods?)((?: [^\s={}]+=[^\s{}]+)*)\}/;

/** Name of the controller of an object of this kind, '' when there is none. */
function controller(object: KubeObject, kind: string): string {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.find((owner) => owner.controller === true && owner.kind === kind)?.name ?? '';
}

/** Name of the deployment that a pod belongs to, '' when it belongs to none. */
function deploymentOf(world: World, pod: KubeObject): string {
  const { namespace } = pod.metadata;
  const replicaSet = controller(pod, 'ReplicaSet');
  const owner = readObject(world.kube.store, 'replicasets.apps', { namespace, name: replicaSet });
  return owner === undefined ? '' : controller(owner, 'Deployment');
}

/** Whether a pod meets one `key=value` of a selector. */
function meets(world: World, pod: KubeObject, key: string, value: string): boolean {
  const node = textAt(objectAt(asJson(pod), 'spec'), 'nodeName');
  switch (key) {
    case 'node':
      return node === value;
    case 'notNode':
      return node !== value;
    case 'statefulset':
      return controller(pod, 'StatefulSet') === value;
    case 'deployment':
      return deploymentOf(world, pod) === value;
    case 'namespace':
      return true;
    default:
      return pod.metadata.labels?.[key] === value;
  }
}

/** Names of the pods that a selector means now, in order; pods on their way out do not count. */
function podNames(world: World, terms: string, namespace: string): string[] {
  const pairs = terms
    .split(' ')
    .filter((term) => term !== '')
    .map((term) => term.split('='));
  const inside = pairs.find(([key]) => key === 'namespace')?.[1] ?? namespace;
  return readAll(world.kube.store, 'pods', inside)
    .filter((pod) => pod.metadata.deletionTimestamp === undefined)
    .filter((pod) => pairs.every(([key, value]) => meets(world, pod, key, value)))
    .map((pod) => pod.metadata.name);
}

/** A line with its selectors resolved, or why it cannot be. */
export type ResolvedLine = { ok: true; argv: string[] } | { ok: false; rejection: Rejection };

/** Resolves the selectors of a line; a word with `{pods …}` becomes one word for each pod. */
export function resolveSelectors(world: World, argv: readonly string[], namespace: string): ResolvedLine {
  const resolved: string[] = [];
  for (const word of argv) {
    const found = SELECTOR.exec(word);
    if (found === null) {
      resolved.push(word);
      continue;
    }
    const names = podNames(world, found[2], namespace);
    if (names.length === 0) {
      const sentence = `No pod is left that ${found[0]} means. Look what runs now.`;
      return { ok: false, rejection: { code: 'selector-empty', sentence } };
    }
    const meant = found[1] === 'pods' ? names : names.slice(0, 1);
    for (const name of meant) resolved.push(word.replace(found[0], name));
  }
  return { ok: true, argv: resolved };
}
