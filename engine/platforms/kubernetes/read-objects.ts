/** GET, LIST and the start of a WATCH. */
import type { ApiAnswer, KubeList, KubeObject } from './api-types.ts';
import { apiVersionOf, type Call } from './call.ts';
import { parseFieldSelector, parseLabelSelector, matchesFields, matchesLabels } from './selectors.ts';
import type { FieldRequirement, LabelSelector } from './selectors.ts';
import { badRequest, expired, notFound, type Refusal } from './status.ts';
import { readAll, readObject, shelfKey } from './store-state.ts';
import { tableOf } from './table.ts';
import { oldestWatchVersion, watchExpired } from './watch-log.ts';

/** Both selectors of a call, parsed. */
export type Selectors = { labels: LabelSelector; fields: FieldRequirement[] };

/** Parses the selectors of a call. */
export function selectorsOf(
  call: Call,
): { ok: true; selectors: Selectors } | { ok: false; refusal: Refusal } {
  const labels = parseLabelSelector(call.query.labelSelector ?? '');
  if (!labels.ok) return { ok: false, refusal: badRequest(labels.error) };
  const supported = ['metadata.name', 'metadata.namespace', ...call.kind.fieldLabels];
  const fields = parseFieldSelector(call.query.fieldSelector ?? '', supported);
  if (!fields.ok) return { ok: false, refusal: badRequest(fields.error) };
  return { ok: true, selectors: { labels: labels.selector, fields: fields.selector } };
}

/** The object a call names. */
export function namedObject(call: Call): KubeObject | undefined {
  const namespace = call.kind.namespaced ? call.request.namespace : undefined;
  return readObject(call.store, call.resource, { namespace, name: call.request.name ?? '' });
}

/** The objects a call selects, in list order. A selector on the name alone needs no search. */
export function selectedObjects(call: Call, selectors: Selectors): KubeObject[] {
  const namespace = call.kind.namespaced ? call.request.namespace : undefined;
  const byName = selectors.fields.find((one) => one.field === 'metadata.name' && !one.negated);
  if (byName !== undefined && (namespace !== undefined || !call.kind.namespaced)) {
    const object = readObject(call.store, call.resource, { namespace, name: byName.value });
    return object === undefined ? [] : [object].filter((one) => isSelected(one, selectors));
  }
  return readAll(call.store, call.resource, namespace).filter((object) => isSelected(object, selectors));
}

function isSelected(object: KubeObject, selectors: Selectors): boolean {
  return matchesLabels(selectors.labels, object.metadata.labels) && matchesFields(selectors.fields, object);
}

/** GET of one object. */
export function getObject(call: Call): ApiAnswer {
  const object = namedObject(call);
  if (object === undefined) return notFound(call.kind, call.request.name ?? '');
  if (call.query.as !== 'table') return { ok: true, code: 200, object };
  return {
    ok: true,
    code: 200,
    table: tableOf(call.store, call.atMicros, { kind: call.kind, objects: [object] }),
  };
}

/** LIST: all, or one page of `limit` from `continue` on. */
export function listObjects(call: Call): ApiAnswer {
  const parsed = selectorsOf(call);
  if (!parsed.ok) return parsed.refusal;
  const selected = selectedObjects(call, parsed.selectors);
  const from = call.query.continue ?? '';
  const limit = call.query.limit ?? 0;
  const rest = from === '' ? selected : selected.filter((object) => pageKey(object) > from);
  const objects = limit > 0 ? rest.slice(0, limit) : rest;
  const metadata: KubeList['metadata'] = { resourceVersion: String(call.store.resourceVersion) };
  if (objects.length < rest.length) {
    metadata.continue = pageKey(objects[objects.length - 1]);
    metadata.remainingItemCount = rest.length - objects.length;
  }
  if (call.query.as === 'table') {
    const table = tableOf(call.store, call.atMicros, { kind: call.kind, objects });
    return { ok: true, code: 200, table: { ...table, metadata } };
  }
  const list = {
    apiVersion: apiVersionOf(call.kind),
    kind: `${call.kind.kind}List`,
    metadata,
    items: objects,
  };
  return { ok: true, code: 200, list };
}

function pageKey(object: KubeObject): string {
  return shelfKey(object.metadata.namespace, object.metadata.name);
}

/**
 * The start of a watch: an empty list that says from which version `watchSince` is to be asked, or 410.
 * Without a version, or with '0', the watch starts now.
 */
export function startWatch(call: Call): ApiAnswer {
  const parsed = selectorsOf(call);
  if (!parsed.ok) return parsed.refusal;
  const asked = call.query.resourceVersion ?? '';
  const from = asked === '' || asked === '0' ? call.store.resourceVersion : Number(asked);
  if (!Number.isSafeInteger(from) || from < 0) {
    return badRequest(
      `resourceVersion: Invalid value: "${asked}": strconv.ParseUint: parsing "${asked}": invalid syntax`,
    );
  }
  if (watchExpired(call.store, from)) return expired(from, oldestWatchVersion(call.store));
  const metadata = { resourceVersion: String(from) };
  const kind = `${call.kind.kind}List`;
  return { ok: true, code: 200, list: { apiVersion: apiVersionOf(call.kind), kind, metadata, items: [] } };
}
