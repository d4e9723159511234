/** The newest Kubernetes events, as rows; one row an Event object, at its newest count. */
import type { KubeObject } from '../platforms/kubernetes/api-types.ts';
import { asJson, countAt, objectAt, textAt } from '../platforms/kubernetes/json-access.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readAll } from '../platforms/kubernetes/store-state.ts';
import type { Store } from '../platforms/kubernetes/store-state.ts';
import { parseTimestampMicros } from '../platforms/kubernetes/timestamps.ts';

/** Events kept. */
const EVENTS_KEPT = 500;

/** One Kubernetes event. */
export type KubeEventRow = {
  /** Resource version of its newest count; grows with time. */
  version: number;
  /** Last time it happened, microseconds, whole seconds. */
  atMicros: number;
  /** First time it happened. */
  firstMicros: number;
  /** `Normal` or `Warning`. */
  type: string;
  /** Machine word, e.g. `BackOff`. */
  reason: string;
  /** Namespace of the object it is about, '' for cluster-scoped ones. */
  namespace: string;
  /** Kind of that object. */
  kind: string;
  /** Its name. */
  name: string;
  /** Who says so, e.g. `kubelet`. */
  component: string;
  /** Sentence. */
  message: string;
  /** How often it happened. */
  count: number;
};

/** The feed. */
export type KubeEventFeed = {
  /** Version of the store that the feed has seen. */
  version: number;
  /** Rows by `namespace/name` of the Event, in order of their versions. */
  rows: Map<string, KubeEventRow>;
};

/** A feed that has seen nothing. */
export function createKubeEventFeed(): KubeEventFeed {
  return { version: 0, rows: new Map() };
}

function rowOf(store: Store, event: KubeObject): KubeEventRow {
  const json = asJson(event);
  const involved = objectAt(json, 'involvedObject');
  const first = textAt(json, 'firstTimestamp') || event.metadata.creationTimestamp;
  const last = textAt(json, 'lastTimestamp') || first;
  return {
    version: Number(event.metadata.resourceVersion),
    atMicros: parseTimestampMicros(store, last) ?? 0,
    firstMicros: parseTimestampMicros(store, first) ?? 0,
    type: textAt(json, 'type'),
    reason: textAt(json, 'reason'),
    namespace: textAt(involved, 'namespace'),
    kind: textAt(involved, 'kind'),
    name: textAt(involved, 'name'),
    component: textAt(objectAt(json, 'source'), 'component') || textAt(json, 'reportingComponent'),
    message: textAt(json, 'message'),
    count: countAt(json, 'count') || 1,
  };
}

/** Event objects written after a version, oldest write last seen first. */
function writtenSince(store: Store, version: number): KubeObject[] {
  const { watchLog } = store;
  const fresh = store.resourceVersion - version;
  if (fresh > watchLog.length) {
    const version = (event: KubeObject): number => Number(event.metadata.resourceVersion);
    const name = (event: KubeObject): string => event.metadata.name;
    return readAll(store, 'events').sort((a, b) => version(a) - version(b) || (name(a) < name(b) ? -1 : 1));
  }
  const shelf = store.shelves.get('events');
  const keys = new Set<string>();
  for (let at = watchLog.length - fresh; at < watchLog.length; at++) {
    if (watchLog[at].resource !== 'events') continue;
    // Taken out and put in again: the last write decides the place.
    keys.delete(watchLog[at].key);
    keys.add(watchLog[at].key);
  }
  return [...keys].flatMap((key) => shelf?.byKey.get(key) ?? []);
}

/** Takes in what was written since the last look. */
export function pullKubeEvents(feed: KubeEventFeed, world: World): void {
  const { store } = world.kube;
  if (store.resourceVersion === feed.version) return;
  for (const event of writtenSince(store, feed.version)) {
    const key = `${event.metadata.namespace ?? ''}/${event.metadata.name}`;
    feed.rows.delete(key);
    feed.rows.set(key, rowOf(store, event));
  }
  feed.version = store.resourceVersion;
  for (const key of feed.rows.keys()) {
    if (feed.rows.size <= EVENTS_KEPT) break;
    feed.rows.delete(key);
  }
}

/** Rows written after a version, oldest first. */
export function kubeEventsSince(feed: KubeEventFeed, version: number): KubeEventRow[] {
  const rows: KubeEventRow[] = [];
  for (const row of feed.rows.values()) if (row.version > version) rows.push({ ...row });
  return rows;
}
