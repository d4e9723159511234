/**
 * The one entrance: whoever reads or changes Kubernetes objects comes through here.
 *
 * Reads   the store. Emits   watch entries, which wake the controllers that watch the kind.
 * Why     Players, pipelines, faults and controllers meet the same rules and leave the same traces.
 */
import type { ApiAnswer, ApiRequest } from './api-types.ts';
import type { World } from './kube-state.ts';
import { routeChanges } from './route-changes.ts';
import { request } from './store.ts';

/** Asks the API server; controllers that watch what changed look at it later, never within the call. */
export function apiRequest(world: World, asked: ApiRequest): ApiAnswer {
  const answer = request(world.kube.store, world.cluster.nowMicros, asked);
  routeChanges(world);
  return answer;
}
