/** The Table form of objects: what `kubectl get` prints. */
import type { KubeObject, KubeTable } from './api-types.ts';
import { asJson } from './json-access.ts';
import type { KindDefinition } from './kind-definition.ts';
import type { Store } from './store-state.ts';

/** A Table of objects of one kind, with ages as of `atMicros`. */
export function tableOf(
  store: Store,
  atMicros: number,
  content: { kind: KindDefinition; objects: readonly KubeObject[] },
): KubeTable {
  const { kind, objects } = content;
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: { resourceVersion: String(store.resourceVersion) },
    columnDefinitions: kind.columns.map((column) => ({ ...column })),
    rows: objects.map((object) => ({ cells: kind.cells(asJson(object), { store, atMicros }), object })),
  };
}
