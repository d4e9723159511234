/**
 * Everything that can be asked of an incident. Commands are imperative, carry no time (the incident
 * stamps them) and are answered by events or a rejection. The envelope's id makes sending twice safe.
 */
import type { ApiRequest } from '../platforms/kubernetes/api-types.ts';
import type { ClusterCommand, Observation } from './cluster-commands.ts';
import type { MechanismId } from './mechanisms.ts';
import type { Role } from './roles.ts';
import type { TeamCommand } from './team-commands.ts';

/** The seat id with which the server itself speaks: presence, host passing, end of an abandoned room. */
export const SYSTEM_SEAT = 'system';

/** A command on its way. */
export type CommandEnvelope = {
  /** Chosen by the client, unique in the incident: sent again, it gets the same answer and does nothing. */
  commandId: string;
  /** Seat that asks, or `SYSTEM_SEAT`. */
  seat: string;
  /** What is asked. */
  command: Command;
  /** The shell line that it came from, if any; for the timeline, never executed again. */
  cause?: string;
};

/** How a seat takes part. Facilitators see the truth and cannot play. */
export type SeatKind = 'player' | 'facilitator';

/** Severity that the team gives the incident. */
export type IncidentSeverity = 'SEV1' | 'SEV2' | 'SEV3';

/** Takes the envelope's seat; the first seat becomes the host. */
export type JoinSeat = { type: 'JoinSeat'; name: string; kind: SeatKind };
/** Gives the envelope's seat up. */
export type LeaveSeat = { type: 'LeaveSeat' };
/** Wishes a role; with fewer than four players roles combine anyway. */
export type ChooseRole = { type: 'ChooseRole'; role: Role };
/** Says in the lobby that one is ready, or not. */
export type SetReady = { type: 'SetReady'; ready: boolean };
/** Gives a seat another name (host, or the seat itself). */
export type RenameSeat = { type: 'RenameSeat'; seat: string; name: string };
/** Removes a seat that is not the own one (host). Who sat there cannot take it again. */
export type RemoveSeat = { type: 'RemoveSeat'; seat: string };
/** Makes another seat the host (host, or the server when the host is gone). */
export type PassHost = { type: 'PassHost'; seat: string };
/** Takes the role of a seat that is away; the two swap what they wished for. */
export type TakeRole = { type: 'TakeRole'; seat: string };
/** Lets nobody new in, or lets people in again (host). */
export type LockRoom = { type: 'LockRoom'; locked: boolean };
/** Says in the lobby what the team calls itself, for boards and lists (host); '' takes it back. */
export type NameTeam = { type: 'NameTeam'; name: string };
/** A client of the seat is connected (server). */
export type Connected = { type: 'Connected'; seat: string };
/** No client of the seat is connected any more (server). */
export type Disconnected = { type: 'Disconnected'; seat: string };

/** Was away for so many real seconds while time stood still, and is back (server). */
export type ServerReturned = { type: 'ServerReturned'; awaySeconds: number };

/** Lets time run (host). */
export type StartIncident = { type: 'StartIncident' };
/** Closes the incident at once (host, or the server). */
export type EndIncident = { type: 'EndIncident' };
/** Stops time (host; server when nobody is connected). */
export type Pause = { type: 'Pause' };
/** Lets time go on (host; server when somebody is back). */
export type Resume = { type: 'Resume' };
/** Simulated seconds per real second: 0.5, 1, 2 or 4 (host). */
export type SetSpeed = { type: 'SetSpeed'; speed: number };
/** Moves the time limit; 60 to 1800 seconds more (host). */
export type ExtendTime = { type: 'ExtendTime'; seconds: number };
/** Lets the truth be told after the close, though no diagnosis is filed (server, a minute later). */
export type RevealTruth = { type: 'RevealTruth' };

/** Says that this is an incident, and how bad. May be said again to change the severity. */
export type DeclareIncident = { type: 'DeclareIncident'; severity: IncidentSeverity };
/** Takes a firing alert on. */
export type AcknowledgeAlert = { type: 'AcknowledgeAlert'; alertId: string };
/** Writes in the team channel. */
export type PostMessage = { type: 'PostMessage'; text: string };
/** Puts a guess on the board: what, how, and what one expects to see if it is so. Costs nothing. */
export type AddHypothesis = {
  type: 'AddHypothesis';
  /** `kind/name`, e.g. `node/worker-2`. */
  component: string;
  mechanism: MechanismId;
  /** What should show if it is true. */
  expectation: string;
};
/** Takes a guess off the board. */
export type CloseHypothesis = {
  type: 'CloseHypothesis';
  hypothesisId: string;
  verdict: 'confirmed' | 'refuted';
};
/** The team's answer: which component, which mechanism. May be filed again; the last one counts. */
export type FileDiagnosis = { type: 'FileDiagnosis'; component: string; mechanism: MechanismId };
/** Says that the incident is over. */
export type DeclareResolved = { type: 'DeclareResolved' };
/** Writes a note on the timeline; with `followUp` it hands an object over as an open action, `kind/name`. */
export type AddNote = { type: 'AddNote'; text: string; followUp: string };
/** Marks an event of the timeline as worth a look. */
export type PinEvent = { type: 'PinEvent'; eventSeq: number };
/** What the seat was really shown. */
export type Observed = { type: 'Observed'; observation: Observation };

/** Changes the cluster. */
export type RunCluster = { type: 'RunCluster'; command: ClusterCommand };
/** Changes the world as no player can (facilitator, injects). */
export type WriteWorld = { type: 'WriteWorld'; request: ApiRequest };

/** Commands about seats and presence. */
export type SeatCommand =
  | JoinSeat
  | LeaveSeat
  | ChooseRole
  | SetReady
  | RenameSeat
  | RemoveSeat
  | PassHost
  | TakeRole
  | LockRoom
  | NameTeam
  | Connected
  | Disconnected
  | ServerReturned;

/** Commands about time. */
export type ClockCommand = StartIncident | EndIncident | Pause | Resume | SetSpeed | ExtendTime | RevealTruth;

/** Commands about what the team knows and decides. */
export type SocialCommand =
  | DeclareIncident
  | AcknowledgeAlert
  | PostMessage
  | AddHypothesis
  | CloseHypothesis
  | FileDiagnosis
  | DeclareResolved
  | AddNote
  | PinEvent
  | Observed
  | TeamCommand;

/** Every command. */
export type Command = SeatCommand | ClockCommand | SocialCommand | RunCluster | WriteWorld;

/** Journal class of a command: what a counterfactual keeps (`world`) and drops (`cluster`). */
export type CommandClass = 'world' | 'cluster' | 'social' | 'clock';

/** The class of a command. */
export function classOfCommand(command: Command): CommandClass {
  switch (command.type) {
    case 'RunCluster':
      return 'cluster';
    case 'WriteWorld':
      return 'world';
    case 'StartIncident':
    case 'EndIncident':
    case 'Pause':
    case 'Resume':
    case 'SetSpeed':
    case 'ExtendTime':
    case 'RevealTruth':
      return 'clock';
    default:
      return 'social';
  }
}
