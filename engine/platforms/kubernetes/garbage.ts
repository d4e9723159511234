/**
 * The garbage collector: what no owner holds any more goes.
 *
 * Why   Deleting a Deployment deletes only the Deployment. Its ReplicaSets, and then their pods, are
 *       deleted because their owner is gone, one generation a run, as in a real cluster.
 */
import type { ApiRequest, KubeObject, OwnerReference } from './api-types.ts';
import { callFor, type Call } from './call.ts';
import { deleteStored, FOREGROUND_FINALIZER, ORPHAN_FINALIZER, type DeleteOptions } from './delete-object.ts';
import { asJson, objectAt, objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { metaOf } from './object-meta.ts';
import { RESOURCES } from './resources.ts';
import { resourceText } from './status.ts';
import type { Store } from './store-state.ts';
import { readAll, readObject } from './store-state.ts';
import { removeObject } from './store-writes.ts';
import { updateObject } from './update-object.ts';

const SEAT = 'system:generic-garbage-collector';
const PVC_PROTECTION = 'kubernetes.io/pvc-protection';

/** A stored object and the call under which the collector changes it. */
type Item = { call: Call; object: KubeObject };

/** Every object with its kind, in registry and list order. */
function everything(store: Store, atMicros: number): Item[] {
  const items: Item[] = [];
  for (const kind of RESOURCES) {
    for (const object of readAll(store, resourceText(kind))) {
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
      items.push({ call: callFor(store, atMicros, kind, request), object });
    }
  }
  return items;
}

/** The object as it is stored now: an earlier step of the same run may have changed it. */
function latest(item: Item): KubeObject | undefined {
  const { namespace, name, uid } = item.object.metadata;
  const found = readObject(item.call.store, item.call.resource, { namespace, name });
  return found?.metadata.uid === uid ? found : undefined;
}

/** Writes metadata that lacks a finalizer, or other owners. */
function rewrite(item: Item, change: (meta: KubeObject['metadata']) => void): void {
  const current = latest(item);
  if (current === undefined) return;
  const draft = cloneJson(asJson(current));
  change(metaOf(draft) as unknown as KubeObject['metadata']);
  updateObject(item.call, draft, current, 'main');
}

function dropFinalizer(item: Item, finalizer: string): void {
  rewrite(item, (meta) => {
    meta.finalizers = (meta.finalizers ?? []).filter((one) => one !== finalizer);
  });
}

function remove(item: Item, options: DeleteOptions): void {
  const current = latest(item);
  if (current !== undefined) deleteStored(item.call, current, options);
}

/** Deletes an object none of whose owners is left; forgets owners that are gone when another remains. */
function judgeDependent(item: Item, owners: OwnerReference[], liveUids: Set<string>): void {
  const present = owners.filter((owner) => liveUids.has(owner.uid));
  if (present.length === owners.length) return;
  if (present.length > 0) {
    rewrite(item, (meta) => {
      meta.ownerReferences = present;
    });
  } else if (item.object.metadata.deletionTimestamp === undefined) {
    remove(item, { propagationPolicy: 'Background' });
  }
}

/** An owner that waits for its dependents: deletes them, and lets go of the owner when none blocks it. */
function judgeForeground(owner: Item, dependents: Item[]): void {
  const blocking = dependents.filter((item) =>
    (item.object.metadata.ownerReferences ?? []).some(
      (reference) => reference.uid === owner.object.metadata.uid && reference.blockOwnerDeletion === true,
    ),
  );
  if (blocking.length === 0) {
    dropFinalizer(owner, FOREGROUND_FINALIZER);
    return;
  }
  for (const item of dependents) {
    if (item.object.metadata.deletionTimestamp === undefined)
      remove(item, { propagationPolicy: 'Foreground' });
  }
}

/** Sets the dependents of an owner free, then lets the owner go. */
function judgeOrphans(owner: Item, dependents: Item[]): void {
  const uid = owner.object.metadata.uid;
  for (const item of dependents) {
    rewrite(item, (meta) => {
      meta.ownerReferences = (meta.ownerReferences ?? []).filter((reference) => reference.uid !== uid);
    });
  }
  dropFinalizer(owner, ORPHAN_FINALIZER);
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
function emptyNamespace(namespace: Item, items: Item[]): void {
  const name = namespace.object.metadata.name;
  const content = items.filter(
    (item) => item.object.metadata.namespace === name && latest(item) !== undefined,
  );
  for (const item of content) {
    if (latest(item)?.metadata.deletionTimestamp === undefined)
      remove(item, { propagationPolicy: 'Background' });
  }
  const left = content.some((item) => latest(item) !== undefined);
  const current = latest(namespace);
  if (left || current === undefined) return;
  removeObject(namespace.call.store, 'namespaces', cloneJson(asJson(current)) as unknown as KubeObject);
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

function judgeTerminating(
  item: Item,
  dependents: Item[],
  context: { items: Item[]; claims: Set<string> },
): void {
  const { finalizers = [], name, namespace } = item.object.metadata;
  if (item.call.kind.kind === 'Namespace') emptyNamespace(item, context.items);
  if (finalizers.includes(FOREGROUND_FINALIZER)) judgeForeground(item, dependents);
  else if (finalizers.includes(ORPHAN_FINALIZER)) judgeOrphans(item, dependents);
  else if (finalizers.includes(PVC_PROTECTION) && !context.claims.has(`${namespace ?? ''}/${name}`)) {
    dropFinalizer(item, PVC_PROTECTION);
  }
}

/**
 * One run of the collector: one generation of dependents, owners that wait, orphans, protected claims and
 * terminating namespaces. Costs nothing when nothing was deleted since a run that found nothing to do.
 */
export function collectGarbage(store: Store, atMicros: number): void {
  if (!store.garbageSuspected) return;
  const versionBefore = store.resourceVersion;
  const items = everything(store, atMicros);
  const liveUids = new Set(items.map((item) => item.object.metadata.uid));
  const dependents = dependentsByOwner(items);
  const context = { items, claims: usedClaims(store) };
  let terminating = false;
  for (const item of items) {
    const owners = item.object.metadata.ownerReferences;
    if (owners !== undefined) judgeDependent(item, owners, liveUids);
    if (item.object.metadata.deletionTimestamp === undefined) continue;
    terminating = true;
    judgeTerminating(item, dependents.get(item.object.metadata.uid) ?? [], context);
  }
  if (store.resourceVersion === versionBefore && !terminating) store.garbageSuspected = false;
}
