/**
 * An incident as bytes and back. Continuing a restored one gives the same hashes as never having stopped.
 *
 * Why  The log and the receipts go in as JSON text: they hold JSON that players sent, whose member names
 *      may be whole numbers, which the codec refuses (JavaScript would reorder them).
 */
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import { restoreWorld, snapshotWorld } from '../platforms/kubernetes/world.ts';
import type { Acknowledgement } from '../protocol/acknowledgement.ts';
import type { IncidentEvent } from '../protocol/events.ts';
import type { Incident } from './incident.ts';
import type { IncidentState } from './incident-state.ts';
import type { IncidentSetup } from './prehistory.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';

/** The state with log and receipts as text. */
type StateTree = Omit<IncidentState, 'events' | 'receipts'> & { events: string; receipts: string };

function stateTree(state: IncidentState): StateTree {
  return { ...state, events: JSON.stringify(state.events), receipts: JSON.stringify([...state.receipts]) };
}

/** 32 hex digits over world and incident, without telemetry. Secret until the debrief. */
export function incidentHash(incident: Incident): string {
  return hashState({ world: snapshotWorld(incident.world), state: stateTree(incident.state) });
}

/** The incident as bytes. */
export function snapshotIncident(incident: Incident): Uint8Array {
  const { world, state, telemetry } = incident;
  return encodeState({ world: snapshotWorld(world), state: stateTree(state), telemetry });
}

/** The incident that these bytes hold; `setup` must be the one that it was opened with. */
export function restoreIncident(setup: IncidentSetup, bytes: Uint8Array): Incident {
  const tree = decodeState<{ world: never; state: StateTree; telemetry: Telemetry | null }>(bytes);
  const state: IncidentState = {
    ...tree.state,
    events: JSON.parse(tree.state.events) as IncidentEvent[],
    receipts: new Map(JSON.parse(tree.state.receipts) as [string, Acknowledgement][]),
  };
  return { setup, world: restoreWorld(setup.system, tree.world), state, telemetry: tree.telemetry };
}
