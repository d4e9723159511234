/**
 * The three ways the state changes: an object appears, changes, or goes. Every one of them takes the next
 * resource version and leaves one entry in the watch log.
 */
import { invariant } from '../../kernel/invariant.ts';
import type { KubeObject } from './api-types.ts';
import { asJson } from './json-access.ts';
import { editsBetween } from './json-edits.ts';
import type { Shelf, Store, WatchEntry } from './store-state.ts';
import { lowerBound, readObject, shelfKey } from './store-state.ts';
import { findKind } from './resources.ts';
import { resourceText } from './status.ts';

/** Writes the log remembers; a watch from before them must list again (410). */
const WATCH_LOG_LIMIT = 2000;
/** How far the log may overshoot before it is cut, so that cutting costs nothing per write. */
const WATCH_LOG_SLACK = 256;

function shelfOf(store: Store, resource: string): Shelf {
  let shelf = store.shelves.get(resource);
  if (shelf === undefined) {
    shelf = { byKey: new Map(), sortedKeys: [] };
    store.shelves.set(resource, shelf);
  }
  return shelf;
}

function keyOf(object: KubeObject): string {
  return shelfKey(object.metadata.namespace, object.metadata.name);
}

/** Stamps the next resource version and logs the write. */
function log(store: Store, entry: WatchEntry): void {
  store.watchLog.push(entry);
  if (store.watchLog.length > WATCH_LOG_LIMIT + WATCH_LOG_SLACK) {
    store.watchLog = store.watchLog.slice(-WATCH_LOG_LIMIT);
  }
}

function stamp(store: Store, object: KubeObject): void {
  store.resourceVersion += 1;
  object.metadata.resourceVersion = String(store.resourceVersion);
}

/** True when an owner the object names is not stored. */
function hasLostOwner(store: Store, object: KubeObject): boolean {
  const { namespace, ownerReferences = [] } = object.metadata;
  return ownerReferences.some((owner) => {
    const kind = findKind(owner.apiVersion, owner.kind);
    if (kind === undefined) return false;
    const place = kind.namespaced ? { namespace, name: owner.name } : { name: owner.name };
    return readObject(store, resourceText(kind), place)?.metadata.uid !== owner.uid;
  });
}

/** Puts a new object on its shelf. The store owns the object from here on. */
export function insertObject(store: Store, resource: string, object: KubeObject): void {
  const shelf = shelfOf(store, resource);
  const key = keyOf(object);
  invariant(!shelf.byKey.has(key), `${resource} ${key} is already stored`);
  stamp(store, object);
  shelf.byKey.set(key, object);
  shelf.sortedKeys.splice(lowerBound(shelf.sortedKeys, key), 0, key);
  // A dependent that arrives after its owner has gone is garbage from birth.
  if (hasLostOwner(store, object)) store.garbageSuspected = true;
  log(store, { type: 'ADDED', resource, key });
}

/** True for an object on its way out that the garbage collector must help: see `garbage.ts`. */
function isWaiting(resource: string, object: KubeObject): boolean {
  const { deletionTimestamp, finalizers } = object.metadata;
  return deletionTimestamp !== undefined && (resource === 'namespaces' || finalizers !== undefined);
}

/** Puts a changed object in place of the stored one, with which it shares nothing. */
export function replaceObject(store: Store, resource: string, object: KubeObject): void {
  const shelf = shelfOf(store, resource);
  const key = keyOf(object);
  const before = shelf.byKey.get(key);
  invariant(before !== undefined, `${resource} ${key} is not stored`);
  stamp(store, object);
  shelf.byKey.set(key, object);
  if (isWaiting(resource, object)) store.garbageSuspected = true;
  log(store, { type: 'MODIFIED', resource, key, undo: editsBetween(asJson(object), asJson(before)) });
}

/** Takes a stored object away; `last` is its final version, which shares nothing with the stored one. */
export function removeObject(store: Store, resource: string, last: KubeObject): void {
  const shelf = shelfOf(store, resource);
  const key = keyOf(last);
  const before = shelf.byKey.get(key);
  invariant(before !== undefined, `${resource} ${key} is not stored`);
  stamp(store, last);
  shelf.byKey.delete(key);
  shelf.sortedKeys.splice(lowerBound(shelf.sortedKeys, key), 1);
  store.garbageSuspected = true;
  log(store, { type: 'DELETED', resource, key, undo: editsBetween(asJson(last), asJson(before)), last });
}
