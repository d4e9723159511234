/** Updating an object: every change to a stored object, by PUT, PATCH or a subresource, ends here. */
import type { ApiAnswer, JsonObject, KubeObject } from './api-types.ts';
import { apiVersionOf, type Call } from './call.ts';
import { asJson, memberAt, objectAt, textAt, textsAt } from './json-access.ts';
import { cloneJson, equalJson } from './json-values.ts';
import { recordManager } from './managed-fields.ts';
import { metaDiffers, metaOf, updatedMeta, validateMeta, validateMetaUpdate } from './object-meta.ts';
import { badRequest, invalid, staleVersion, type Refusal, wrongUid } from './status.ts';
import { removeObject, replaceObject } from './store-writes.ts';

/** Which half of an object a write may change. */
export type UpdatePart = 'main' | 'status';

/** The draft must be about the stored object, and based on its latest version if it names one. */
function baseRefusal(call: Call, draft: JsonObject, current: KubeObject): Refusal | undefined {
  const sent = objectAt(draft, 'metadata');
  const name = textAt(sent, 'name');
  const namespace = textAt(sent, 'namespace');
  if (name !== '' && name !== current.metadata.name) {
    return badRequest(
      `the name of the object (${name}) does not match the name on the URL (${current.metadata.name})`,
    );
  }
  if (namespace !== '' && namespace !== (current.metadata.namespace ?? '')) {
    return badRequest('the namespace of the object does not match the namespace on the request');
  }
  const uid = textAt(sent, 'uid');
  if (uid !== '' && uid !== current.metadata.uid) {
    return wrongUid(call.kind, current.metadata.name, { asked: uid, found: current.metadata.uid });
  }
  const version = textAt(sent, 'resourceVersion');
  if (version === '' || version === current.metadata.resourceVersion) return undefined;
  return staleVersion(call.kind, current.metadata.name);
}

/** The next version of the object, before defaults: the written half from the draft, the rest as stored. */
function mergeHalves(call: Call, draft: JsonObject, current: JsonObject, part: UpdatePart): JsonObject {
  if (part === 'status') {
    const next: JsonObject = {};
    for (const member of Object.keys(current))
      if (member !== 'status') next[member] = cloneJson(current[member]);
    const status = memberAt(draft, 'status');
    if (status !== undefined) next.status = cloneJson(status);
    return next;
  }
  const next: JsonObject = {
    apiVersion: apiVersionOf(call.kind),
    kind: call.kind.kind,
    metadata: updatedMeta(objectAt(draft, 'metadata'), metaOf(current)),
  };
  for (const member of Object.keys(draft)) {
    if (!Object.hasOwn(next, member)) next[member] = cloneJson(draft[member]);
  }
  if (call.kind.hasStatus) {
    const status = memberAt(current, 'status');
    if (status === undefined) delete next.status;
    else next.status = cloneJson(status);
  }
  return next;
}

/** True when nothing but the server's own metadata would differ. */
function isNoChange(next: JsonObject, current: JsonObject): boolean {
  if (metaDiffers(metaOf(next), metaOf(current))) return false;
  const members = new Set([...Object.keys(next), ...Object.keys(current)]);
  members.delete('metadata');
  for (const member of members)
    if (!equalJson(memberAt(next, member), memberAt(current, member))) return false;
  return true;
}

function updateRefusal(call: Call, next: JsonObject, current: JsonObject): Refusal | undefined {
  const context = { store: call.store, atMicros: call.atMicros };
  const { kind } = call;
  const errors = [
    ...validateMeta(metaOf(next), kind.nameRule),
    ...validateMetaUpdate(metaOf(next), metaOf(current)),
    ...kind.validate(next, context),
    ...(kind.validateUpdate?.(next, current, context) ?? []),
  ];
  if (errors.length > 0) return invalid(kind, textAt(metaOf(current), 'name'), errors);
  return kind.admit?.(next, current, context);
}

/** True when an object that was only waiting for its finalizers may go now. */
function isReleased(meta: JsonObject): boolean {
  const waits = textAt(meta, 'deletionTimestamp') !== '' && meta.deletionGracePeriodSeconds === 0;
  return waits && textsAt(meta, 'finalizers').length === 0;
}

/**
 * Stores a decoded draft in place of the stored object. A draft that changes nothing leaves the resource
 * version as it is.
 */
export function updateObject(
  call: Call,
  draft: JsonObject,
  current: KubeObject,
  part: UpdatePart,
): ApiAnswer {
  const stale = baseRefusal(call, draft, current);
  if (stale !== undefined) return stale;
  const before = asJson(current);
  if (part === 'status' && equalJson(memberAt(draft, 'status'), memberAt(before, 'status'))) {
    return { ok: true, code: 200, object: current };
  }
  const next = mergeHalves(call, draft, before, part);
  if (part === 'main') {
    call.kind.prepareUpdate?.(next, before, { store: call.store, atMicros: call.atMicros });
    call.kind.applyDefaults(next);
    if (isNoChange(next, before)) return { ok: true, code: 200, object: current };
    const refusal = updateRefusal(call, next, before);
    if (refusal !== undefined) return refusal;
  }
  const meta = metaOf(next);
  const mayCount = part === 'main' && call.kind.countsGeneration;
  if (mayCount && !equalJson(memberAt(next, 'spec'), memberAt(before, 'spec'))) {
    meta.generation = (current.metadata.generation ?? 0) + 1;
  }
  recordManager(meta, call, part === 'status' ? 'status' : (call.request.subresource ?? ''));
  const stored = next as unknown as KubeObject;
  if (call.query.dryRun === undefined) {
    if (isReleased(meta)) removeObject(call.store, call.resource, stored);
    else replaceObject(call.store, call.resource, stored);
  }
  return { ok: true, code: 200, object: stored };
}
