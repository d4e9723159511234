/**
 * What a screen shows of an incident: projections per audience, JSON-safe, made by the engine. No view
 * holds the truth, the seed, a state hash or a drawn parameter before the debrief.
 */
import type { AlertSeverity } from './alert-rule.ts';
import type { IncidentSeverity, SeatKind } from './commands.ts';
import type { MechanismId } from './mechanisms.ts';
import type { CloseReason } from './recovery.ts';
import type { GameRules } from './game-rules.ts';
import type { Role } from './roles.ts';
import type { TeamView } from './team-views.ts';

/** Where an incident stands in its life. */
export type IncidentPhase = 'lobby' | 'running' | 'paused' | 'closed';

/** A seat as others see it. */
export type SeatView = {
  /** Its id. */
  seat: string;
  /** Its name. */
  name: string;
  /** How it takes part. */
  kind: SeatKind;
  /** The role it wished for, or null. */
  wish: Role | null;
  /** The roles it holds now. */
  roles: Role[];
  /** Whether it said that it is ready. */
  ready: boolean;
  /** Whether a client of it is connected. */
  connected: boolean;
  /** Since when it has been away, microseconds; null while it is here, or gone for a moment only. */
  awaySinceMicros: number | null;
  /** Whether it is the host. */
  host: boolean;
};

/** An alert that fires or has fired. */
export type AlertView = {
  /** Id of this firing, unique in the incident. */
  alertId: string;
  /** Title. */
  title: string;
  /** How loud. */
  severity: AlertSeverity;
  /** What it is about, '' when the title says it all. */
  subject: string;
  /** The number that crossed the line. */
  value: number;
  /** Fired at, microseconds. */
  firedAtMicros: number;
  /** Resolved at, microseconds; null while it fires. */
  resolvedAtMicros: number | null;
  /** Seat that took it on, or null. */
  acknowledgedBy: string | null;
};

/** A guess on the board. */
export type HypothesisView = {
  /** Its id. */
  hypothesisId: string;
  /** Seat that put it there. */
  seat: string;
  /** `kind/name`. */
  component: string;
  /** The mechanism. */
  mechanism: MechanismId;
  /** What should show if it is true. */
  expectation: string;
  /** How it ended, or null while open. */
  verdict: 'confirmed' | 'refuted' | null;
};

/** How users fare on one journey. */
export type JourneyView = {
  /** Name. */
  name: string;
  /** Title. */
  title: string;
  /** Promised share of good ones. */
  objectiveRatio: number;
  /** Journeys that ended in the last second. */
  completed: number;
  /** Of these, bad ones. */
  bad: number;
  /** Share of good ones over the last minute; null without traffic. */
  goodRatio: number | null;
};

/** What the incident has cost so far, counted from time 0. */
export type ImpactView = {
  /** User actions that failed. */
  failedActions: number;
  /** What they cost, US cents. */
  costCents: number;
};

/** One line of the timeline. */
export type TimelineEntry = {
  /** Number of the event. */
  seq: number;
  /** When, microseconds. */
  atMicros: number;
  /** Kind of event in kebab-case, e.g. `alert-fired`. */
  kind: string;
  /** Seat that did it, '' for the world. */
  seat: string;
  /** What happened, in words. */
  text: string;
  /** How it should strike the eye. */
  tone: 'neutral' | 'good' | 'bad' | 'action';
};

/** How the end stands. */
export type ResolutionView = {
  /** True while all journeys have been inside their objectives for the hold window. */
  recovered: boolean;
  /** Whether the team has declared the incident resolved. */
  declared: boolean;
  /** Length of the hold window, seconds. */
  holdSeconds: number;
};

/** The incident as one audience sees it at the end of a second. */
export type IncidentFrame = TeamView & {
  /** When, microseconds. */
  atMicros: number;
  /** Where it stands. */
  phase: IncidentPhase;
  /** Simulated seconds per real second. */
  speed: number;
  /** When time is up, microseconds. */
  timeLimitMicros: number;
  /** Severity, once declared. */
  severity: IncidentSeverity | null;
  /** Why it closed, once closed. */
  closed: CloseReason | null;
  /** Whether the truth is told: after the close, with the diagnosis or a minute later. */
  revealed: boolean;
  /** What the room agreed on. */
  rules: GameRules;
  /** Whether nobody new may join. */
  locked: boolean;
  /** What the team calls itself, '' when it said nothing. */
  team: string;
  /** Seats in order of joining. */
  seats: SeatView[];
  /** Alerts, newest first. */
  alerts: AlertView[];
  /** Journeys in the order of the system. */
  journeys: JourneyView[];
  /** Cost so far. */
  impact: ImpactView;
  /** Guesses, oldest first. */
  hypotheses: HypothesisView[];
  /** The newest diagnosis, or null. */
  diagnosis: { seat: string; component: string; mechanism: MechanismId } | null;
  /** How the end stands. */
  resolution: ResolutionView;
  /** Timeline entries since the frame before. */
  timeline: TimelineEntry[];
};
