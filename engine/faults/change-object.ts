/** Changes an object through the API entrance, as a delivery pipeline does. */
import { invariant } from '../kernel/invariant.ts';
import type { Json } from '../platforms/kubernetes/api-types.ts';
import { apiRequest } from '../platforms/kubernetes/entrance.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';

/** Who the pipeline is in audit trails and managedFields. */
const PIPELINE = 'ci-deployer';

/** What to change. */
export type ObjectChange = {
  /** API group, '' for core. */
  group: string;
  /** Plural resource. */
  resource: string;
  /** Namespace. */
  namespace: string;
  /** Name. */
  name: string;
  /** Patch body. */
  patch: Json;
  /** How it is read. */
  patchType: 'strategic' | 'merge' | 'json';
};

/**
 * Applies a patch as the pipeline.
 *
 * @returns false when the object is not there any more (a player deleted it before the onset).
 * @throws InvariantError when the store refuses for another reason: the scenario is wrong.
 */
export function changeObject(world: World, change: ObjectChange): boolean {
  const answer = apiRequest(world, {
    verb: 'patch',
    group: change.group,
    version: 'v1',
    resource: change.resource,
    namespace: change.namespace,
    name: change.name,
    query: { patchType: change.patchType, fieldManager: PIPELINE },
    body: change.patch,
    seat: PIPELINE,
  });
  if (answer.ok) return true;
  invariant(answer.code === 404, `fault could not patch ${change.name}: ${answer.status.message}`);
  return false;
}
