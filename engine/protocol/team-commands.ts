/** What a team asks for while it works together: plan, status, evidence, claims, hints. All social. */
import type { IncidentSeverity } from './commands.ts';

/** Says during the calm that the trouble may come; it comes when every connected player has said so. */
export type ReadyForTrouble = { type: 'ReadyForTrouble' };

/** Asks for the next hint. Its price is shown before and charged at the end; practice gives it free. */
export type TakeHint = { type: 'TakeHint' };

/** Proposes something to do. Whoever leads answers; without an answer it is open to all after 20 s. */
export type ProposePlan = {
  type: 'ProposePlan';
  /** What to do, in words. */
  text: string;
  /** The shell line that would do it, '' when it is no line. Never run by itself. */
  line: string;
  /** What it touches, `kind/name`, '' when nothing in particular. */
  component: string;
};

/** Says yes or no to what was proposed (incident commander or deputy). */
export type AnswerPlan = { type: 'AnswerPlan'; planId: string; approve: boolean };

/** Says that something planned is done (`done`), or will not be. */
export type FinishPlan = { type: 'FinishPlan'; planId: string; done: boolean };

/** Names the one thing to do next (incident commander or deputy); empty text takes it back. */
export type NameNext = { type: 'NameNext'; text: string };

/** How things stand, as a status page says it. `resolved` is the all-clear. */
export type StatusWord = 'investigating' | 'identified' | 'monitoring' | 'resolved';

/** Minutes that may be promised until the next status update. */
export const NEXT_UPDATE_MINUTES = [2, 5, 10, 15, 20, 30] as const;

/** Tells the public four typed facts (comms, or whoever leads). */
export type PostStatus = {
  type: 'PostStatus';
  /** Names of the journeys that are hurt. */
  journeys: string[];
  /** How bad. */
  severity: IncidentSeverity;
  /** How it stands. */
  state: StatusWord;
  /** When the next update is due, minutes from now: one of `NEXT_UPDATE_MINUTES`. */
  nextUpdateMinutes: number;
};

/** What can be pinned as evidence. */
export type EvidenceKind = 'chart' | 'log' | 'command';

/** Pins something that was seen. */
export type PinEvidence = {
  type: 'PinEvidence';
  kind: EvidenceKind;
  /** What it shows, in words. */
  title: string;
  /** The thing itself as text: the log line, the command with the end of its output, the last value. */
  text: string;
  /** Where it is: path and query of the war room's address, e.g. `?tab=logs&find=timeout`. */
  place: string;
};

/** Tells the others that one is at work on a component, so that nobody else changes it unawares. */
export type ClaimComponent = {
  type: 'ClaimComponent';
  /** `kind/name`. */
  component: string;
  /** Takes it from whoever has claimed it. */
  takeOver: boolean;
};

/** Lets a claimed component go. */
export type ReleaseClaim = { type: 'ReleaseClaim'; component: string };

/** Commands of teamwork. */
export type TeamCommand =
  | ReadyForTrouble
  | TakeHint
  | ProposePlan
  | AnswerPlan
  | FinishPlan
  | NameNext
  | PostStatus
  | PinEvidence
  | ClaimComponent
  | ReleaseClaim;
