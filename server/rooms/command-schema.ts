/**
 * The shape of every command that a client may send; nothing else gets in. What is not here is not a client's
 * to say: seats are taken through the API, presence and observations are the server's word.
 */
import { z } from 'zod';
import type { ClusterCommand } from '@chaotic-good/engine/protocol/cluster-commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import type { MechanismId } from '@chaotic-good/engine/protocol/mechanisms';
import { ROLES } from '@chaotic-good/engine/protocol/roles';
import type { Role } from '@chaotic-good/engine/protocol/roles';

/** Longer texts are refused by the engine with a sentence; this only keeps absurd ones out. */
const TEXT_MAX = 10_000;
const NAME_MAX = 300;

const text = z.string().max(TEXT_MAX);
const name = z.string().max(NAME_MAX);
const role = z.enum(ROLES.map((one) => one.role) as [Role, ...Role[]]);
const mechanism = z.enum(MECHANISMS.map(({ id }) => id) as [MechanismId, ...MechanismId[]]);
const patchType = z.enum(['json', 'merge', 'strategic', 'apply']);
const propagationPolicy = z.enum(['Background', 'Foreground', 'Orphan']);
const gracePeriodSeconds = z.number().int().min(0).max(3600);

const target = z.strictObject({ group: name, version: name, resource: name, namespace: name, name });

/** Changes of objects by buttons; files, signals and requests go through a terminal. */
const clusterCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('PatchObject'),
    target,
    subresource: name,
    patchType,
    patch: z.json(),
    fieldManager: name,
    said: name,
  }),
  z.strictObject({
    type: z.literal('DeleteObject'),
    target,
    gracePeriodSeconds: gracePeriodSeconds.nullable(),
    propagationPolicy,
  }),
  z.strictObject({ type: z.literal('CreateObject'), target, object: z.json(), said: name }),
  z.strictObject({ type: z.literal('ReplaceObject'), target, object: z.json(), said: name }),
]) satisfies z.ZodType<ClusterCommand>;

const worldRequest = z.strictObject({
  verb: z.enum(['create', 'update', 'patch', 'delete']),
  group: name,
  version: name,
  resource: name,
  namespace: name.optional(),
  name: name.optional(),
  subresource: name.optional(),
  query: z
    .strictObject({
      patchType: patchType.optional(),
      fieldManager: name.optional(),
      gracePeriodSeconds: gracePeriodSeconds.optional(),
      propagationPolicy: propagationPolicy.optional(),
    })
    .optional(),
  body: z.json().optional(),
  seat: name,
});

const severity = z.enum(['SEV1', 'SEV2', 'SEV3']);

/** A command of a client. */
export const commandSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('LeaveSeat') }),
  z.strictObject({ type: z.literal('ChooseRole'), role }),
  z.strictObject({ type: z.literal('SetReady'), ready: z.boolean() }),
  z.strictObject({ type: z.literal('RenameSeat'), seat: name, name }),
  z.strictObject({ type: z.literal('RemoveSeat'), seat: name }),
  z.strictObject({ type: z.literal('PassHost'), seat: name }),
  z.strictObject({ type: z.literal('TakeRole'), seat: name }),
  z.strictObject({ type: z.literal('LockRoom'), locked: z.boolean() }),
  z.strictObject({ type: z.literal('NameTeam'), name }),
  z.strictObject({ type: z.literal('StartIncident') }),
  z.strictObject({ type: z.literal('EndIncident') }),
  z.strictObject({ type: z.literal('Pause') }),
  z.strictObject({ type: z.literal('Resume') }),
  z.strictObject({ type: z.literal('SetSpeed'), speed: z.number() }),
  z.strictObject({ type: z.literal('ExtendTime'), seconds: z.number() }),
  z.strictObject({ type: z.literal('DeclareIncident'), severity }),
  z.strictObject({ type: z.literal('AcknowledgeAlert'), alertId: name }),
  z.strictObject({ type: z.literal('PostMessage'), text }),
  z.strictObject({ type: z.literal('AddHypothesis'), component: name, mechanism, expectation: text }),
  z.strictObject({
    type: z.literal('CloseHypothesis'),
    hypothesisId: name,
    verdict: z.enum(['confirmed', 'refuted']),
  }),
  z.strictObject({ type: z.literal('FileDiagnosis'), component: name, mechanism }),
  z.strictObject({ type: z.literal('DeclareResolved') }),
  z.strictObject({ type: z.literal('AddNote'), text, followUp: name }),
  z.strictObject({ type: z.literal('PinEvent'), eventSeq: z.number().int() }),
  z.strictObject({ type: z.literal('ReadyForTrouble') }),
  z.strictObject({ type: z.literal('TakeHint') }),
  z.strictObject({ type: z.literal('ProposePlan'), text, line: text, component: name }),
  z.strictObject({ type: z.literal('AnswerPlan'), planId: name, approve: z.boolean() }),
  z.strictObject({ type: z.literal('FinishPlan'), planId: name, done: z.boolean() }),
  z.strictObject({ type: z.literal('NameNext'), text }),
  z.strictObject({
    type: z.literal('PostStatus'),
    journeys: z.array(name).max(20),
    severity,
    state: z.enum(['investigating', 'identified', 'monitoring', 'resolved']),
    nextUpdateMinutes: z.number().int(),
  }),
  z.strictObject({
    type: z.literal('PinEvidence'),
    kind: z.enum(['chart', 'log', 'command']),
    title: text,
    text,
    place: text,
  }),
  z.strictObject({ type: z.literal('ClaimComponent'), component: name, takeOver: z.boolean() }),
  z.strictObject({ type: z.literal('ReleaseClaim'), component: name }),
  z.strictObject({ type: z.literal('RunCluster'), command: clusterCommand }),
  z.strictObject({ type: z.literal('WriteWorld'), request: worldRequest }),
]) satisfies z.ZodType<Command>;
