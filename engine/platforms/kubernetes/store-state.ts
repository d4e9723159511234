/**
 * The state of one simulated API server, and reading it.
 *
 * Why  Plain data, so that a generic codec can snapshot and hash it. Stored objects are never changed in
 *      place: a write stores a new object that shares nothing with the old one.
 */
import type { Seed } from '../../kernel/chance.ts';
import type { KubeObject } from './api-types.ts';
import type { JsonEdit } from './json-edits.ts';
import { compareText } from './json-values.ts';

/** The objects of one resource. */
export type Shelf = {
  /** Objects by `namespace/name` (`/name` for cluster-scoped ones). */
  byKey: Map<string, KubeObject>;
  /** The same keys in code-unit order, which is the order of lists. */
  sortedKeys: string[];
};

/** One write, as the watch log keeps it. Entry numbers and resource versions run in step. */
export type WatchEntry = {
  /** What happened. */
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Resource by its message name, e.g. `deployments.apps`. */
  resource: string;
  /** `namespace/name`. */
  key: string;
  /** The edits that lead back to the version before; absent for ADDED. */
  undo?: JsonEdit[];
  /** The last version of a deleted object, which the shelf no longer has. */
  last?: KubeObject;
};

/** The whole state of the store. */
export type Store = {
  /** Seed of uids and name suffixes. */
  identitySeed: Seed;
  /** Second of the week at `atMicros` = 0. */
  startSecondOfWeek: number;
  /** Version of the latest write; the next write gets the next number. */
  resourceVersion: number;
  /** Objects by resource (`pods`, `deployments.apps`). */
  shelves: Map<string, Shelf>;
  /** The latest writes, oldest first. */
  watchLog: WatchEntry[];
  /** How often a name or prefix has been created, so that the next one gets a new identity. */
  creationCounts: Map<string, number>;
  /** True when something was deleted or is being deleted since garbage was last looked for in vain. */
  garbageSuspected: boolean;
};

/** First resource version of a store minus one: an empty real cluster does not start at 1 either. */
const FIRST_RESOURCE_VERSION = 1000;

/** An empty store. `startSecondOfWeek` counts from Monday 00:00 UTC. */
export function createStore(identitySeed: Seed, startSecondOfWeek: number): Store {
  return {
    identitySeed: identitySeed.slice(),
    startSecondOfWeek,
    resourceVersion: FIRST_RESOURCE_VERSION,
    shelves: new Map(),
    watchLog: [],
    creationCounts: new Map(),
    garbageSuspected: false,
  };
}

/** The key of an object on its shelf. */
export function shelfKey(namespace: string | undefined, name: string): string {
  return `${namespace ?? ''}/${name}`;
}

/** The object of that resource, namespace and name. */
export function readObject(
  store: Store,
  resource: string,
  place: { namespace?: string; name: string },
): KubeObject | undefined {
  return store.shelves.get(resource)?.byKey.get(shelfKey(place.namespace, place.name));
}

/** First place in a sorted list whose key is not below `key`. */
export function lowerBound(sortedKeys: string[], key: string): number {
  let low = 0;
  let high = sortedKeys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareText(sortedKeys[middle], key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The objects of a resource in namespace/name order, of one namespace or of all. */
export function readAll(store: Store, resource: string, namespace?: string): KubeObject[] {
  const shelf = store.shelves.get(resource);
  if (shelf === undefined) return [];
  const objects: KubeObject[] = [];
  const prefix = namespace === undefined ? '' : `${namespace}/`;
  for (let at = lowerBound(shelf.sortedKeys, prefix); at < shelf.sortedKeys.length; at++) {
    const key = shelf.sortedKeys[at];
    if (!key.startsWith(prefix)) break;
    const object = shelf.byKey.get(key);
    if (object !== undefined) objects.push(object);
  }
  return objects;
}
