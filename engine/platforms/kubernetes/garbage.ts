/**
 * The garbage collector: what no owner holds any more goes.
 *
 * Why   Deleting a Deployment deletes only the Deployment. Its ReplicaSets, and then their pods, are
 *       deleted because their owner is gone, one generation a run, as in a real cluster.
 */
import type { ApiRequest, KubeObject } from './api-types.ts';
import { callFor, type Call } from './call.ts';
import { deleteStored, FOREGROUND_FINALIZER, ORPHAN_FINALIZER, type DeleteOptions } from './delete-object.ts';
import { asJson, objectAt, objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { metaOf } from './object-meta.ts';
import type { KindDefinition } from './kind-definition.ts';
import { findKind, RESOURCES } from './resources.ts';
import { resourceText } from './status.ts';
import type { Store } from './store-state.ts';
import { readAll, readObject } from './store-state.ts';
import { removeObject } from './store-writes.ts';
import { updateObject } from './update-object.ts';

const SEAT = 'system:generic-garbage-collector';
const PVC_PROTECTION = 'kubernetes.io/pvc-protection';

/** A stored object with its kind. */
type Item = { kind: KindDefinition; object: KubeObject };

/** One run: the store, the time, and what was there when it began. */
type Run = { store: Store; atMicros: number; items: Item[] };

/** Every object with its kind, in registry and list order. */
function everything(store: Store): Item[] {
  const items: Item[] = [];
  for (const kind of RESOURCES) {
    for (const object of readAll(store, resourceText(kind))) items.push({ kind, object });
  }
  return items;
}

/** The call under which the collector changes an object. */
function callOf(run: Run, item: Item): Call {
  const { kind, object } = item;
  const request: ApiRequest = {
    verb: 'update',
    group: kind.group,
    version: kind.version,
    resource: kind.plural,
    name: object.metadata.name,
    query: { fieldManager: 'kube-controller-manager' },
    seat: SEAT,
  };
  if (object.metadata.namespace !== undefined) request.namespace = object.metadata.namespace;
  return callFor(run.store, run.atMicros, kind, request);
}

/** The object as it is stored now: an earlier step of the same run may have changed it. */
function latest(run: Run, item: Item): KubeObject | undefined {
  const { namespace, name, uid } = item.object.metadata;
  const found = readObject(run.store, resourceText(item.kind), { namespace, name });
  return found?.metadata.uid === uid ? found : undefined;
}

/** Writes metadata that lacks a finalizer, or other owners. */
function rewrite(run: Run, item: Item, change: (meta: KubeObject['metadata']) => void): void {
  const current = latest(run, item);
  if (current === undefined) return;
  const draft = cloneJson(asJson(current));
  change(metaOf(draft) as unknown as KubeObject['metadata']);
  updateObject(callOf(run, item), draft, current, 'main');
}

function dropFinalizer(run: Run, item: Item, finalizer: string): void {
  rewrite(run, item, (meta) => {
    meta.finalizers = (meta.finalizers ?? []).filter((one) => one !== finalizer);
  });
}

function remove(run: Run, item: Item, options: DeleteOptions): void {
  const current = latest(run, item);
  if (current !== undefined) deleteStored(callOf(run, item), current, options);
}

/** Deletes an object none of whose owners is left; forgets owners that are gone when another remains. */
function judgeDependent(run: Run, item: Item, liveUids: Set<string>): void {
  const owners = item.object.metadata.ownerReferences ?? [];
  // An owner of a kind that is not served cannot be looked up, so it counts as being there.
  const present = owners.filter(
    (owner) => liveUids.has(owner.uid) || findKind(owner.apiVersion, owner.kind) === undefined,
  );
  if (present.length === owners.length) return;
  if (present.length > 0) {
    rewrite(run, item, (meta) => {
      meta.ownerReferences = present;
    });
  } else if (item.object.metadata.deletionTimestamp === undefined) {
    remove(run, item, { propagationPolicy: 'Background' });
  }
}

/** An owner that waits for its dependents: deletes them, and lets go of the owner when none blocks it. */
function judgeForeground(run: Run, owner: Item, dependents: Item[]): void {
  const blocking = dependents.filter((item) =>
    (item.object.metadata.ownerReferences ?? []).some(
      (reference) => reference.uid === owner.object.metadata.uid && reference.blockOwnerDeletion === true,
    ),
  );
  if (blocking.length === 0) {
    dropFinalizer(run, owner, FOREGROUND_FINALIZER);
    return;
  }
  for (const item of dependents) {
    if (item.object.metadata.deletionTimestamp === undefined)
      remove(run, item, { propagationPolicy: 'Foreground' });
  }
}

/** Sets the dependents of an owner free, then lets the owner go. */
function judgeOrphans(run: Run, owner: Item, dependents: Item[]): void {
  const uid = owner.object.metadata.uid;
  for (const item of dependents) {
    rewrite(run, item, (meta) => {
      meta.ownerReferences = (meta.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
    });
  }
  dropFinalizer(run, owner, ORPHAN_FINALIZER);
}

/** Claims that some pod still uses, as `namespace/claim`. */
function usedClaims(store: Store): Set<string> {
  const used = new Set<string>();
  for (const pod of readAll(store, 'pods')) {
    const phase = textAt(objectAt(asJson(pod), 'status'), 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') continue;
    for (const volume of objectsAt(objectAt(asJson(pod), 'spec'), 'volumes')) {
      const claim = textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName');
      if (claim !== '') used.add(`${pod.metadata.namespace ?? ''}/${claim}`);
    }
  }
  return used;
}

/** Deletes what a terminating namespace holds; takes the namespace away once it holds nothing. */
function emptyNamespace(run: Run, namespace: Item): void {
  const name = namespace.object.metadata.name;
  let left = false;
  for (const item of run.items) {
    if (item.object.metadata.namespace !== name) continue;
    const current = latest(run, item);
    if (current === undefined) continue;
    if (current.metadata.deletionTimestamp === undefined)
      remove(run, item, { propagationPolicy: 'Background' });
    if (latest(run, item) !== undefined) left = true;
  }
  const current = latest(run, namespace);
  if (left || current === undefined) return;
  removeObject(run.store, 'namespaces', cloneJson(asJson(current)) as unknown as KubeObject);
}

/** Dependents by the uid of their owner. */
function dependentsByOwner(items: Item[]): Map<string, Item[]> {
  const dependents = new Map<string, Item[]>();
  for (const item of items) {
    for (const owner of item.object.metadata.ownerReferences ?? []) {
      const list = dependents.get(owner.uid);
      if (list === undefined) dependents.set(owner.uid, [item]);
      else list.push(item);
    }
  }
  return dependents;
}

/** Does what an object on its way out waits for; answers whether it waits for this collector at all. */
function judgeTerminating(run: Run, item: Item, dependents: Map<string, Item[]>): boolean {
  const { finalizers = [], name, namespace, uid } = item.object.metadata;
  const owned = dependents.get(uid) ?? [];
  if (item.kind.kind === 'Namespace') emptyNamespace(run, item);
  else if (finalizers.includes(FOREGROUND_FINALIZER)) judgeForeground(run, item, owned);
  else if (finalizers.includes(ORPHAN_FINALIZER)) judgeOrphans(run, item, owned);
  else if (finalizers.includes(PVC_PROTECTION)) {
    if (!usedClaims(run.store).has(`${namespace ?? ''}/${name}`)) dropFinalizer(run, item, PVC_PROTECTION);
  } else return false;
  return true;
}

/**
 * One run of the collector: one generation of dependents, owners that wait, orphans, protected claims and
 * terminating namespaces. Costs nothing while nothing has been deleted since a run that found nothing.
 */
export function collectGarbage(store: Store, atMicros: number): void {
  if (!store.garbageSuspected) return;
  const versionBefore = store.resourceVersion;
  const run: Run = { store, atMicros, items: everything(store) };
  const liveUids = new Set(run.items.map((item) => item.object.metadata.uid));
  const dependents = dependentsByOwner(run.items);
  let isWaiting = false;
  for (const item of run.items) {
    const { ownerReferences, deletionTimestamp } = item.object.metadata;
    if (ownerReferences !== undefined) judgeDependent(run, item, liveUids);
    if (deletionTimestamp !== undefined && judgeTerminating(run, item, dependents)) isWaiting = true;
  }
  if (store.resourceVersion === versionBefore && !isWaiting) store.garbageSuspected = false;
}
