/** May this be done now? Leads every command but those that touch the world to the file of its family. */
import type { ClockCommand, Command, SeatCommand, SocialCommand } from '../../protocol/commands.ts';
import type { TakeHint, TeamCommand } from '../../protocol/team-commands.ts';
import { whyNot } from '../authority.ts';
import { reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { whyNotOpen } from '../time-checks.ts';
import { decideAddNote, decideObserved, decidePinEvent, decidePostMessage } from './channel.ts';
import { decideReadyForTrouble } from './calm.ts';
import { decideClock } from './clock.ts';
import { decideAcknowledgeAlert, decideDeclareIncident, decideDeclareResolved } from './declarations.ts';
import { decideAddHypothesis, decideCloseHypothesis, decideFileDiagnosis } from './hypotheses.ts';
import {
  decideAnswerPlan,
  decideClaim,
  decideFinishPlan,
  decideNameNext,
  decideProposePlan,
  decideRelease,
} from './plan.ts';
import { decideSeats } from './seats.ts';
import { decidePinEvidence, decidePostStatus } from './status.ts';

/** Commands that are decided from the incident's state alone. */
export type StateCommand = SeatCommand | ClockCommand | Exclude<SocialCommand, TakeHint>;

/** True for a command whose outcome needs neither the world nor the scenario. */
export function isStateCommand(command: Command): command is StateCommand {
  return command.type !== 'RunCluster' && command.type !== 'WriteWorld' && command.type !== 'TakeHint';
}

/**
 * Chat goes on in lobby and debrief, notes and pins in the debrief, the diagnosis until the truth is told;
 * the rest needs an open incident.
 */
function whyNotNow(state: IncidentState, command: SocialCommand): Decision | null {
  if (command.type === 'PostMessage') return null;
  if (state.phase === 'closed') {
    if (command.type === 'AddNote' || command.type === 'PinEvent') return null;
    if (command.type === 'FileDiagnosis' && !state.revealed) return null;
  }
  const refused = whyNotOpen(state);
  return refused === null ? null : { ok: false, rejection: refused };
}

/** Why this may not be said by this seat now, or null. */
export function whyNotSocial(state: IncidentState, seat: string, command: SocialCommand): Decision | null {
  const untimely = whyNotNow(state, command);
  if (untimely !== null) return untimely;
  // Facilitators talk with the team but do not play; looking is for everyone.
  const talks = command.type === 'PostMessage' && state.seats.get(seat)?.kind === 'facilitator';
  const refused = talks ? null : whyNot(state, seat, command.type === 'Observed' ? 'read' : 'social');
  return refused === null ? null : { ok: false, rejection: refused };
}

function decideSocial(
  state: IncidentState,
  seat: string,
  command: Exclude<SocialCommand, TakeHint>,
): Decision {
  const refused = whyNotSocial(state, seat, command);
  if (refused !== null) return refused;
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
    default:
      return decideTeamwork(state, seat, command);
  }
}

function decideTeamwork(
  state: IncidentState,
  seat: string,
  command: Exclude<TeamCommand, TakeHint>,
): Decision {
  switch (command.type) {
    case 'ReadyForTrouble':
      return decideReadyForTrouble(state, seat);
    case 'ProposePlan':
      return decideProposePlan(state, seat, command);
    case 'AnswerPlan':
      return decideAnswerPlan(state, seat, command);
    case 'FinishPlan':
      return decideFinishPlan(state, seat, command);
    case 'NameNext':
      return decideNameNext(state, seat, command);
    case 'PostStatus':
      return decidePostStatus(state, seat, command);
    case 'PinEvidence':
      return decidePinEvidence(state, seat, command);
    case 'ClaimComponent':
      return decideClaim(state, seat, command);
    case 'ReleaseClaim':
      return decideRelease(state, seat, command);
    default:
      return reject('not-understood', 'This command is not known. Reload the page.');
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
    case 'RevealTruth':
      return decideClock(state, seat, command);
    case 'JoinSeat':
    case 'LeaveSeat':
    case 'ChooseRole':
    case 'SetReady':
    case 'RenameSeat':
    case 'RemoveSeat':
    case 'PassHost':
    case 'TakeRole':
    case 'LockRoom':
    case 'NameTeam':
    case 'Connected':
    case 'Disconnected':
    case 'ServerReturned':
      return decideSeats(state, seat, command);
    default:
      return decideSocial(state, seat, command);
  }
}
