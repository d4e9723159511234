/**
 * Templates of StatefulSets and DaemonSets by revision hash, so that a pod of an older revision can be
 * made again. The real controllers keep them in ControllerRevision objects, which our store does not serve.
 */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { objectAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';
import type { World } from '../kube-state.ts';
import { templateHash } from './template-hash.ts';

const KEPT = 10;

function historyKey(owner: KubeObject): string {
  return `${owner.kind}/${owner.metadata.namespace ?? ''}/${owner.metadata.name}`;
}

/** The revision hash of a workload's present template, which is remembered. */
export function presentRevision(world: World, owner: KubeObject): string {
  const template = objectAt(owner.spec, 'template') ?? {};
  const hash = templateHash(template, 0);
  const key = historyKey(owner);
  const history = world.kube.revisions.get(key) ?? [];
  if (history[history.length - 1]?.hash === hash) return hash;
  const others = history.filter((one) => one.hash !== hash);
  world.kube.revisions.set(key, [...others, { hash, template: cloneJson(template) }].slice(-KEPT));
  return hash;
}

/** The template of a revision, or the present one when it has been forgotten. */
export function templateOfRevision(world: World, owner: KubeObject, hash: string): JsonObject {
  const history = world.kube.revisions.get(historyKey(owner)) ?? [];
  return history.find((one) => one.hash === hash)?.template ?? objectAt(owner.spec, 'template') ?? {};
}

/** Forgets the history of a workload that is gone. */
export function forgetRevisions(world: World, kind: string, namespace: string, name: string): void {
  world.kube.revisions.delete(`${kind}/${namespace}/${name}`);
}
