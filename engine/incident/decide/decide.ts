/** May this be done now? Leads every command but those that touch the world to the file of its family. */
import type { ClockCommand, Command, SeatCommand, SocialCommand } from '../../protocol/commands.ts';
import { whyNot } from '../authority.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { whyNotOpen } from '../time-checks.ts';
import { decideAddNote, decideObserved, decidePinEvent, decidePostMessage } from './channel.ts';
import { decideClock } from './clock.ts';
import { decideAcknowledgeAlert, decideDeclareIncident, decideDeclareResolved } from './declarations.ts';
import { decideAddHypothesis, decideCloseHypothesis, decideFileDiagnosis } from './hypotheses.ts';
import { decideSeats } from './seats.ts';

/** Commands that are decided from the incident's state alone. */
export type StateCommand = SeatCommand | ClockCommand | SocialCommand;

/** True for a command whose outcome does not need the world. */
export function isStateCommand(command: Command): command is StateCommand {
  return command.type !== 'RunCluster' && command.type !== 'WriteWorld';
}

/** Chat goes on in lobby and debrief, notes and pins in the debrief; the rest needs an open incident. */
function whyNotNow(state: IncidentState, command: SocialCommand): Decision | null {
  if (command.type === 'PostMessage') return null;
  if (state.phase === 'closed' && (command.type === 'AddNote' || command.type === 'PinEvent')) return null;
  const refused = whyNotOpen(state);
  return refused === null ? null : { ok: false, rejection: refused };
}

function decideSocial(state: IncidentState, seat: string, command: SocialCommand): Decision {
  const untimely = whyNotNow(state, command);
  if (untimely !== null) return untimely;
  // Facilitators talk with the team but do not play; looking is for everyone.
  const talks = command.type === 'PostMessage' && state.seats.get(seat)?.kind === 'facilitator';
  const refused = talks ? null : whyNot(state, seat, command.type === 'Observed' ? 'read' : 'social');
  if (refused !== null) return { ok: false, rejection: refused };
  switch (command.type) {
    case 'DeclareIncident':
      return decideDeclareIncident(state, seat, command);
    case 'AcknowledgeAlert':
      return decideAcknowledgeAlert(state, seat, command);
    case 'DeclareResolved':
      return decideDeclareResolved(state, seat, command);
    case 'AddHypothesis':
      return decideAddHypothesis(state, seat, command);
    case 'CloseHypothesis':
      return decideCloseHypothesis(state, seat, command);
    case 'FileDiagnosis':
      return decideFileDiagnosis(state, seat, command);
    case 'PostMessage':
      return decidePostMessage(state, seat, command);
    case 'AddNote':
      return decideAddNote(state, seat, command);
    case 'PinEvent':
      return decidePinEvent(state, seat, command);
    case 'Observed':
      return decideObserved(state, seat, command);
  }
}

/** Events, or why not; changes nothing. */
export function decide(state: IncidentState, seat: string, command: StateCommand): Decision {
  switch (command.type) {
    case 'StartIncident':
    case 'EndIncident':
    case 'Pause':
    case 'Resume':
    case 'SetSpeed':
    case 'ExtendTime':
      return decideClock(state, seat, command);
    case 'DeclareIncident':
    case 'AcknowledgeAlert':
    case 'DeclareResolved':
    case 'AddHypothesis':
    case 'CloseHypothesis':
    case 'FileDiagnosis':
    case 'PostMessage':
    case 'AddNote':
    case 'PinEvent':
    case 'Observed':
      return decideSocial(state, seat, command);
    default:
      return decideSeats(state, seat, command);
  }
}
