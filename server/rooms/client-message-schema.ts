/** The shape of everything that a client says: own members only, none besides these. */
import { z } from 'zod';
import type { ClientMessage, WireQuery } from '@chaotic-good/engine/protocol/wire';
import { commandSchema } from './command-schema.ts';

/** Ids that clients make: of commands, lines and questions. */
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const terminal = z.string().regex(/^[A-Za-z0-9_-]{1,32}$/);
const name = z.string().max(300);
const micros = z.number().int();
/** The shell refuses longer lines itself, with a sentence. */
const line = z.string().max(20_000);

const logQuery = z.strictObject({
  workload: name.optional(),
  pod: name.optional(),
  container: name.optional(),
  level: z.enum(['debug', 'info', 'warn', 'error', 'fatal']).optional(),
  text: name.optional(),
  fromMicros: micros,
  toMicros: micros,
  limit: z.number().int().min(1).max(5000),
  fold: z.boolean().optional(),
});

const query = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('catalogue') }),
  z.strictObject({
    kind: z.literal('series'),
    name,
    labels: z.record(name, name),
    fromMicros: micros,
    toMicros: micros,
  }),
  z.strictObject({ kind: z.literal('logs'), search: logQuery }),
  z.strictObject({ kind: z.literal('facts'), thing: name }),
  z.strictObject({ kind: z.literal('chart'), title: name }),
  z.strictObject({ kind: z.literal('debrief') }),
]) satisfies z.ZodType<WireQuery>;

/** A message of a client. */
export const clientMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('command'), commandId: id, command: commandSchema }),
  z.strictObject({ type: z.literal('line'), terminal, lineId: id, line }),
  z.strictObject({ type: z.literal('interrupt'), terminal }),
  z.strictObject({
    type: z.literal('complete'),
    requestId: id,
    terminal,
    line,
    cursor: z.number().int().min(0),
  }),
  z.strictObject({ type: z.literal('received'), seq: z.number().int().min(0) }),
  z.strictObject({ type: z.literal('resync') }),
  z.strictObject({ type: z.literal('beat'), beat: z.number().int().min(1).max(4) }),
  z.strictObject({ type: z.literal('look'), tab: z.string().regex(/^[a-z0-9-]{0,32}$/), thing: name }),
  z.strictObject({
    type: z.literal('here'),
    chart: name,
    focus: name,
    second: z.number().min(-1e6).max(1e6),
  }),
  z.strictObject({ type: z.literal('follow'), seat: z.string().max(64) }),
  z.strictObject({ type: z.literal('query'), requestId: id, query }),
]) satisfies z.ZodType<ClientMessage>;
