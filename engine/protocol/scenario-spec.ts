/**
 * What an author writes to describe a scenario: a system, a story, faults with their truth, right fixes
 * and wrong moves. JSON-safe data, no functions, no expressions. Times are seconds.
 */
import type { ApiRequest, Json } from '../platforms/kubernetes/api-types.ts';
import type { AlertRule } from './alert-rule.ts';
import type { CommandSign } from './command-sign.ts';
import type { MechanismId } from './mechanisms.ts';
import type { ObservationPattern } from './observation-pattern.ts';
import type { InvariantSpec, Predicate } from './predicate.ts';

/** One console line of a move. */
export type MoveLine = {
  /** Seconds after onset at which it is typed. */
  afterOnsetSeconds: number;
  /**
   * The line in words, without shell features. A word may be (or hold) a selector that is resolved when
   * the line runs: `{pods app=polls node=worker-2}` becomes all names, `{pod statefulset=postgres}` the
   * first. Keys: `node`, `statefulset`, `deployment`, `namespace`, `notNode`; any other key is a label.
   * A selector that finds nothing refuses the line, and that is recorded.
   */
  argv: string[];
};

/** A sequence of lines that somebody could type. */
export type Move = {
  /** Id, unique in its instance. */
  id: string;
  /** What it is, in words. */
  title: string;
  /** The lines, in order of time. */
  lines: MoveLine[];
};

/** A move that ends the impact for good, by removing the cause or by holding it off. */
export type RightFix = Move & {
  /** How the recovery must be classed. */
  class: 'durable' | 'contained';
};

/** What must be seen when an authored wrong move is run; the publication gate checks it. */
export type WrongMoveExpectation = {
  /** Impact over the whole time against this run of the same seed … */
  impactAgainst?: 'doNothing' | 'golden';
  /** … is at least so many times as large. */
  atLeastRatio?: number;
  /** Invariants that it breaks. */
  breaks?: string[];
};

/** A move that hurts. */
export type WrongMove = Move & {
  /** How it must compare. */
  expectation: WrongMoveExpectation;
  /** By what it is recognised in a game. */
  sign: CommandSign;
  /** Points that its harm costs, 20 to 60, if harm really follows. */
  harmPoints: number;
};

/** Something that, once looked at, tells the drawn fault from the others. */
export type EvidenceSpec = {
  /** Id, unique in its instance. */
  id: string;
  /** What it shows, in words, for the debrief. */
  title: string;
  /** Any of these observations shows it. */
  any: ObservationPattern[];
};

/** One way in which a fault can be drawn. */
export type FaultInstance = {
  /** Id, unique in its fault. */
  id: string;
  /** Relative chance, > 0. */
  weight: number;
  /** Id in the fault catalogue. */
  fault: string;
  /** The true mechanism. */
  mechanism: MechanismId;
  /** Parameters of the fault, as its catalogue entry defines them. */
  params: Json;
  /** The truth: the faulty component, `kind/name`, e.g. `node/worker-2`. */
  component: string;
  /** Other right answers, `kind/name`; names may hold `*`. */
  aliases: string[];
  /** What tells it from the others; at least two. */
  evidence: EvidenceSpec[];
  /** True once the cause is gone. */
  cured: Predicate;
  /** The best that a team can be asked for. */
  golden: Move;
  /** Fixes that work; at least two. */
  rightFixes: RightFix[];
  /** Moves that hurt; at least two. */
  wrongMoves: WrongMove[];
  /** Hints in order of how much they give away. */
  hints?: string[];
};

/** A kind of trouble that a scenario can draw; each kind is equally likely, whatever its instances. */
export type FaultChoice = {
  /** Id, unique in the scenario. */
  id: string;
  /** Ways in which it can be drawn. */
  instances: FaultInstance[];
};

/** A write that happens at a time whatever is drawn: the harmless look-alikes, routine changes. */
export type TimedWrite = {
  /** Second of incident time, negative in prehistory. Must lie before the earliest onset. */
  atSecond: number;
  /** The write, with the name of the pipeline or person as its seat. */
  request: ApiRequest;
};

/** Something small to find while nothing is wrong: shows what normal is, and where to look. */
export type WarmUpSpec = {
  /** Id, unique in the scenario. */
  id: string;
  /** What to find. */
  title: string;
  /** Where to look. */
  how: string;
  /** The view of the war room in which it is found. */
  tab: 'overview' | 'logs' | 'terminal';
  /** Any of these observations does it. */
  any: ObservationPattern[];
};

/** A scenario. */
export type ScenarioSpec = {
  /** Version of this shape. */
  schema: 1;
  /** Id, e.g. `polls-mystery`. */
  id: string;
  /** Title. */
  title: string;
  /** How hard. */
  level: 'intro' | 'drill' | 'hard';
  /** What the lobby tells, without a word about the fault. */
  story: string;
  /** Id of the system under test. */
  system: string;
  /** Namespace of the responders' kubeconfig. */
  namespace: string;
  /** Weekday and time of day at incident time 0, e.g. `Tue 14:05`. */
  localStart: string;
  /** How much of the past is simulated before time 0, seconds. */
  prehistorySeconds: number;
  /** What to try during the calm; none without it. */
  warmUps?: WarmUpSpec[];
  /** The onset is drawn from here, seconds after the end of the calm; independent of the fault. */
  onsetSeconds: [min: number, max: number];
  /** Game time, seconds; default 1200. */
  timeLimitSeconds?: number;
  /** For how long all journeys must be inside their objectives, seconds; default 90. */
  holdSeconds?: number;
  /** What can fire. */
  alerts: AlertRule[];
  /** The text of the first page; names a symptom, never a part. */
  page: string;
  /** What happens whatever is drawn. */
  backdrop: TimedWrite[];
  /** One of these is drawn. */
  faults: FaultChoice[];
  /** Lazy moves that must never be a durable recovery. */
  cheats: Move[];
  /** What no fix may break. */
  invariants: InvariantSpec[];
};

/** Game time when the scenario says nothing, seconds. */
export const TIME_LIMIT_SECONDS_DEFAULT = 1200;
/** Hold window when the scenario says nothing, seconds. */
export const HOLD_SECONDS_DEFAULT = 90;
