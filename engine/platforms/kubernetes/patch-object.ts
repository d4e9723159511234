/** PATCH of an object or of its status, including apply, which may create it. */
import type { ApiAnswer, JsonObject, KubeObject } from './api-types.ts';
import { apiVersionOf, type Call, decodePrefix } from './call.ts';
import { createDecoded, decodeBody, strictRefusal } from './create-object.ts';
import { invalid, notFound, badRequest, refuse } from './status.ts';
import { asJson, isObject, memberAt, objectAt, textAt } from './json-access.ts';
import { requiredValue } from './field-errors.ts';
import { applyPatch } from './patch.ts';
import type { UpdatePart } from './update-object.ts';
import { updateObject } from './update-object.ts';

/** An apply that finds no object creates it. */
function applyCreate(call: Call): ApiAnswer {
  const body = decodeBody(call, call.request.body);
  if (!body.ok) return body.refusal;
  const meta: JsonObject = objectAt(body.object, 'metadata') ?? {};
  meta.name = call.request.name ?? '';
  body.object.metadata = meta;
  return createDecoded(call, body.object);
}

/** Refusals that only apply knows. */
function applyRefusal(call: Call): ApiAnswer | undefined {
  const body = call.request.body;
  if ((call.query.fieldManager ?? '') === '') {
    const errors = [requiredValue('fieldManager', 'is required for apply patch')];
    return invalid({ group: 'meta.k8s.io', kind: 'PatchOptions' }, '', errors);
  }
  if (!isObject(body)) return badRequest('error decoding YAML: expected an object');
  if (memberAt(objectAt(body, 'metadata'), 'managedFields') !== undefined) {
    return badRequest('metadata.managedFields must be nil');
  }
  const isKind =
    textAt(body, 'kind') === call.kind.kind && textAt(body, 'apiVersion') === apiVersionOf(call.kind);
  if (isKind) return undefined;
  const found = `"${textAt(body, 'apiVersion')}, Kind=${textAt(body, 'kind')}"`;
  return badRequest(
    `invalid object type: ${found} is not "${apiVersionOf(call.kind)}, Kind=${call.kind.kind}"`,
  );
}

/** What a patch of the status may touch: decoding the rest of a large spec would be for nothing. */
function statusView(current: KubeObject): JsonObject {
  const view: JsonObject = { ...asJson(current) };
  delete view.spec;
  return view;
}

/** PATCH. */
export function patchObject(call: Call, current: KubeObject | undefined, part: UpdatePart): ApiAnswer {
  const type = call.query.patchType;
  if (type === undefined) {
    const media = 'application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';
    const complaint = 'the body of the request was in an unknown format';
    return refuse(415, 'UnsupportedMediaType', `${complaint} - accepted media types include: ${media}`);
  }
  if (type === 'apply') {
    const refusal = applyRefusal(call);
    if (refusal !== undefined) return refusal;
    if (current === undefined && part === 'main') return applyCreate(call);
  }
  if (current === undefined) return notFound(call.kind, call.request.name ?? '');
  const base = part === 'status' && type !== 'json' ? statusView(current) : asJson(current);
  const patched = applyPatch(base, call.request.body ?? null, type, call.kind.kind);
  if (!patched.ok) return patched.refusal;
  const prefix = decodePrefix(call.kind);
  return (
    strictRefusal(call, patched.unknownFields, prefix) ?? updateObject(call, patched.object, current, part)
  );
}
