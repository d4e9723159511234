/** The scale subresource: how many replicas, whatever the kind. */
import type { ApiAnswer, JsonObject, KubeObject } from './api-types.ts';
import { type Call, decodePrefix } from './call.ts';
import { decodeObject } from './decode.ts';
import { invalidValue } from './field-errors.ts';
import { asJson, countAt, memberAt, objectAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { applyPatch } from './patch.ts';
import { formatLabelSelector, labelSelectorOf } from './selectors.ts';
import { badRequest, invalid, methodNotAllowed, staleVersion } from './status.ts';
import { updateObject } from './update-object.ts';

/** The Scale of an object. */
function scaleOf(object: KubeObject): KubeObject {
  const spec = objectAt(asJson(object), 'spec');
  const status: JsonObject = { replicas: countAt(objectAt(asJson(object), 'status'), 'replicas') };
  const selector = formatLabelSelector(labelSelectorOf(objectAt(spec, 'selector')));
  if (selector !== '') status.selector = selector;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const metadata: KubeObject['metadata'] = { name, uid, resourceVersion, creationTimestamp };
  if (namespace !== undefined) metadata.namespace = namespace;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata,
    spec: { replicas: countAt(spec, 'replicas') },
    status,
  };
}

/** Stores a wanted Scale. */
function writeScale(call: Call, current: KubeObject, scale: JsonObject): ApiAnswer {
  const replicas = countAt(objectAt(scale, 'spec'), 'replicas');
  const name = current.metadata.name;
  if (replicas < 0) {
    const errors = [invalidValue('spec.replicas', replicas, 'must be greater than or equal to 0')];
    return invalid({ group: 'autoscaling', kind: 'Scale' }, name, errors);
  }
  const version = textAt(objectAt(scale, 'metadata'), 'resourceVersion');
  if (version !== '' && version !== current.metadata.resourceVersion) return staleVersion(call.kind, name);
  const draft = cloneJson(asJson(current));
  draft.spec = { ...objectAt(draft, 'spec'), replicas };
  const answer = updateObject(call, draft, current, 'main');
  return answer.ok && 'object' in answer ? { ok: true, code: 200, object: scaleOf(answer.object) } : answer;
}

/** GET, PUT and PATCH of a Scale. */
export function requestScale(call: Call, current: KubeObject): ApiAnswer {
  const { verb, body } = call.request;
  const scale = scaleOf(current);
  if (verb === 'get') return { ok: true, code: 200, object: scale };
  if (verb === 'update') {
    const decoded = decodeObject('Scale', body, 'json');
    if (decoded.ok) return writeScale(call, current, decoded.object);
    return badRequest(decodePrefix({ kind: 'Scale', version: 'v1' }) + decoded.error);
  }
  if (verb !== 'patch') return methodNotAllowed();
  const type = call.query.patchType ?? 'merge';
  const patched = applyPatch(asJson(scale), body ?? null, type, 'Scale');
  if (!patched.ok) return patched.refusal;
  // Without the version the patch is about whatever is stored now.
  const meta = objectAt(patched.object, 'metadata');
  if (
    meta !== undefined &&
    memberAt(objectAt(body as JsonObject, 'metadata'), 'resourceVersion') === undefined
  ) {
    delete meta.resourceVersion;
  }
  return writeScale(call, current, patched.object);
}
