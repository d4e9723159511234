/** Numbers new events, keeps them in the log and folds them into the state. */
import type { Audience } from '../protocol/audience.ts';
import type { IncidentEvent, NewEvent } from '../protocol/events.ts';
import { evolve } from './evolve.ts';
import type { IncidentState } from './incident-state.ts';

/** Secret events count apart, so that a gap in the open numbers tells nobody that something happened. */
function isSecret(audience: Audience): boolean {
  return audience === 'facilitator' || audience === 'referee';
}

/** Records events at one moment; `commandSeq` is 0 when no command caused them. */
export function recordEvents(
  state: IncidentState,
  atMicros: number,
  commandSeq: number,
  events: readonly NewEvent[],
): IncidentEvent[] {
  return events.map((event) => {
    const seq = isSecret(event.audience) ? ++state.secretSeq : ++state.openSeq;
    const recorded: IncidentEvent = { ...event, seq, atMicros, commandSeq };
    state.events.push(recorded);
    evolve(state, recorded);
    return recorded;
  });
}
