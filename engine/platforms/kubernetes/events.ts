/**
 * Recording Kubernetes events.
 *
 * Reads   the store, for an event that already says the same.
 * Emits   a new Event, or one more count on an old one, through the store's own entrance.
 * Why     Players read a cluster's story from `kubectl describe` and `get events`; what happens again
 *         and again must show as "x12 over 3m", not as twelve lines.
 */
import type { ApiRequest, JsonObject, KubeObject } from './api-types.ts';
import { asJson, countAt, objectAt, textAt } from './json-access.ts';
import { equalJson } from './json-values.ts';
import type { Store } from './store-state.ts';
import { lowerBound, readAll } from './store-state.ts';
import { request } from './store.ts';
import { parseTimestampMicros, timestampAt, unixSecondsAt } from './timestamps.ts';

/** The object an event is about. */
export type InvolvedObject = {
  /** e.g. `v1`. */
  apiVersion: string;
  /** e.g. `Pod`. */
  kind: string;
  /** Absent for cluster-scoped objects. */
  namespace?: string;
  /** Name. */
  name: string;
  /** Uid. */
  uid: string;
  /** Version of the object the event speaks of. */
  resourceVersion?: string;
  /** Part of the object, e.g. `spec.containers{main}`. */
  fieldPath?: string;
};

/** What happened. */
export type EventNote = {
  /** What it happened to. */
  involvedObject: InvolvedObject;
  /** Machine word in upper camel case, e.g. `BackOff`. */
  reason: string;
  /** Sentence for people. */
  message: string;
  /** Severity. */
  type: 'Normal' | 'Warning';
  /** Who says so, e.g. `kubelet`. */
  component: string;
  /** Node it was seen on. */
  host?: string;
};

/** How long the API server keeps an event (kube-apiserver's --event-ttl). */
const EVENT_TTL_MICROS = 3_600_000_000;

/** A reference to a stored object, for `involvedObject`. */
export function involvedObjectOf(object: KubeObject, fieldPath?: string): InvolvedObject {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  const reference: InvolvedObject = {
    apiVersion: object.apiVersion,
    kind: object.kind,
    name,
    uid,
    resourceVersion,
  };
  if (namespace !== undefined) reference.namespace = namespace;
  if (fieldPath !== undefined) reference.fieldPath = fieldPath;
  return reference;
}

function referenceJson(involved: InvolvedObject): JsonObject {
  const reference: JsonObject = {};
  for (const [key, value] of Object.entries(involved)) if (value !== undefined) reference[key] = value;
  return reference;
}

/** The reference without the version, which moves on while the story stays the same. */
function withoutVersion(reference: JsonObject | undefined): JsonObject {
  const copy: JsonObject = { ...reference };
  delete copy.resourceVersion;
  return copy;
}

/** The event that already says this, if any: events of an object stand together in list order. */
function findSame(store: Store, namespace: string, note: EventNote): KubeObject | undefined {
  const shelf = store.shelves.get('events');
  if (shelf === undefined) return undefined;
  const prefix = `${namespace}/${note.involvedObject.name}.`;
  const wanted = withoutVersion(referenceJson(note.involvedObject));
  for (let at = lowerBound(shelf.sortedKeys, prefix); at < shelf.sortedKeys.length; at++) {
    const key = shelf.sortedKeys[at];
    if (!key.startsWith(prefix)) return undefined;
    const event = shelf.byKey.get(key);
    if (event === undefined) continue;
    const json = asJson(event);
    const isSame =
      textAt(json, 'reason') === note.reason &&
      textAt(json, 'message') === note.message &&
      textAt(json, 'type') === note.type &&
      textAt(objectAt(json, 'source'), 'component') === note.component &&
      textAt(objectAt(json, 'source'), 'host') === (note.host ?? '');
    if (isSame && equalJson(withoutVersion(objectAt(json, 'involvedObject')), wanted)) return event;
  }
  return undefined;
}

/** Asks the store about one event. */
function eventRequest(verb: ApiRequest['verb'], namespace: string, component: string): ApiRequest {
  const seat = `system:${component}`;
  return {
    verb,
    group: '',
    version: 'v1',
    resource: 'events',
    namespace,
    seat,
    query: { fieldManager: component },
  };
}

/** A free event name: the object's name and the time in nanoseconds, as client-go makes them. */
function freeName(store: Store, atMicros: number, namespace: string, name: string): string {
  const micros = atMicros - Math.floor(atMicros / 1_000_000) * 1_000_000;
  let nanos = BigInt(unixSecondsAt(store, atMicros)) * 1_000_000_000n + BigInt(micros) * 1000n;
  const shelf = store.shelves.get('events');
  while (shelf?.byKey.has(`${namespace}/${name}.${nanos.toString(16)}`)) nanos += 1n;
  return `${name}.${nanos.toString(16)}`;
}

/**
 * Records that something happened: one more time, or for the first time. Answers the stored event, or
 * undefined when the server refused it (a namespace on its way out takes no events, as in a real cluster).
 */
export function recordEvent(store: Store, atMicros: number, note: EventNote): KubeObject | undefined {
  const namespace = note.involvedObject.namespace ?? 'default';
  const now = timestampAt(store, atMicros);
  const same = findSame(store, namespace, note);
  const asked = eventRequest(same === undefined ? 'create' : 'patch', namespace, note.component);
  if (same === undefined) {
    const source: JsonObject = { component: note.component };
    if (note.host !== undefined) source.host = note.host;
    asked.body = {
      metadata: { name: freeName(store, atMicros, namespace, note.involvedObject.name) },
      involvedObject: referenceJson(note.involvedObject),
      reason: note.reason,
      message: note.message,
      source,
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
      type: note.type,
      reportingComponent: note.component,
      reportingInstance: note.host ?? '',
    };
  } else {
    asked.name = same.metadata.name;
    asked.query = { ...asked.query, patchType: 'merge' };
    asked.body = { count: countAt(asJson(same), 'count') + 1, lastTimestamp: now };
  }
  const answer = request(store, atMicros, asked);
  return answer.ok && 'object' in answer ? answer.object : undefined;
}

/** Deletes events that have not been repeated for an hour; to be called once a minute or so. */
export function expireEvents(store: Store, atMicros: number): void {
  for (const event of readAll(store, 'events')) {
    const last = textAt(asJson(event), 'lastTimestamp') || event.metadata.creationTimestamp;
    const at = parseTimestampMicros(store, last) ?? atMicros;
    if (atMicros - at < EVENT_TTL_MICROS) continue;
    const asked = eventRequest('delete', event.metadata.namespace ?? '', 'kube-apiserver');
    request(store, atMicros, { ...asked, name: event.metadata.name });
  }
}
