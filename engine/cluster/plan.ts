/**
 * The compiled description of a system: names turned into numbers, steps into flat arrays.
 *
 * Constant for the life of a cluster and derived from its `SystemSpec` and load scale, so it is
 * neither snapshotted nor hashed.
 */
import type { EdgeSpec, JourneySpec, LogTemplateSpec, ProgramSpec, SystemSpec } from './system-spec.ts';

/** Codes of steps. */
export const STEP_CPU = 1;
/** Waits on storage. */
export const STEP_DISK = 2;
/** Calls over an edge. */
export const STEP_CALL = 3;
/** Appends to a file that must be written. */
export const STEP_APPEND = 4;
/** Commits a row. */
export const STEP_COMMIT = 5;
/** Reads rows. */
export const STEP_READ = 6;
/** Ends the work of a request. */
export const STEP_END = 7;
/** Takes a lock. */
export const STEP_LOCK = 8;
/** Lets a lock go. */
export const STEP_UNLOCK = 9;

/** A program, compiled. */
export type PlanProgram = {
  /** Number. */
  id: number;
  /** Name. */
  name: string;
  /** As written by the author. */
  spec: ProgramSpec;
  /** Names of its endpoints, by endpoint number. */
  endpointNames: string[];
  /** Route number of each endpoint. */
  endpointRoutes: number[];
  /** Endpoint number by route number, −1 where it serves none. */
  endpointOfRoute: number[];
  /** First step of each endpoint in the plan's step arrays. */
  endpointStart: number[];
  /** First step of its health check. */
  probeStart: number;
  /** Its log templates by name → plan template number. */
  templates: Map<string, number>;
  /** Number in `paths` of its main log file, −1 when it has none. */
  logPath: number;
  /** Number in `paths` of the file that commits grow, −1 when it has none. */
  rowsPath: number;
  /** Plan template of the access line, −1 when it has none. */
  accessTemplate: number;
  /** Plan template of the failure line, −1 when it has none. */
  failureTemplate: number;
  /** Names of its locks, by lock number. */
  locks: string[];
};

/** An edge, compiled. */
export type PlanEdge = {
  /** Number. */
  id: number;
  /** As written by the author. */
  spec: EdgeSpec;
  /** Service number it calls. */
  service: number;
  /** Deadline queue for waiting for a pooled connection. */
  acquireQueue: number;
  /** Deadline queue for making a connection. */
  connectQueue: number;
  /** Deadline queue for an answer. */
  answerQueue: number;
};

/** A journey, compiled. */
export type PlanJourney = {
  /** Number. */
  id: number;
  /** As written by the author. */
  spec: JourneySpec;
  /** Endpoint name number (in `routes`) of each step. */
  routes: number[];
  /** Slowest good step, microseconds. */
  thresholdMicros: number;
};

/** A log template, compiled. */
export type PlanTemplate = {
  /** Number. */
  id: number;
  /** Program it belongs to. */
  program: number;
  /** As written by the author. */
  spec: LogTemplateSpec;
};

/** The compiled system. */
export type Plan = {
  /** As written by the author. */
  system: SystemSpec;
  /** 1 in play; tests use 0.1: arrivals × scale, service times, bytes and memory per request ÷ scale. */
  loadScale: number;
  /** Programs by number. */
  programs: PlanProgram[];
  /** Image repository (without tag) → program number. */
  programByImage: Map<string, number>;
  /** Edges by number. */
  edges: PlanEdge[];
  /** Edge name → number. */
  edgeByName: Map<string, number>;
  /** Services called by edges: `namespace/name` by service number. */
  services: string[];
  /** Edge by which users enter. */
  entryEdge: number;
  /** Microseconds after which users' requests are of no use and are dropped; 0 = they are not told. */
  entryDeadlineMicros: number;
  /** Journeys by number. */
  journeys: PlanJourney[];
  /** Endpoint names of all programs, distinct; the `route` of a span. */
  routes: string[];
  /** Log templates by number. */
  templates: PlanTemplate[];
  /** Waiting time of each deadline queue, microseconds. */
  deadlineMicros: number[];
  /** STATUS_… that each deadline queue ends a call with. */
  deadlineStatus: number[];
  /** Per step: code. */
  stepCode: Uint8Array;
  /** Per step: microseconds of work or wait (already scaled), or bytes. */
  stepAmount: Float64Array;
  /** Per step: share of its CPU work that does not vary (cpu). */
  stepFixed: Float64Array;
  /** Per step: edge (call), or lock number within the program (lock, unlock). */
  stepEdge: Int32Array;
  /** Per step: route called (call). */
  stepRoute: Int32Array;
  /** Per step: file path (append), by number in `paths`. */
  stepPath: Int32Array;
  /** File paths that steps, logs and commits name. */
  paths: string[];
};

/** Number of a program. */
export function programNumber(plan: Plan, name: string): number {
  return plan.programs.findIndex((program) => program.name === name);
}
