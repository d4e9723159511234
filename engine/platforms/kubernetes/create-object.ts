/** Creating an object: decoded, defaulted, completed, validated, admitted, stored. */
import type { ApiAnswer, Json, JsonObject, KubeObject } from './api-types.ts';
import { apiVersionOf, type Call, decodePrefix } from './call.ts';
import { decodeObject } from './decode.ts';
import { countCreation, creationOrdinal, suffixFor, uidFor } from './identity.ts';
import { isObject, memberAt, objectAt, textAt } from './json-access.ts';
import { recordManager } from './managed-fields.ts';
import { metaOf, validateMeta } from './object-meta.ts';
import { alreadyExists, badRequest, forbidden, invalid, notFound, refuse, type Refusal } from './status.ts';
import { insertObject } from './store-writes.ts';
import { readObject, shelfKey } from './store-state.ts';
import { timestampAt } from './timestamps.ts';

/** Longest generated name, so that the suffix still fits (apimachinery's maxNameLength 63 less 5). */
const LONGEST_PREFIX = 58;
/** Names tried for a `generateName` before the answer is 409, as the real server since 1.30. */
const NAME_ATTEMPTS = 8;

/** A decoded body, or the refusal. */
export type DecodedBody = { ok: true; object: JsonObject } | { ok: false; refusal: Refusal };

/** Decodes a body as the kind of the call; unknown fields are dropped, or refused when strict. */
export function decodeBody(call: Call, body: Json | undefined): DecodedBody {
  const { kind } = call;
  const apiVersion = apiVersionOf(kind);
  const prefix = decodePrefix(kind);
  if (!isObject(body))
    return { ok: false, refusal: badRequest(`${prefix}couldn't get version/kind; json parse error`) };
  const sentVersion = textAt(body, 'apiVersion');
  const sentKind = textAt(body, 'kind');
  if ((sentVersion !== '' && sentVersion !== apiVersion) || (sentKind !== '' && sentKind !== kind.kind)) {
    const found = `no kind "${sentKind}" is registered for version "${sentVersion}"`;
    const message = `the object provided is unrecognized (must be of type ${kind.kind}): ${found}`;
    return { ok: false, refusal: badRequest(message) };
  }
  const decoded = decodeObject(kind.kind, body, 'json');
  if (!decoded.ok) return { ok: false, refusal: badRequest(prefix + decoded.error) };
  const refusal = strictRefusal(call, decoded.unknownFields, prefix);
  return refusal === undefined ? { ok: true, object: decoded.object } : { ok: false, refusal };
}

/** 400 for unknown fields when the client asked for strict validation. */
export function strictRefusal(call: Call, unknownFields: string[], prefix: string): Refusal | undefined {
  if (call.query.fieldValidation !== 'Strict' || unknownFields.length === 0) return undefined;
  const list = unknownFields.map((field) => `unknown field "${field}"`).join(', ');
  return badRequest(`${prefix}strict decoding error: ${list}`);
}

/** The namespace must exist and not be on its way out. */
function namespaceRefusal(call: Call, namespace: string, name: string): Refusal | undefined {
  const found = readObject(call.store, 'namespaces', { name: namespace });
  if (found === undefined) return notFound({ group: '', plural: 'namespaces', kind: 'Namespace' }, namespace);
  if (found.metadata.deletionTimestamp === undefined) return undefined;
  const cause = `unable to create new content in namespace ${namespace} because it is being terminated`;
  return forbidden(call.kind, name, cause);
}

/** Under which key an object's identity is drawn: its name, or its prefix when the name is drawn too. */
function identityKey(call: Call, namespace: string, meta: JsonObject): string {
  const name = textAt(meta, 'name');
  let stem = name === '' ? textAt(meta, 'generateName') : name;
  // Events are named after their object and the time; counting each such name would grow without end.
  if (call.kind.kind === 'Event' && name !== '') stem = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  return `${call.kind.kind}/${namespace}/${stem}`;
}

/** Draws a free name for a `generateName`; '' when every attempt was taken. */
function drawName(
  call: Call,
  key: string,
  draw: { ordinal: number; prefix: string; namespace: string },
): string {
  for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
    const suffix = suffixFor(call.store.identitySeed, key, draw.ordinal, attempt);
    const name = draw.prefix.slice(0, LONGEST_PREFIX) + suffix;
    if (readObject(call.store, call.resource, { namespace: draw.namespace, name }) === undefined) return name;
  }
  return '';
}

/** Members of metadata that only the server may set on creation. */
const SERVER_MEMBERS = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'generation',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** Metadata of a new object. */
function newMeta(call: Call, sent: JsonObject, namespace: string, key: string): JsonObject {
  const ordinal = creationOrdinal(call.store, key);
  const prefix = textAt(sent, 'generateName');
  const name =
    textAt(sent, 'name') || (prefix === '' ? '' : drawName(call, key, { ordinal, prefix, namespace }));
  const meta: JsonObject = { name };
  if (call.kind.namespaced) meta.namespace = namespace;
  meta.uid = uidFor(call.store.identitySeed, key, ordinal);
  meta.resourceVersion = '';
  meta.creationTimestamp = timestampAt(call.store, call.atMicros);
  if (call.kind.countsGeneration) meta.generation = 1;
  for (const member of Object.keys(sent)) {
    if (!SERVER_MEMBERS.includes(member) && member !== 'name' && member !== 'namespace')
      meta[member] = sent[member];
  }
  recordManager(meta, call, '');
  return meta;
}

/** Refusals that concern where the object is to stand. */
function placeRefusal(call: Call, sent: JsonObject): Refusal | undefined {
  const namespace = call.request.namespace ?? '';
  const sentNamespace = textAt(sent, 'namespace');
  if (call.kind.namespaced && namespace === '') {
    return badRequest('an empty namespace may not be set during creation');
  }
  if (sentNamespace !== '' && sentNamespace !== namespace) {
    return badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  if (textAt(sent, 'resourceVersion') !== '') {
    return badRequest('resourceVersion should not be set on objects to be created');
  }
  return call.kind.namespaced ? namespaceRefusal(call, namespace, textAt(sent, 'name')) : undefined;
}

/** The object that a creation would store, completed and checked, or the refusal. */
function draftFor(call: Call, object: JsonObject, key: string): DecodedBody {
  const { kind, store, atMicros } = call;
  const sent = objectAt(object, 'metadata') ?? {};
  const namespace = call.request.namespace ?? '';
  const meta = newMeta(call, sent, kind.namespaced ? namespace : '', key);
  const draft: JsonObject = { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: meta };
  for (const member of Object.keys(object)) if (!Object.hasOwn(draft, member)) draft[member] = object[member];
  // Nodes and volumes register themselves with a status; anything else starts without one.
  if (kind.hasStatus && kind.kind !== 'Node') delete draft.status;
  const context = { store, atMicros };
  kind.applyDefaults(draft);
  kind.prepareCreate?.(draft, context);
  const errors = [...validateMeta(meta, kind.nameRule), ...kind.validate(draft, context)];
  if (errors.length > 0) return { ok: false, refusal: invalid(kind, textAt(meta, 'name'), errors) };
  const refusal = kind.admit?.(draft, undefined, context);
  return refusal === undefined ? { ok: true, object: draft } : { ok: false, refusal };
}

/** Creates from an already decoded object. */
export function createDecoded(call: Call, object: JsonObject): ApiAnswer {
  const sent = objectAt(object, 'metadata') ?? {};
  const misplaced = placeRefusal(call, sent);
  if (misplaced !== undefined) return misplaced;
  const namespace = call.kind.namespaced ? (call.request.namespace ?? '') : '';
  const key = identityKey(call, namespace, sent);
  const outcome = draftFor(call, object, key);
  if (!outcome.ok) return outcome.refusal;
  const draft = outcome.object;
  const name = textAt(metaOf(draft), 'name');
  if (call.store.shelves.get(call.resource)?.byKey.has(shelfKey(namespace, name))) {
    return alreadyExists(call.kind, name);
  }
  const stored = draft as unknown as KubeObject;
  if (call.query.dryRun === undefined) {
    countCreation(call.store, key);
    insertObject(call.store, call.resource, stored);
  }
  return { ok: true, code: 201, object: stored };
}

/** POST. */
export function createObject(call: Call): ApiAnswer {
  const body = decodeBody(call, call.request.body);
  if (!body.ok) return body.refusal;
  const name = textAt(objectAt(body.object, 'metadata'), 'name');
  if (call.request.name !== undefined && call.request.name !== '' && name !== call.request.name) {
    return refuse(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }
  if (memberAt(body.object, 'metadata') === undefined) body.object.metadata = {};
  return createDecoded(call, body.object);
}
