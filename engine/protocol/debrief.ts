/** The debrief of a closed incident: frozen, JSON-safe, with the truth in it, without names of people. */
import type { PostMortemChart } from './post-mortem.ts';
import type { CloseReason, Leftover, RecoveryClass } from './recovery.ts';
import type { Score } from './score.ts';
import type { TeamworkCounts } from './teamwork-counts.ts';
import type { TimelineEntry } from './views.ts';

/** The truth, told at the end. */
export type Truth = {
  /** Title of the fault, e.g. `Packets to one node are dropped`. */
  title: string;
  /** What happened, in a sentence or two. */
  summary: string;
  /** The faulty component, `kind/name`. */
  component: string;
  /** Title of the mechanism. */
  mechanism: string;
  /** When the fault began, microseconds. */
  onsetMicros: number;
  /** First second at which users were hurt, −1 when they never were. */
  impactBeganSecond: number;
  /** The authored best, line by line, with seconds after onset. */
  golden: { afterOnsetSeconds: number; line: string }[];
  /** Evidence: what would show it, and the second at which the team first looked at it (−1 = never). */
  evidence: { title: string; seenSecond: number }[];
};

/** A curve of the debrief, one value a second from second 0. */
export type DebriefCurve = { name: string; values: number[] };

/** What became of the system after the close, with nobody there. */
export type RunOn = {
  /** How long it ran on, seconds; less than planned when nothing could change any more. */
  seconds: number;
  /** How long after the close users were hurt again, seconds; −1 when they were not. */
  relapsedAfterSeconds: number;
  /** Badness (0–1) of each second after the close. */
  values: number[];
};

/** A move that hurts, made: what could be seen then, and what would have told the trouble apart. */
export type WorseMove = {
  /** What kind of move it is, in words. */
  title: string;
  /** When it was made, seconds. */
  second: number;
  /** Role of who made it. */
  role: string;
  /** The line, or the kind of command where no line was typed. */
  line: string;
  /** What followed, in words. */
  harm: string;
  /** Points that it took, before rescaling. In practice they are told and not charged. */
  points: number;
  /** Titles of the alerts that fired then. */
  alerts: string[];
  /** How users fared in the ten seconds before: share of good ones (0–1, null without traffic). */
  journeys: { title: string; goodRatio: number | null; objectiveRatio: number }[];
  /** Titles of the evidence that nobody had looked at by then. */
  unseen: string[];
};

/** How the time from the first harm on was spent, seconds; a phase that was never entered is 0. */
export type PhaseSeconds = {
  /** From the beginning of impact until somebody took an alert on or declared the incident. */
  notice: number;
  /** From there until the first theory or change. */
  orient: number;
  /** From there until the first change of the cluster. */
  decide: number;
  /** From there until users were well for the last time. */
  repair: number;
  /** From there until it closed. */
  verify: number;
};

/** A hint that was taken. */
export type TakenHint = {
  /** When, seconds. */
  second: number;
  /** 1 to 3. */
  level: number;
  /** The hint. */
  text: string;
  /** Part of the score that it cost, 0 to 1. */
  priceShare: number;
};

/** What a debrief needs to know of the system under test. */
export type DebriefSystem = {
  /** Title. */
  title: string;
  /** Journeys in the order of the debrief's: name, title, promise (0–1), US cents of a failed one. */
  journeys: { name: string; title: string; objectiveRatio: number; failureCostCents: number }[];
};

/** The debrief. */
export type Debrief = {
  /** Id of the finished game. */
  gameId: string;
  /** Scenario id. */
  scenarioId: string;
  /** Scenario title. */
  title: string;
  /** Content hash of the engine that ran it. */
  engineVersion: string;
  /** Seed as text, published with the debrief. */
  seed: string;
  /** Unix milliseconds of incident time 0. */
  startedAtUnixMs: number;
  /** When it closed, microseconds. */
  closedAtMicros: number;
  /** Why it closed. */
  closed: CloseReason;
  /** How many people played. */
  players: number;
  /** What the recovery is worth. */
  recovery: RecoveryClass;
  /** The truth. */
  truth: Truth;
  /** What the team concluded, or null. */
  diagnosis: { component: string; mechanism: string } | null;
  /** The score. */
  score: Score;
  /** Impact: as played, with nobody, with the golden script. */
  impact: {
    actual: { failedActions: number; costCents: number };
    doNothing: { failedActions: number; costCents: number };
    golden: { failedActions: number; costCents: number };
  };
  /** Badness (0–1) per second: as played, with nobody, golden. */
  curves: DebriefCurve[];
  /** Share of good journeys per second, by journey; null without traffic is told as −1. */
  journeys: DebriefCurve[];
  /** Invariants that were broken, in words. */
  broken: string[];
  /** What stays open. */
  leftovers: Leftover[];
  /** The whole timeline, seats replaced by roles. */
  timeline: TimelineEntry[];
  /** What became of it after the close. Absent in older debriefs, as are the next two. */
  runOn?: RunOn;
  /** Moves that hurt, in order of time. */
  worse?: WorseMove[];
  /** Hints taken, in order of time. */
  hints?: TakenHint[];
  /** How the team worked together, counted and not scored. Absent in older debriefs. */
  teamwork?: TeamworkCounts;
  /** Code of the room, which stays from round to round. Absent in older debriefs, as are the next four. */
  roomCode?: string;
  /** Which round of its room it was, from 1. */
  round?: number;
  /** What the team calls itself, '' when it said nothing. */
  team?: string;
  /** Class of the fault: the kind of trouble that was drawn, e.g. `disk-full`. */
  faultClass?: string;
  /** How the time was spent. */
  phases?: PhaseSeconds;
  /** When it was held, Unix milliseconds of the wall clock. Absent in older debriefs, as the next two. */
  heldAtUnixMs?: number;
  /** The system under test. */
  system?: DebriefSystem;
  /** What pinned charts showed, by the id of the pin. */
  pinned?: { [pinId: string]: PostMortemChart };
};
