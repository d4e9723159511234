/** What people may send about a post-mortem, held to its shape and size. */
import { z } from 'zod';

/** Characters of a sentence, an answer, a name at most. */
const SENTENCE_MAX = 1200;
const ANSWER_MAX = 600;
const NAME_MAX = 80;
const ID_MAX = 100;
/** An incident lasts no longer, microseconds. */
const MICROS_MAX = 1e12;
/** Bytes of a whole edit at most. */
export const EDIT_BYTES_MAX = 128 * 1024;

const id = z.string().min(1).max(ID_MAX);
const sentence = z.string().trim().max(SENTENCE_MAX);
const by = z.string().max(NAME_MAX);
const ids = (most: number) => z.array(id).max(most);
const isDay = (text: string) => text === '' || !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
const day = z
  .string()
  .regex(/^(\d{4}-\d{2}-\d{2})?$/, 'a day is written as 2026-12-24')
  .refine(isDay, 'there is no such day');

/** No two of a list are the same one. */
function distinct(list: { id: string }[]): boolean {
  return new Set(list.map((one) => one.id)).size === list.length;
}

const point = z.strictObject({ id, text: sentence.min(1), by });
const points = z.array(point).max(60).refine(distinct, 'each has an id of its own');
const action = z.strictObject({
  id,
  text: sentence.min(1),
  owner: z.string().trim().max(NAME_MAX),
  due: day,
  by,
});
const added = z.strictObject({
  id: id.regex(/^w-/, 'ids of lines that were written begin with w-'),
  atMicros: z.int().min(0).max(MICROS_MAX),
  who: by,
  text: sentence.min(1),
});

const base = z.int().min(0).max(100_000);

/** What somebody edited, and the version that they began from. */
export const savedEdit = z.strictObject({
  base,
  edit: z.strictObject({
    summary: z.array(sentence.min(1)).length(4),
    factors: points,
    wentWell: points,
    wasHard: points,
    actions: z.array(action).max(60).refine(distinct, 'each has an id of its own'),
    answersTaken: ids(200),
    hidden: ids(5000),
    pinned: ids(500),
    added: z.array(added).max(60).refine(distinct, 'each has an id of its own'),
  }),
});

/** That it is final, and the version that was read. */
export const madeFinal = z.strictObject({ base });

/** What a player answered. */
export const answered = z.strictObject({
  hard: z.string().trim().max(ANSWER_MAX),
  change: z.string().trim().max(ANSWER_MAX),
});
