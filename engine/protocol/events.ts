/**
 * Everything that can be said to have happened in an incident. State is a fold of these; the timeline,
 * the score and the debrief read nothing else (besides the one-second journey samples).
 *
 * Each event says who may know it while the incident runs; the engine decides that, views only filter.
 */
import type { ApiRequest } from '../platforms/kubernetes/api-types.ts';
import type { AlertSeverity } from './alert-rule.ts';
import type { Audience } from './audience.ts';
import type { ClusterCommand, CommandOutcome, Observation } from './cluster-commands.ts';
import type { Command, IncidentSeverity, SeatKind } from './commands.ts';
import type { MechanismId } from './mechanisms.ts';
import type { CloseReason, Leftover, RecoveryClass } from './recovery.ts';
import type { Rejection } from './rejection.ts';
import type { Role } from './roles.ts';
import type { TeamEvent } from './team-events.ts';

/** What happened around seats. Names are as they were then: whoever has left is not in the list any more. */
export type SeatEvent =
  | { type: 'SeatJoined'; seat: string; name: string; kind: SeatKind }
  | { type: 'SeatLeft'; seat: string; name: string; removed: boolean }
  | { type: 'SeatRenamed'; seat: string; before: string; name: string }
  | { type: 'RoleChosen'; seat: string; role: Role }
  | { type: 'ReadySet'; seat: string; ready: boolean }
  | { type: 'HostPassed'; seat: string }
  | { type: 'RoomLocked'; locked: boolean }
  /** `team` = what it calls itself, '' when the name was taken back. */
  | { type: 'TeamNamed'; seat: string; team: string }
  | { type: 'SeatConnected'; seat: string }
  | { type: 'SeatDisconnected'; seat: string }
  /** No client of it has been connected for 20 s. */
  | { type: 'SeatAway'; seat: string }
  | { type: 'ServerReturned'; awaySeconds: number };

/**
 * What happened to time. `timeLimitMicros` counts from time 0; `seat` is who did it, the server's own when
 * nobody was connected.
 */
export type ClockEvent =
  | { type: 'IncidentStarted'; timeLimitMicros: number }
  | { type: 'IncidentPaused'; seat: string }
  | { type: 'IncidentResumed'; seat: string }
  | { type: 'SpeedSet'; speed: number }
  | { type: 'TimeExtended'; timeLimitMicros: number }
  | { type: 'IncidentClosed'; reason: CloseReason; recovered: boolean }
  /** The truth may be told; `filed` = because a diagnosis is there. */
  | { type: 'TruthRevealed'; filed: boolean };

/** What the team knows, says and decides. */
export type SocialEvent =
  | { type: 'IncidentDeclared'; seat: string; severity: IncidentSeverity }
  | { type: 'AlertAcknowledged'; seat: string; alertId: string; title: string }
  | { type: 'MessagePosted'; seat: string; text: string }
  | {
      type: 'HypothesisAdded';
      seat: string;
      hypothesisId: string;
      component: string;
      mechanism: MechanismId;
      expectation: string;
    }
  | { type: 'HypothesisClosed'; seat: string; hypothesisId: string; verdict: 'confirmed' | 'refuted' }
  | { type: 'DiagnosisFiled'; seat: string; component: string; mechanism: MechanismId }
  | { type: 'ResolutionDeclared'; seat: string; early: boolean }
  | { type: 'NoteAdded'; seat: string; text: string; followUp: string }
  | { type: 'EventPinned'; seat: string; eventSeq: number }
  | { type: 'ObservationMade'; seat: string; observation: Observation };

/** What was done to the cluster, and what was refused. */
export type ActionEvent =
  | {
      type: 'ClusterCommandRan';
      seat: string;
      command: ClusterCommand;
      line: string;
      outcome: CommandOutcome;
    }
  | {
      type: 'RequestAnswered';
      correlationId: string;
      ok: boolean;
      /** Whether the program itself answered, be it with an error. */
      reached: boolean;
      status: number;
      error: string;
      latencyMicros: number;
    }
  | { type: 'WorldWritten'; seat: string; request: ApiRequest; ok: boolean; message: string }
  | { type: 'CommandRefused'; seat: string; command: Command['type']; rejection: Rejection }
  | { type: 'ScriptLineRefused'; seat: string; line: string; rejection: Rejection };

/** What the monitoring said. */
export type AlertEvent =
  | {
      type: 'AlertFired';
      alertId: string;
      ruleId: string;
      title: string;
      severity: AlertSeverity;
      /** What it is about besides its title, '' when the title says it all. */
      subject: string;
      /** The number that crossed the line: a burn rate or the signal. */
      value: number;
    }
  | { type: 'AlertResolved'; alertId: string; ruleId: string; title: string };

/** What users met. `second` is the second of incident time at which it began or ended. */
export type ImpactEvent =
  | { type: 'ImpactBegan'; second: number }
  | { type: 'ImpactEnded'; second: number }
  /** Users are hurt again from this second on, after they were not and before it had recovered. */
  | { type: 'HoldBroken'; second: number }
  | { type: 'IncidentRecovered'; second: number; holdSeconds: number }
  | { type: 'IncidentRelapsed'; second: number };

/** What only the referee knows before the debrief. */
export type RefereeEvent =
  | { type: 'OnsetDrawn'; onsetMicros: number; fault: string; instance: string }
  /** The calm ended early, and the onset with it. */
  | { type: 'OnsetMoved'; onsetMicros: number }
  | { type: 'FaultStarted'; fault: string; instance: string }
  | { type: 'InvariantBroken'; invariantId: string; title: string }
  | { type: 'InvariantRestored'; invariantId: string; title: string }
  | {
      type: 'RecoveryJudged';
      recovery: RecoveryClass;
      heldAtClose: boolean;
      causeCured: boolean;
      /** Seconds after the close at which the run-on was outside its objectives again; −1 = never. */
      relapsedAfterSeconds: number;
      runOnSeconds: number;
    }
  | { type: 'InvariantJudged'; invariantId: string; title: string; held: boolean }
  | { type: 'LeftoversJudged'; leftovers: Leftover[] };

/** What can happen. */
export type Happening =
  SeatEvent | ClockEvent | SocialEvent | TeamEvent | ActionEvent | AlertEvent | ImpactEvent | RefereeEvent;

/** An event before it is numbered: what `decide` answers. */
export type NewEvent = Happening & {
  /** Who may know it while the incident runs. */
  audience: Audience;
};

/** An event of the log. */
export type IncidentEvent = NewEvent & {
  /**
   * Its number. Events that players may know count from 1; secret ones (facilitator, referee) count in a
   * series of their own from `SECRET_SEQ_FIRST`, so that no gap tells that something secret happened.
   */
  seq: number;
  /** When it happened, simulation microseconds. */
  atMicros: number;
  /** Number of the command that caused it, 0 when no command did. */
  commandSeq: number;
};

/** Number of the first secret event. */
export const SECRET_SEQ_FIRST = 1_000_000_001;

/** The event of one type. */
export type EventOf<Type extends Happening['type']> = Extract<IncidentEvent, { type: Type }>;
