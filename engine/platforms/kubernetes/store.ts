/**
 * The Kubernetes API server as a plain state with one synchronous entrance.
 *
 * Reads   the request and the store; never a clock, never chance beyond names and uids.
 * Emits   an answer worded as the real server words it, and entries in the watch log.
 * Why     The terminal's kubectl, controllers, faults and the HTTP face all come through `request`, so
 *         whatever one of them does, the others see exactly as on a real cluster.
 */
import type { ApiAnswer, ApiRequest } from './api-types.ts';
import type { Call } from './call.ts';
import { callFor } from './call.ts';
import { createObject, decodeBody } from './create-object.ts';
import { deleteObject } from './delete-object.ts';
import { isNestedDeeper } from './json-values.ts';
import { patchObject } from './patch-object.ts';
import {
  getObject,
  listObjects,
  namedObject,
  selectedObjects,
  selectorsOf,
  startWatch,
} from './read-objects.ts';
import { findResource } from './resources.ts';
import { badRequest, methodNotAllowed, notFound, unknownResource } from './status.ts';
import type { Store } from './store-state.ts';
import type { UpdatePart } from './update-object.ts';
import { updateObject } from './update-object.ts';
import { requestSubresource } from './subresources.ts';

export { collectGarbage } from './garbage.ts';
export { createStore, type Store } from './store-state.ts';
export { watchExpired, watchSince, type WatchFilter } from './watch-log.ts';

/** PUT. */
function updateWhole(call: Call, part: UpdatePart): ApiAnswer {
  const current = namedObject(call);
  const body = decodeBody(call, call.request.body);
  if (!body.ok) return body.refusal;
  if (current === undefined) return notFound(call.kind, call.request.name ?? '');
  return updateObject(call, body.object, current, part);
}

/** DELETE of everything selected; the answer lists what was there. */
function deleteCollection(call: Call): ApiAnswer {
  const parsed = selectorsOf(call);
  if (!parsed.ok) return parsed.refusal;
  const answer = listObjects(call);
  for (const object of selectedObjects(call, parsed.selectors)) deleteObject(call, object);
  return answer;
}

/** Requests about the status subresource. */
function requestStatus(call: Call): ApiAnswer {
  if (!call.kind.hasStatus) return unknownResource();
  switch (call.request.verb) {
    case 'get':
      return getObject(call);
    case 'update':
      return updateWhole(call, 'status');
    case 'patch':
      return patchObject(call, namedObject(call), 'status');
    default:
      return methodNotAllowed();
  }
}

/** Requests about the objects themselves. */
function requestMain(call: Call): ApiAnswer {
  const current = namedObject(call);
  switch (call.request.verb) {
    case 'get':
      return getObject(call);
    case 'list':
      return listObjects(call);
    case 'watch':
      return startWatch(call);
    case 'create':
      return createObject(call);
    case 'update':
      return updateWhole(call, 'main');
    case 'patch':
      return patchObject(call, current, 'main');
    case 'delete':
      return current === undefined
        ? notFound(call.kind, call.request.name ?? '')
        : deleteObject(call, current);
    case 'deletecollection':
      return deleteCollection(call);
  }
}

/** No object is nested deeper than some twenty levels. */
const DEEPEST_BODY = 100;

/**
 * Answers one request at `atMicros`, and does what it asks.
 *
 * Objects in answers are the stored ones: whoever gets them must not change them.
 */
export function request(store: Store, atMicros: number, request: ApiRequest): ApiAnswer {
  const kind = findResource(request.group, request.version, request.resource);
  if (kind === undefined) return unknownResource();
  const call = callFor(store, atMicros, kind, request);
  if (request.body !== undefined && isNestedDeeper(request.body, DEEPEST_BODY)) {
    return badRequest('json: exceeded max depth');
  }
  const needsName = ['get', 'update', 'patch', 'delete'].includes(request.verb);
  if (needsName && (request.name === undefined || request.name === '')) return methodNotAllowed();
  // A namespaced object without a namespace in its address is an address nobody serves.
  if (needsName && kind.namespaced && (request.namespace ?? '') === '') return unknownResource();
  const subresource = request.subresource ?? '';
  if (subresource === '') return requestMain(call);
  if (subresource === 'status') return requestStatus(call);
  return requestSubresource(call, asCurrent(call));
}

function asCurrent(call: Call): ReturnType<typeof namedObject> {
  return call.request.name === undefined ? undefined : namedObject(call);
}
