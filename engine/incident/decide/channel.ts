/** Decides about what is written down: messages, notes, pins, what somebody was shown. */
import type { AddNote, Observed, PinEvent, PostMessage } from '../../protocol/commands.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import { mayKnow } from '../../protocol/audience.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { rolesOfSeats } from '../role-combination.ts';
import { textProblem } from './text-limits.ts';

/** May this be posted? */
export function decidePostMessage(_state: IncidentState, seat: string, command: PostMessage): Decision {
  const problem = textProblem(command.text);
  if (problem !== null) return { ok: false, rejection: problem };
  return accept({ type: 'MessagePosted', audience: 'everyone', seat, text: command.text.trim() });
}

/** May this be noted? A follow-up names the object that is handed over. */
export function decideAddNote(_state: IncidentState, seat: string, command: AddNote): Decision {
  const problem = textProblem(command.text);
  if (problem !== null) return { ok: false, rejection: problem };
  const { followUp } = command;
  if (followUp !== '' && (followUp.length > 200 || !followUp.includes('/'))) {
    return reject('unknown-component', 'Name the object to follow up on as kind/name, e.g. node/worker-1.');
  }
  return accept({ type: 'NoteAdded', audience: 'everyone', seat, text: command.text.trim(), followUp });
}

/** May this event be pinned? Only one that the seat may know of. */
export function decidePinEvent(state: IncidentState, seat: string, command: PinEvent): Decision {
  const roles = rolesOfSeats(state).get(seat) ?? [];
  const event = state.events.find((one) => one.seq === command.eventSeq);
  if (event === undefined || !mayKnow(event.audience, { kind: 'seat', seat, roles })) {
    return reject('unknown-event', 'Choose an event of the timeline.');
  }
  return accept({ type: 'EventPinned', audience: 'everyone', seat, eventSeq: command.eventSeq });
}

/** Notes what a seat was shown; only the seat itself sees that before the debrief. */
export function decideObserved(_state: IncidentState, seat: string, command: Observed): Decision {
  // A copy: the log must not share memory with what the caller may go on to change.
  const observation = JSON.parse(JSON.stringify(command.observation)) as Observation;
  return accept({ type: 'ObservationMade', audience: { seat }, seat, observation });
}
