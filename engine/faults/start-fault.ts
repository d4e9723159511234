/** Starts a fault of the catalogue. */
import { invariant } from '../kernel/invariant.ts';
import type { Json } from '../platforms/kubernetes/api-types.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { FAULTS } from './catalogue.ts';
import type { FaultParams } from './fault-definition.ts';

/**
 * Makes the cause happen at the current time.
 *
 * @throws InvariantError when the id or the parameters are not those of the catalogue.
 */
export function startFault(world: World, id: string, params: Json): void {
  const fault = FAULTS.find((one) => one.id === id);
  invariant(fault !== undefined, `no fault is called ${id}`);
  invariant(
    typeof params === 'object' && params !== null && !Array.isArray(params),
    `${id} needs parameters`,
  );
  fault.start(world, params as FaultParams);
}
