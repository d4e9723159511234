/**
 * How controllers read objects: straight from the shelves, as they would from an informer's cache.
 *
 * What is read belongs to the store and is never changed in place; a write goes through `object-writes.ts`.
 */
import type { KubeObject } from './api-types.ts';
import type { ControlledResource } from './api-places.ts';
import { API_PLACES } from './api-places.ts';
import type { World } from './kube-state.ts';
import { readAll, readObject } from './store-state.ts';
import { resourceText } from './status.ts';

/** The shelf name of a resource, e.g. `deployments.apps`. */
function shelfName(plural: ControlledResource): string {
  return resourceText({ group: API_PLACES[plural].group, plural });
}

/** One object; `namespace` is '' for cluster-scoped ones. */
export function getObject(
  world: World,
  resource: ControlledResource,
  namespace: string,
  name: string,
): KubeObject | undefined {
  return readObject(world.kube.store, shelfName(resource), { namespace, name });
}

/** All objects of a resource in namespace/name order, of one namespace or of all. */
export function listObjects(world: World, resource: ControlledResource, namespace?: string): KubeObject[] {
  return readAll(world.kube.store, shelfName(resource), namespace);
}
