/** Turns an author's system into the plan that the simulation runs on. */
import { invariant } from '../kernel/invariant.ts';
import * as plan from './plan.ts';
import type { Plan, PlanEdge, PlanJourney, PlanProgram, PlanTemplate } from './plan.ts';
import { STATUS_CONNECT_TIMEOUT, STATUS_POOL_TIMEOUT, STATUS_TIMEOUT } from './spans.ts';
import type { ProgramSpec, StepSpec, SystemSpec } from './system-spec.ts';

/** Usual share of CPU work that does not vary: a program does much the same for each request. */
const FIXED_SHARE = 0.6;

/** Steps while they are gathered. */
type Draft = {
  loadScale: number;
  routes: string[];
  edgeByName: Map<string, number>;
  paths: string[];
  /** Locks of the program that is being compiled. */
  locks: string[];
  code: number[];
  amount: number[];
  fixed: number[];
  edge: number[];
  route: number[];
  path: number[];
};

/** The index of a text in a list, added when new. */
function indexIn(list: string[], text: string): number {
  const known = list.indexOf(text);
  return known >= 0 ? known : list.push(text) - 1;
}

/** Adds one compiled step. */
function addStep(
  draft: Draft,
  code: number,
  amount: number,
  edge: number,
  route: number,
  path: number,
): void {
  draft.code.push(code);
  draft.amount.push(amount);
  draft.fixed.push(FIXED_SHARE);
  draft.edge.push(edge);
  draft.route.push(route);
  draft.path.push(path);
}

/** Compiles one step; work, waits and bytes grow as load shrinks, so that utilisation stays. */
function compileStep(draft: Draft, step: StepSpec): void {
  const scale = draft.loadScale;
  switch (step.do) {
    case 'cpu':
      addStep(draft, plan.STEP_CPU, step.micros / scale, -1, -1, -1);
      draft.fixed[draft.fixed.length - 1] = step.fixedShare ?? FIXED_SHARE;
      return;
    case 'disk':
      return addStep(draft, plan.STEP_DISK, step.micros / scale, -1, -1, -1);
    case 'call': {
      const edge = draft.edgeByName.get(step.edge);
      invariant(edge !== undefined, `no edge is named ${step.edge}`);
      return addStep(draft, plan.STEP_CALL, 0, edge, indexIn(draft.routes, step.endpoint), -1);
    }
    case 'append':
      return addStep(draft, plan.STEP_APPEND, step.bytes / scale, -1, -1, indexIn(draft.paths, step.file));
    case 'commit':
      return addStep(draft, plan.STEP_COMMIT, step.bytes / scale, -1, -1, -1);
    case 'read':
      return addStep(draft, plan.STEP_READ, 0, -1, -1, -1);
    case 'lock':
      return addStep(draft, plan.STEP_LOCK, 0, indexIn(draft.locks, step.lock), -1, -1);
    case 'unlock':
      return addStep(draft, plan.STEP_UNLOCK, 0, indexIn(draft.locks, step.lock), -1, -1);
  }
}

/** Compiles a program. */
function compileProgram(draft: Draft, spec: ProgramSpec, id: number, templates: PlanTemplate[]): PlanProgram {
  draft.locks = [];
  const program: PlanProgram = {
    id,
    name: spec.name,
    spec,
    endpointNames: spec.endpoints.map((endpoint) => endpoint.name),
    endpointRoutes: spec.endpoints.map((endpoint) => indexIn(draft.routes, endpoint.name)),
    endpointOfRoute: [],
    endpointStart: [],
    probeStart: 0,
    templates: new Map(),
    logPath: spec.files.log === '' ? -1 : indexIn(draft.paths, spec.files.log),
    rowsPath: spec.files.rows === '' ? -1 : indexIn(draft.paths, spec.files.rows),
    accessTemplate: -1,
    failureTemplate: -1,
    locks: draft.locks,
  };
  for (const endpoint of spec.endpoints) {
    program.endpointStart.push(draft.code.length);
    for (const step of endpoint.steps) compileStep(draft, step);
    addStep(draft, plan.STEP_END, 0, -1, -1, -1);
  }
  program.probeStart = draft.code.length;
  // A health check costs the same at any load: probes do not scale with it.
  addStep(draft, plan.STEP_CPU, spec.probeMicros, -1, -1, -1);
  addStep(draft, plan.STEP_END, 0, -1, -1, -1);
  for (const template of spec.logs) {
    program.templates.set(template.name, templates.length);
    templates.push({ id: templates.length, program: id, spec: template });
  }
  program.accessTemplate = program.templates.get('access') ?? -1;
  program.failureTemplate = program.templates.get('failure') ?? -1;
  return program;
}

/** Compiles the edges, with a deadline queue for each of the waits of each edge. */
function compileEdges(
  system: SystemSpec,
  services: string[],
  micros: number[],
  status: number[],
): PlanEdge[] {
  const queue = (wait: number, ends: number): number => {
    micros.push(wait);
    return status.push(ends) - 1;
  };
  return system.edges.map((spec, id) => ({
    id,
    spec,
    service: indexIn(services, spec.to),
    acquireQueue: queue(spec.pool?.acquireTimeoutMicros ?? spec.timeoutMicros, STATUS_POOL_TIMEOUT),
    connectQueue: queue(spec.connectTimeoutMicros, STATUS_CONNECT_TIMEOUT),
    answerQueue: queue(spec.timeoutMicros, STATUS_TIMEOUT),
  }));
}

/**
 * Compiles a system for a load scale.
 *
 * @throws InvariantError when names do not resolve; authors' errors are caught earlier, by the SDK.
 */
export function compilePlan(system: SystemSpec, loadScale: number): Plan {
  const deadlineMicros: number[] = [];
  const deadlineStatus: number[] = [];
  const services: string[] = [];
  const edges = compileEdges(system, services, deadlineMicros, deadlineStatus);
  const edgeByName = new Map(edges.map((edge) => [edge.spec.name, edge.id]));
  const templates: PlanTemplate[] = [];
  const draft: Draft = {
    loadScale,
    routes: [],
    edgeByName,
    paths: [],
    locks: [],
    code: [],
    amount: [],
    fixed: [],
    edge: [],
    route: [],
    path: [],
  };
  const programs = system.programs.map((spec, id) => compileProgram(draft, spec, id, templates));
  const journeys: PlanJourney[] = system.journeys.map((spec, id) => ({
    id,
    spec,
    routes: spec.steps.map((step) => indexIn(draft.routes, step.endpoint)),
    thresholdMicros: spec.latencyThresholdMs * 1000,
  }));
  for (const program of programs) {
    program.endpointOfRoute = draft.routes.map((route) => program.endpointNames.indexOf(route));
  }
  const entryEdge = edgeByName.get(system.entryEdge);
  invariant(entryEdge !== undefined, `no edge is named ${system.entryEdge}`);
  return {
    system,
    loadScale,
    programs,
    programByImage: new Map(programs.map((program) => [program.spec.image, program.id])),
    edges,
    edgeByName,
    services,
    entryEdge,
    entryDeadlineMicros: edges[entryEdge].spec.policy?.passDeadline ? edges[entryEdge].spec.timeoutMicros : 0,
    journeys,
    routes: draft.routes,
    templates,
    deadlineMicros,
    deadlineStatus,
    stepCode: Uint8Array.from(draft.code),
    stepAmount: Float64Array.from(draft.amount),
    stepFixed: Float64Array.from(draft.fixed),
    stepEdge: Int32Array.from(draft.edge),
    stepRoute: Int32Array.from(draft.route),
    stepPath: Int32Array.from(draft.path),
    paths: draft.paths,
  };
}
