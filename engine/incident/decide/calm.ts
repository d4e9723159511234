/** Decides about the calm before the trouble. */
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';

/** May this seat say that it is ready for trouble? The end of the second looks whether all are. */
export function decideReadyForTrouble(state: IncidentState, seat: string): Decision {
  const { calm } = state.team;
  if (calm.ended) return reject('no-calm', 'The calm is over. Watch for what happens.');
  if (calm.ready.includes(seat))
    return reject('already-declared', 'You said so already. Waiting for the others.');
  return accept({ type: 'TroubleAwaited', audience: 'everyone', seat });
}
