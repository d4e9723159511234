/** What happens while a team works together, and what the world outside says to it. */
import type { IncidentSeverity } from './commands.ts';
import type { Role } from './roles.ts';
import type { EvidenceKind, StatusWord } from './team-commands.ts';

/** Who speaks from outside. */
export type Persona = 'support' | 'executive' | 'customer';

/** Why somebody outside speaks. */
export type PersonaReason = 'silence' | 'overdue' | 'false-all-clear' | 'understated' | 'thanks';

/** What happened to the calm before the trouble. */
export type CalmEvent =
  | { type: 'TroubleAwaited'; seat: string }
  /** The limit moves with the end of the calm; nobody learns when the fault begins. */
  | { type: 'CalmEnded'; early: boolean; timeLimitMicros: number }
  | { type: 'WarmUpDone'; seat: string; warmUpId: string; title: string };

/** What the team planned, told and wrote down. */
export type TeamworkEvent =
  /** `priceShare` = part of the final score that it costs, 0 to 1. */
  | { type: 'HintTaken'; seat: string; level: number; text: string; priceShare: number }
  | { type: 'PlanProposed'; seat: string; planId: string; text: string; line: string; component: string }
  | { type: 'PlanAnswered'; seat: string; planId: string; approved: boolean }
  /** Nobody answered in time: anyone may go ahead, and that nobody answered is on record. */
  | { type: 'PlanOpened'; planId: string }
  | { type: 'PlanFinished'; seat: string; planId: string; done: boolean }
  | { type: 'NextActionNamed'; seat: string; text: string }
  | {
      type: 'StatusPosted';
      seat: string;
      journeys: string[];
      severity: IncidentSeverity;
      state: StatusWord;
      /** In how many minutes the next update is due. */
      nextUpdateMinutes: number;
    }
  | {
      type: 'EvidencePinned';
      seat: string;
      pinId: string;
      kind: EvidenceKind;
      title: string;
      text: string;
      place: string;
    }
  /** `from` = the seat that had claimed it before, '' for none. */
  | { type: 'ComponentClaimed'; seat: string; component: string; from: string }
  | { type: 'ClaimReleased'; seat: string; component: string; expired: boolean }
  | { type: 'RoleTaken'; seat: string; from: string; role: Role };

/** What the world outside says; it follows from what users met and from what the team told. */
export type OutsideEvent =
  | { type: 'PersonaSpoke'; persona: Persona; reason: PersonaReason; text: string }
  /** Support tickets since the last such event. */
  | { type: 'TicketsOpened'; journey: string; title: string; count: number };

/** What can happen around a team. */
export type TeamEvent = CalmEvent | TeamworkEvent | OutsideEvent;
