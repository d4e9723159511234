/** How a screen shows the work of a team: plan, status page, evidence, claims, hints, calm. JSON-safe. */
import type { IncidentSeverity } from './commands.ts';
import type { EvidenceKind, StatusWord } from './team-commands.ts';
import type { Persona, PersonaReason } from './team-events.ts';

/** The calm before the trouble. */
export type CalmView = {
  /** True once it is over; also true where there was none. */
  ended: boolean;
  /** When it ends at the latest, microseconds. */
  endsMicros: number;
  /** Seats that said they are ready for trouble. */
  ready: string[];
};

/** Something small to try while nothing is wrong. */
export type WarmUpView = {
  /** Its id. */
  warmUpId: string;
  /** What to find. */
  title: string;
  /** Where to look. */
  how: string;
  /** The view of the war room in which it is found. */
  tab: 'overview' | 'logs' | 'terminal';
  /** Title of the chart in which it is found, or ''. */
  chart: string;
  /** Seats that have done it. */
  doneBy: string[];
};

/** A hint that was taken. */
export type HintView = {
  /** 1 to 3. */
  level: number;
  /** Seat that asked for it. */
  seat: string;
  /** When, microseconds. */
  atMicros: number;
  /** The hint. */
  text: string;
  /** Part of the final score that it costs, 0 to 1. */
  priceShare: number;
};

/** Hints taken, and the next. */
export type HintsView = {
  /** Taken, in order. */
  taken: HintView[];
  /** What the next costs, share of the final score; null when there is none, or not yet. */
  nextPriceShare: number | null;
  /** True when the team has seen no new kind of evidence for a while. */
  suggested: boolean;
};

/** How a plan item stands. `open` = nobody answered in time: anyone may go ahead. */
export type PlanState = 'proposed' | 'approved' | 'refused' | 'open' | 'done' | 'dropped';

/** Something that somebody proposed to do. */
export type PlanView = {
  /** Its id. */
  planId: string;
  /** Seat that proposed it. */
  seat: string;
  /** What to do. */
  text: string;
  /** The shell line, '' for none. */
  line: string;
  /** What it touches, `kind/name`, '' for nothing in particular. */
  component: string;
  /** How it stands. */
  state: PlanState;
  /** Proposed at, microseconds. */
  proposedAtMicros: number;
  /** Seat that answered, '' for nobody. */
  answeredBy: string;
  /** Changed last at, microseconds. */
  changedAtMicros: number;
};

/** A status update. */
export type StatusView = {
  /** Seat that posted it. */
  seat: string;
  /** When, microseconds. */
  atMicros: number;
  /** Names of the journeys said to be hurt. */
  journeys: string[];
  /** How bad. */
  severity: IncidentSeverity;
  /** How it stands. */
  state: StatusWord;
  /** When the next is due, microseconds. */
  nextDueMicros: number;
};

/** Something pinned as evidence. */
export type PinView = {
  /** Its id. */
  pinId: string;
  /** Seat that pinned it. */
  seat: string;
  /** When, microseconds. */
  atMicros: number;
  /** What it is. */
  kind: EvidenceKind;
  /** What it shows. */
  title: string;
  /** The thing itself as text. */
  text: string;
  /** Where it is: path and query of the war room's address. */
  place: string;
};

/** Who is at work on what. */
export type ClaimView = {
  /** `kind/name`. */
  component: string;
  /** Seat that claimed it. */
  seat: string;
  /** Since when, microseconds. */
  atMicros: number;
};

/** A message from outside. */
export type InboxView = {
  /** Who speaks. */
  persona: Persona;
  /** Why. */
  reason: PersonaReason;
  /** When, microseconds. */
  atMicros: number;
  /** What is said. */
  text: string;
};

/** Support tickets of one journey so far. */
export type TicketsView = {
  /** Name of the journey. */
  journey: string;
  /** Its title. */
  title: string;
  /** Tickets opened. */
  count: number;
};

/** The four jobs of the hold, and how long it still has to last. */
export type ClosingView = {
  /** Seconds that every journey must still stay inside its objective; null while users are hurt. */
  holdLeftSeconds: number | null;
  /** Whether a diagnosis is filed. */
  diagnosisFiled: boolean;
  /** Guesses that are still open. */
  openHypotheses: number;
  /** Temporary changes that are neither undone nor handed over, in words. */
  leftovers: string[];
  /** Whether the newest status update says that it is resolved. */
  allClear: boolean;
};

/** Everything about the team's work; a member is told again when it changes, so the busy ones are small. */
export type TeamView = {
  /** The calm. */
  calm: CalmView;
  /** Things to try during the calm. */
  warmUps: WarmUpView[];
  /** Hints. */
  hints: HintsView;
  /** Plan items, oldest first; the newest 40. */
  plan: PlanView[];
  /** The one thing to do next, or null. */
  next: { seat: string; text: string; atMicros: number } | null;
  /** Status updates, oldest first; the newest 20. */
  status: StatusView[];
  /** Evidence, oldest first; at most 40. */
  pins: PinView[];
  /** Claims, oldest first. */
  claims: ClaimView[];
  /** Messages from outside, oldest first; the newest 20. */
  inbox: InboxView[];
  /** Support tickets of journeys that have any. */
  tickets: TicketsView[];
  /** The hold and its jobs. */
  closing: ClosingView;
};
