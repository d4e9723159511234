/**
 * Reading the watch log: what changed after a resource version, in order.
 *
 * How   The log keeps edits, not objects. Walking it from the newest entry back, the current object of
 *       each key is undone step by step, so every event carries the version it was about.
 */
import { invariant } from '../../kernel/invariant.ts';
import type { JsonObject, KubeObject, WatchEvent } from './api-types.ts';
import { asJson } from './json-access.ts';
import { applyEdits } from './json-edits.ts';
import { findResourceByText } from './resources.ts';
import type { FieldRequirement, LabelSelector } from './selectors.ts';
import { matchesFields, matchesLabels } from './selectors.ts';
import type { Store, WatchEntry } from './store-state.ts';
import { resourceText } from './status.ts';

/** Which changes a watcher wants; everything absent means all. */
export type WatchFilter = {
  /** API group; together with `resource`. */
  group?: string;
  /** Plural resource. */
  resource?: string;
  /** Namespace. */
  namespace?: string;
  /** Object name. */
  name?: string;
  /** Parsed label selector. */
  labels?: LabelSelector;
  /** Parsed field selector. */
  fields?: FieldRequirement[];
};

/** The oldest resource version a watch can still start from. */
export function oldestWatchVersion(store: Store): number {
  return store.resourceVersion - store.watchLog.length;
}

/** True when a watch from that version has lost writes: list again (the real API answers 410). */
export function watchExpired(store: Store, resourceVersion: number): boolean {
  return resourceVersion < oldestWatchVersion(store);
}

function matchesPlace(filter: WatchFilter, entry: WatchEntry): boolean {
  if (filter.resource !== undefined) {
    if (entry.resource !== resourceText({ group: filter.group ?? '', plural: filter.resource })) return false;
  }
  const slash = entry.key.indexOf('/');
  if (filter.namespace !== undefined && entry.key.slice(0, slash) !== filter.namespace) return false;
  return filter.name === undefined || entry.key.slice(slash + 1) === filter.name;
}

function matchesContent(filter: WatchFilter, object: KubeObject): boolean {
  if (filter.labels !== undefined && !matchesLabels(filter.labels, object.metadata.labels)) return false;
  return filter.fields === undefined || matchesFields(filter.fields, object);
}

/**
 * The event a watcher with that filter sees. An object that leaves the selection is DELETED to it, one
 * that enters is ADDED, as the real watch cache has it.
 */
function eventFor(
  entry: WatchEntry,
  filter: WatchFilter,
  versions: { number: number; after: KubeObject; before?: KubeObject },
): WatchEvent | undefined {
  const { after, before } = versions;
  const isIn = entry.type !== 'DELETED' && matchesContent(filter, after);
  const wasIn = before !== undefined && matchesContent(filter, before);
  if (!isIn && !wasIn) return undefined;
  const type = isIn ? (wasIn ? 'MODIFIED' : 'ADDED') : 'DELETED';
  const definition = findResourceByText(entry.resource);
  return {
    resourceVersion: versions.number,
    type,
    resource: definition.plural,
    group: definition.group,
    namespace: after.metadata.namespace ?? '',
    name: after.metadata.name,
    object: after,
  };
}

/**
 * The changes after `resourceVersion` that match, oldest first.
 *
 * @throws InvariantError when the log no longer reaches back that far: ask `watchExpired` first.
 */
export function watchSince(store: Store, resourceVersion: number, filter: WatchFilter = {}): WatchEvent[] {
  invariant(!watchExpired(store, resourceVersion), 'a watch older than the log must list again');
  const events: WatchEvent[] = [];
  const current = new Map<string, JsonObject>();
  const first = Math.max(0, resourceVersion - oldestWatchVersion(store));
  for (let at = store.watchLog.length - 1; at >= first; at--) {
    const entry = store.watchLog[at];
    if (!matchesPlace(filter, entry)) continue;
    const place = `${entry.resource} ${entry.key}`;
    const stored = store.shelves.get(entry.resource)?.byKey.get(entry.key);
    const after = entry.last ?? current.get(place) ?? stored;
    invariant(after !== undefined, `the watch log lost ${place}`);
    const before = entry.undo === undefined ? undefined : applyEdits(asJson(after as KubeObject), entry.undo);
    if (before !== undefined) current.set(place, before);
    const number = oldestWatchVersion(store) + at + 1;
    const versions = { number, after: after as KubeObject, before: before as KubeObject | undefined };
    const event = eventFor(entry, filter, versions);
    if (event !== undefined) events.push(event);
  }
  return events.reverse();
}
