/**
 * What an incident knows besides its world: seats, log, alerts, samples, how the end stands. Plain data,
 * snapshotted and hashed with the world. Changed by `evolve` for every event, and by `second.ts` for what
 * is measured each second.
 */
import type { Seed } from '../kernel/chance.ts';
import type { Acknowledgement } from '../protocol/acknowledgement.ts';
import type { IncidentSeverity, SeatKind } from '../protocol/commands.ts';
import type { IncidentEvent } from '../protocol/events.ts';
import { SECRET_SEQ_FIRST } from '../protocol/events.ts';
import type { MechanismId } from '../protocol/mechanisms.ts';
import type { CloseReason } from '../protocol/recovery.ts';
import type { Role } from '../protocol/roles.ts';
import type { GameRules } from '../protocol/game-rules.ts';
import type { AlertView, HypothesisView, IncidentPhase } from '../protocol/views.ts';
import type { AlertMemory } from './alerts.ts';
import type { Baseline } from './baseline.ts';
import type { ScenarioDraw } from './draw.ts';
import type { ImpactState } from './impact.ts';
import type { JourneySamples } from './journey-samples.ts';
import type { ResolutionState } from './resolution.ts';
import { createTeamState } from './team-state.ts';
import type { TeamState } from './team-state.ts';

/** A place in the team. */
export type Seat = {
  /** Its id. */
  seat: string;
  /** Its name. */
  name: string;
  /** How it takes part. */
  kind: SeatKind;
  /** The role it wished for, or null. */
  wish: Role | null;
  /** Whether it said that it is ready. */
  ready: boolean;
  /** Whether a client of it is connected. */
  connected: boolean;
  /** Since when none is, microseconds; meaningless while connected. */
  goneSinceMicros: number;
  /** Whether it has been gone long enough that anyone may take its role. */
  away: boolean;
};

/** Everything but the world. */
export type IncidentState = {
  /** Key of all draws after time 0. */
  seed: Seed;
  /** Id of the scenario. */
  scenarioId: string;
  /** What the room agreed on before it played. */
  rules: GameRules;
  /** Names of the system's journeys, in its order. */
  journeyNames: string[];
  /** Which of the prehistories it began with. */
  variant: number;
  /** What was drawn; secret. */
  draw: ScenarioDraw;
  /** True once the fault has been started; secret. */
  onsetPassed: boolean;
  /** Where it stands. */
  phase: IncidentPhase;
  /** Simulated seconds per real second, as the host wishes. */
  speed: number;
  /** When time is up, microseconds. */
  timeLimitMicros: number;
  /** Why it closed, or null. */
  closed: CloseReason | null;
  /** When it closed, microseconds; −1 before. */
  closedAtMicros: number;
  /** Seats in order of joining. */
  seats: Map<string, Seat>;
  /** The host's seat, '' when there is none. */
  host: string;
  /** The seat that lost the host's place by being away, and gets it back when it returns; '' for none. */
  hostAway: string;
  /** True while nobody new may join. */
  locked: boolean;
  /** What the team calls itself, '' when it said nothing. */
  teamName: string;
  /** True once the truth may be told: the diagnosis is filed, or the time for it is over. */
  revealed: boolean;
  /** Severity, once declared. */
  severity: IncidentSeverity | null;
  /** Alerts that have fired, in order of firing. */
  alerts: Map<string, AlertView>;
  /** What alert rules remember from second to second. */
  alertMemory: AlertMemory;
  /** Guesses in order. */
  hypotheses: Map<string, HypothesisView>;
  /** The newest diagnosis. */
  diagnosis: { seat: string; component: string; mechanism: MechanismId } | null;
  /** The log. */
  events: IncidentEvent[];
  /** Number of the newest command. */
  commandSeq: number;
  /** Number of the newest event that players may know. */
  openSeq: number;
  /** Number of the newest secret event. */
  secretSeq: number;
  /** Answers given, by command id. */
  receipts: Map<string, Acknowledgement>;
  /** One-second samples of the journeys, from the start of prehistory. */
  samples: JourneySamples;
  /** Whether users are being hurt. */
  impact: ImpactState;
  /** How the end stands. */
  resolution: ResolutionState;
  /** What stood in the cluster at time 0. */
  baseline: Baseline;
  /** Invariants that are broken now, by id; secret. */
  brokenInvariants: string[];
  /** Requests sent by hand that wait for an answer: token → correlation id. */
  openRequests: Map<number, string>;
  /** The team's work. */
  team: TeamState;
};

/** What `createIncidentState` needs. */
export type IncidentStart = {
  /** Key of all draws. */
  seed: Seed;
  /** Id of the scenario. */
  scenarioId: string;
  /** What the room agreed on. */
  rules: GameRules;
  /** Names of the system's journeys, in its order. */
  journeyNames: string[];
  /** Which prehistory. */
  variant: number;
  /** What was drawn. */
  draw: ScenarioDraw;
  /** When time is up, microseconds. */
  timeLimitMicros: number;
  /** Samples of the prehistory. */
  samples: JourneySamples;
  /** What stands in the cluster. */
  baseline: Baseline;
};

/** The state at time 0: an empty lobby. */
export function createIncidentState(start: IncidentStart): IncidentState {
  return {
    seed: start.seed.slice(),
    scenarioId: start.scenarioId,
    rules: { ...start.rules },
    journeyNames: [...start.journeyNames],
    variant: start.variant,
    draw: start.draw,
    onsetPassed: false,
    phase: 'lobby',
    speed: 1,
    timeLimitMicros: start.timeLimitMicros,
    closed: null,
    closedAtMicros: -1,
    seats: new Map(),
    host: '',
    hostAway: '',
    locked: false,
    teamName: '',
    revealed: false,
    severity: null,
    alerts: new Map(),
    alertMemory: { rules: new Map(), fired: 0, throttle: new Map() },
    hypotheses: new Map(),
    diagnosis: null,
    events: [],
    commandSeq: 0,
    openSeq: 0,
    secretSeq: SECRET_SEQ_FIRST - 1,
    receipts: new Map(),
    samples: start.samples,
    impact: { beganSecond: -1, endedSecond: -1 },
    resolution: { recovered: false, relapsed: false, declared: false },
    baseline: start.baseline,
    brokenInvariants: [],
    openRequests: new Map(),
    team: createTeamState(start.rules.calmSeconds * 1_000_000, start.journeyNames.length),
  };
}
