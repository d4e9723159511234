/** What an incident knows of its team's work. Plain data; a part of the incident's state. */
import type {
  ClaimView,
  HintView,
  InboxView,
  PinView,
  PlanView,
  StatusView,
} from '../protocol/team-views.ts';

/** The calm before the trouble. */
export type CalmState = {
  /** True once it is over; also where there was none. */
  ended: boolean;
  /** When it ends at the latest, microseconds. */
  endsMicros: number;
  /** Where the fault's beginning lies in the world's event list, to be moved by an early end; secret. */
  onsetSlot: number;
  /** Seats that said they are ready for trouble, in order. */
  ready: string[];
};

/** What the team has looked at so far, to tell when it is stuck. */
export type CuriosityState = {
  /** Kinds of evidence seen, in order: `tool:what`. */
  kinds: string[];
  /** When the newest kind was first seen, microseconds. */
  newestMicros: number;
};

/** Who outside has spoken when. */
export type OutsideState = {
  /** When each persona spoke last, microseconds; absent = never. */
  spokeMicros: Map<string, number>;
  /** Tickets opened, by journey number. */
  tickets: number[];
  /** Second up to which failures have been turned into tickets. */
  ticketSecond: number;
};

/** The team's work. */
export type TeamState = {
  /** The calm. */
  calm: CalmState;
  /** Warm-ups done: warm-up id → seats. */
  warmUps: Map<string, string[]>;
  /** Hints taken, in order. */
  hints: HintView[];
  /** What was looked at. */
  curiosity: CuriosityState;
  /** Plan items by id, in order of proposal. */
  plan: Map<string, PlanView>;
  /** The one thing to do next, or null. */
  next: { seat: string; text: string; atMicros: number } | null;
  /** Status updates, in order. */
  status: StatusView[];
  /** Evidence, in order. */
  pins: PinView[];
  /** Claims by component, in order. */
  claims: Map<string, ClaimView>;
  /** Messages from outside, in order. */
  inbox: InboxView[];
  /** Who outside has spoken when. */
  outside: OutsideState;
};

/** A team that has done nothing yet. */
export function createTeamState(calmEndsMicros: number, journeys: number): TeamState {
  return {
    calm: { ended: calmEndsMicros === 0, endsMicros: calmEndsMicros, onsetSlot: -1, ready: [] },
    warmUps: new Map(),
    hints: [],
    curiosity: { kinds: [], newestMicros: 0 },
    plan: new Map(),
    next: null,
    status: [],
    pins: [],
    claims: new Map(),
    inbox: [],
    outside: { spokeMicros: new Map(), tickets: Array<number>(journeys).fill(0), ticketSecond: 0 },
  };
}
