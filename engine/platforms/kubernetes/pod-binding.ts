/** The binding subresource: how the scheduler puts a pod on a node. */
import type { ApiAnswer, JsonObject, KubeObject } from './api-types.ts';
import { type Call, decodePrefix } from './call.ts';
import { decodeObject } from './decode.ts';
import { requiredValue, unsupportedValue } from './field-errors.ts';
import { asJson, objectAt, objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { recordManager } from './managed-fields.ts';
import { metaOf } from './object-meta.ts';
import { badRequest, conflict, invalid } from './status.ts';
import { replaceObject } from './store-writes.ts';
import { timestampAt } from './timestamps.ts';

/** POST of a Binding. */
export function bindPod(call: Call, pod: KubeObject): ApiAnswer {
  const decoded = decodeObject('Binding', call.request.body, 'json');
  if (!decoded.ok) return badRequest(decodePrefix({ kind: 'Binding', version: 'v1' }) + decoded.error);
  const target = objectAt(decoded.object, 'target');
  const node = textAt(target, 'name');
  const name = pod.metadata.name;
  const binding = { group: '', kind: 'Binding' };
  if (node === '') return invalid(binding, name, [requiredValue('target.name')]);
  const kind = textAt(target, 'kind');
  if (kind !== '' && kind !== 'Node') {
    return invalid(binding, name, [unsupportedValue('target.kind', kind, ['Node', '<empty>'])]);
  }
  const subject = { group: '', plural: 'pods/binding', kind: 'Binding' };
  const assigned = textAt(objectAt(asJson(pod), 'spec'), 'nodeName');
  if (pod.metadata.deletionTimestamp !== undefined) {
    return conflict(subject, name, `pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if (assigned !== '')
    return conflict(subject, name, `pod ${name} is already assigned to node "${assigned}"`);
  const next = cloneJson(asJson(pod));
  next.spec = { ...objectAt(next, 'spec'), nodeName: node };
  next.status = scheduled(objectAt(next, 'status') ?? {}, timestampAt(call.store, call.atMicros));
  recordManager(metaOf(next), call, 'binding');
  const stored = next as unknown as KubeObject;
  if (call.query.dryRun === undefined) replaceObject(call.store, call.resource, stored);
  return { ok: true, code: 201, object: stored };
}

/** Status with the condition PodScheduled true. */
function scheduled(status: JsonObject, now: string): JsonObject {
  const others = objectsAt(status, 'conditions').filter((one) => textAt(one, 'type') !== 'PodScheduled');
  return {
    ...status,
    conditions: [...others, { type: 'PodScheduled', status: 'True', lastTransitionTime: now }],
  };
}
