/** One request on its way through the store, with what has been looked up for it. */
import type { ApiRequest, RequestQuery } from './api-types.ts';
import type { KindDefinition } from './kind-definition.ts';
import type { Store } from './store-state.ts';
import { resourceText } from './status.ts';

/** What every step of a request needs. */
export type Call = {
  /** The store. */
  store: Store;
  /** Now. */
  atMicros: number;
  /** The kind asked for. */
  kind: KindDefinition;
  /** Its shelf, e.g. `deployments.apps`. */
  resource: string;
  /** The request as it came. */
  request: ApiRequest;
  /** Its query, never absent. */
  query: RequestQuery;
};

/** A call for a request about a known kind. */
export function callFor(store: Store, atMicros: number, kind: KindDefinition, request: ApiRequest): Call {
  return { store, atMicros, kind, resource: resourceText(kind), request, query: request.query ?? {} };
}

/** How complaints about a body that cannot be decoded begin. */
export function decodePrefix(kind: { kind: string; version: string }): string {
  return `${kind.kind} in version "${kind.version}" cannot be handled as a ${kind.kind}: `;
}

/** The `apiVersion` of a kind, e.g. `apps/v1` or `v1`. */
export function apiVersionOf(kind: { group: string; version: string }): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`;
}
