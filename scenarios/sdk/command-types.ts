/** The commands that a script may give with `do`. */
import type { Command } from '@chaotic-good/engine/protocol/commands';

const TYPES: { [type in Command['type']]: true } = {
  JoinSeat: true,
  LeaveSeat: true,
  ChooseRole: true,
  SetReady: true,
  RenameSeat: true,
  RemoveSeat: true,
  PassHost: true,
  Connected: true,
  Disconnected: true,
  ServerReturned: true,
  StartIncident: true,
  EndIncident: true,
  Pause: true,
  Resume: true,
  SetSpeed: true,
  ExtendTime: true,
  DeclareIncident: true,
  AcknowledgeAlert: true,
  PostMessage: true,
  AddHypothesis: true,
  CloseHypothesis: true,
  FileDiagnosis: true,
  DeclareResolved: true,
  AddNote: true,
  PinEvent: true,
  Observed: true,
  RunCluster: true,
  WriteWorld: true,
};

/** Every command type. */
export const COMMAND_TYPES: readonly string[] = Object.keys(TYPES);
