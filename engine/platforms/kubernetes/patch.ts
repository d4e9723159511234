/** Applies a patch of any of the four media types to a stored object. */
import type { Json, JsonObject, PatchType } from './api-types.ts';
import { applyByFields } from './apply-patch.ts';
import { decodeObject } from './decode.ts';
import { invalidValue } from './field-errors.ts';
import { goPlain } from './go-text.ts';
import { isObject } from './json-access.ts';
import { applyJsonPatch } from './json-patch.ts';
import { applyMergePatch } from './merge-patch.ts';
import { badRequest, invalid, refuse, type Refusal } from './status.ts';
import { applyStrategicPatch } from './strategic-patch.ts';

/** The patched object, decoded, or the refusal the API server would answer. */
export type Patched =
  { ok: true; object: JsonObject; unknownFields: string[] } | { ok: false; refusal: Refusal };

/** 422 for a patch whose result is not an object of the kind. */
function unusable(value: string, error: string): Patched {
  const refusal = invalid({ group: '', kind: '' }, '', [invalidValue('patch', value, error)]);
  return { ok: false, refusal };
}

function decoded(typeName: string, value: Json, patch: Json, type: PatchType): Patched {
  const structured = type === 'strategic';
  const result = decodeObject(typeName, value, structured ? 'unstructured' : 'json');
  if (result.ok) return result;
  if (type === 'apply')
    return {
      ok: false,
      refusal: refuse(400, 'BadRequest', `failed to create typed patch object: ${result.error}`),
    };
  // Upstream shows the patch of a strategic merge, and the whole patched object otherwise.
  return unusable(structured ? goPlain(patch) : JSON.stringify(value), result.error);
}

/** 422 for a JSON patch that does not fit the object. */
function jsonPatchFailed(error: string): Patched {
  const message = 'the server rejected our request due to an error in our request';
  const causes = [{ reason: 'UnexpectedServerResponse', message: error }];
  return { ok: false, refusal: refuse(422, 'Invalid', message, { causes }) };
}

/** Applies a patch to an object of the named schema type. */
export function applyPatch(object: JsonObject, patch: Json, type: PatchType, typeName: string): Patched {
  if (type === 'json') {
    const outcome = applyJsonPatch(object, patch);
    if (outcome.ok) return decoded(typeName, outcome.value, patch, type);
    return Array.isArray(patch)
      ? jsonPatchFailed(outcome.error)
      : { ok: false, refusal: badRequest(outcome.error) };
  }
  if (!isObject(patch)) {
    const error = 'json: cannot unmarshal array into Go value of type map[string]interface {}';
    return { ok: false, refusal: badRequest(error) };
  }
  if (type === 'merge') return decoded(typeName, applyMergePatch(object, patch), patch, type);
  if (type === 'apply') return decoded(typeName, applyByFields(object, patch, typeName), patch, type);
  const outcome = applyStrategicPatch(object, patch, typeName);
  if (!outcome.ok) return { ok: false, refusal: badRequest(outcome.error) };
  return decoded(typeName, outcome.value, patch, type);
}
