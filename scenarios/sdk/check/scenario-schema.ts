/** The shape of a scenario. */
import { z } from 'zod';
import type { Predicate } from '@chaotic-good/engine/protocol/predicate';
import type { ScenarioSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import type { MechanismId } from '@chaotic-good/engine/protocol/mechanisms';

const name = z.string().min(1);
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id: lower-case words with hyphens');
const seconds = z.number();
const labels = z.record(z.string(), z.string());
const json = z.json();
const objectRef = z.strictObject({
  group: z.string(),
  version: name,
  resource: name,
  namespace: z.string(),
  name,
});

const predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('fieldEquals'), object: objectRef, path: z.array(name), value: json }),
    z.strictObject({
      type: z.literal('fieldAtLeast'),
      object: objectRef,
      path: z.array(name),
      quantity: name,
    }),
    z.strictObject({ type: z.literal('objectExists'), object: objectRef }),
    z.strictObject({
      type: z.literal('policyAllows'),
      namespace: name,
      fromLabels: labels,
      toLabels: labels,
      port: z.int(),
      notWide: z.boolean(),
    }),
    z.strictObject({ type: z.literal('policyNotWide'), namespace: name, toLabels: labels }),
    z.strictObject({ type: z.literal('noEndpointOnNode'), namespace: name, service: name, node: name }),
    z.strictObject({ type: z.literal('settingIs'), program: name, key: name, value: z.string() }),
    z.strictObject({ type: z.literal('volumeUsedBelow'), volumePrefix: name, ratio: z.number() }),
    z.strictObject({
      type: z.literal('limitAtLeast'),
      workload: objectRef,
      container: name,
      resource: z.enum(['cpu', 'memory']),
      quantity: name,
    }),
    z.strictObject({ type: z.literal('noDataLost') }),
    z.strictObject({
      type: z.literal('workloadReplicasAtLeast'),
      workload: objectRef,
      replicas: z.int().min(0),
    }),
    z.strictObject({ type: z.literal('all'), of: z.array(predicate) }),
    z.strictObject({ type: z.literal('any'), of: z.array(predicate) }),
    z.strictObject({ type: z.literal('not'), of: predicate }),
  ]),
);

const lines = z
  .array(z.strictObject({ afterOnsetSeconds: seconds.min(0), argv: z.array(z.string()).min(1) }))
  .min(1);
const move = z.strictObject({ id, title: name, lines });

const ratio = z.number().positive();
const expectation = z.strictObject({
  impactAgainst: z.enum(['doNothing', 'golden']).optional(),
  atLeastRatio: ratio.optional(),
  breaks: z.array(id).min(1).optional(),
});

const named = { resource: name, name: name.optional() };
const count = z.int().min(0).optional();
const commandPattern = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('delete'), ...named }),
  z.strictObject({ type: z.literal('change'), ...named }),
  z.strictObject({
    type: z.literal('lowLimit'),
    ...named,
    container: name,
    of: z.enum(['cpu', 'memory']),
    atMost: name,
  }),
  z.strictObject({ type: z.literal('restart'), ...named }),
  z.strictObject({ type: z.literal('scale'), ...named, replicasAtMost: count, replicasAtLeast: count }),
  z.strictObject({ type: z.literal('removeFile'), path: name.optional() }),
  z.strictObject({ type: z.literal('truncateFile'), path: name.optional() }),
  z.strictObject({ type: z.literal('signal'), pod: name.optional() }),
]);
const sign = z.strictObject({
  any: z.array(commandPattern).min(1),
  count: z.int().min(1).optional(),
  withinSeconds: seconds.positive().optional(),
});

const text = z.string().optional();
const where = { pod: text, container: text };
const observation = z.discriminatedUnion('tool', [
  z.strictObject({ tool: z.literal('get'), resource: name, name: text, detail: z.boolean().optional() }),
  z.strictObject({ tool: z.literal('logs'), ...where, template: text }),
  z.strictObject({ tool: z.literal('top'), resource: z.enum(['pods', 'nodes']), name: text }),
  z.strictObject({ tool: z.literal('exec'), program: name, ...where, argument: text }),
  z.strictObject({
    tool: z.literal('rollout'),
    verb: z.enum(['history', 'status']).optional(),
    resource: text,
    name: text,
  }),
  z.strictObject({ tool: z.literal('chart'), title: text }),
  z.strictObject({ tool: z.literal('series'), name, labels: labels.optional() }),
  z.strictObject({
    tool: z.literal('request'),
    from: text,
    to: text,
    port: z.int().optional(),
    ok: z.boolean().optional(),
    error: text,
  }),
]);

const mechanism = z.enum(MECHANISMS.map((one) => one.id) as [MechanismId, ...MechanismId[]]);
const instance = z.strictObject({
  id,
  weight: z.number().positive(),
  fault: id,
  mechanism,
  params: json,
  component: z.string().regex(/^[a-z]+\/[^/*]+$/, 'kind/name'),
  aliases: z.array(z.string().regex(/^[a-z]+\/[^/]+$/, 'kind/name')),
  evidence: z.array(z.strictObject({ id, title: name, any: z.array(observation).min(1) })),
  cured: predicate,
  golden: move,
  rightFixes: z.array(move.extend({ class: z.enum(['durable', 'contained']) })),
  wrongMoves: z.array(move.extend({ expectation, sign, harmPoints: z.int().min(20).max(60) })),
  hints: z.array(name).optional(),
});

const alert = z.strictObject({
  id,
  title: name,
  severity: z.enum(['page', 'ticket']),
  condition: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('burnRate'),
      sli: name,
      objectiveRatio: z.number().gt(0).lt(1),
      windows: z
        .array(
          z.strictObject({
            longSeconds: seconds.positive(),
            shortSeconds: seconds.positive(),
            factor: z.number().positive(),
          }),
        )
        .min(1),
      forSeconds: seconds.min(0),
    }),
    z.strictObject({
      type: z.literal('threshold'),
      signal: z.enum(['volumeUsedRatio', 'containerRestarts', 'throttledRatio']),
      above: z.number(),
      forSeconds: seconds.min(0),
    }),
  ]),
  keepFiringSeconds: seconds.min(0).optional(),
});

const request = z.strictObject({
  verb: z.enum(['get', 'list', 'create', 'update', 'patch', 'delete', 'deletecollection', 'watch']),
  group: z.string(),
  version: name,
  resource: name,
  namespace: z.string().optional(),
  name: z.string().optional(),
  subresource: z.string().optional(),
  query: z.record(z.string(), z.unknown()).optional(),
  body: json.optional(),
  seat: name,
});

const warmUp = z.strictObject({
  id,
  title: name.max(40),
  how: name.max(80),
  tab: z.enum(['overview', 'logs', 'terminal']),
  any: z.array(observation).min(1),
});

/** The shape of a scenario; `backdrop` requests are held to the store's own types when they run. */
export const scenarioSchema = z.strictObject({
  schema: z.literal(1),
  id,
  title: name,
  level: z.enum(['intro', 'drill', 'hard']),
  story: name,
  system: id,
  namespace: name,
  localStart: z.string().regex(/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d:\d\d$/, 'e.g. Tue 14:05'),
  prehistorySeconds: z.int().positive(),
  warmUps: z.array(warmUp).min(1).max(5).optional(),
  onsetSeconds: z.tuple([seconds.min(0), seconds.min(0)]),
  timeLimitSeconds: z.int().min(60).optional(),
  holdSeconds: z.int().positive().optional(),
  alerts: z.array(alert).min(1),
  page: name,
  backdrop: z.array(z.strictObject({ atSecond: seconds, request })),
  faults: z.array(z.strictObject({ id, instances: z.array(instance).min(1) })).min(1),
  cheats: z.array(move),
  invariants: z.array(z.strictObject({ id, title: name, holds: predicate })),
}) satisfies z.ZodType<Omit<ScenarioSpec, 'backdrop'>>;
