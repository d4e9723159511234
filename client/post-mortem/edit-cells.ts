/** An edit as single cells by key, so that two can be compared and merged cell by cell. */
import type { PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';

/** Lists whose items have ids. */
export const LISTS = ['factors', 'wentWell', 'wasHard', 'actions', 'added'] as const;
/** Lists of ids. */
export const FLAGS = ['hidden', 'pinned'] as const;

/** Titles of the parts, as the page calls them. */
export const PART_TITLES = {
  summary: 'Summary',
  factors: 'Contributing factors',
  wentWell: 'What went well',
  wasHard: 'What was hard',
  actions: 'Actions',
  added: 'Timeline, written afterwards',
  hidden: 'Timeline, folded away',
  pinned: 'Timeline, key moments',
};

/** A part of an edit. */
export type EditPart = keyof typeof PART_TITLES;

/** One cell: a sentence, an item, or that an id is in a list. */
export type EditCell = { part: EditPart; id: string; value: unknown };

/** Cells by key; keys keep the order of the edit. */
export function cellsOf(edit: PostMortemEdit): Map<string, EditCell> {
  const cells = new Map<string, EditCell>();
  const put = (part: EditPart, id: string, value: unknown) => cells.set(`${part}/${id}`, { part, id, value });
  edit.summary.forEach((sentence, at) => put('summary', String(at), sentence));
  for (const part of LISTS) for (const item of edit[part]) put(part, item.id, item);
  for (const part of FLAGS) for (const id of edit[part]) put(part, id, true);
  return cells;
}

/** The edit that these cells make; `like` gives what cells do not tell. */
export function editFrom(cells: ReadonlyMap<string, EditCell>, like: PostMortemEdit): PostMortemEdit {
  const values = (part: EditPart) => [...cells.values()].filter((cell) => cell.part === part);
  const list = <Item>(part: EditPart) => values(part).map(({ value }) => value as Item);
  return {
    summary: like.summary.map((sentence, at) => {
      const cell = cells.get(`summary/${at}`);
      return cell === undefined ? sentence : (cell.value as string);
    }),
    factors: list('factors'),
    wentWell: list('wentWell'),
    wasHard: list('wasHard'),
    actions: list('actions'),
    added: list('added'),
    hidden: values('hidden').map(({ id }) => id),
    pinned: values('pinned').map(({ id }) => id),
    answersTaken: like.answersTaken,
  };
}

/** Whether two cells say the same; who asked first does not matter. */
export function sameCell(left: EditCell | undefined, right: EditCell | undefined): boolean {
  return JSON.stringify(left?.value) === JSON.stringify(right?.value);
}

/** A cell in words; '' for none. */
export function cellText(cell: EditCell | undefined): string {
  if (cell === undefined) return '';
  const { value } = cell;
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return cell.id;
  const { text = '', owner = '', due = '' } = value as { text?: string; owner?: string; due?: string };
  return [text, owner, due].filter((part) => part !== '').join(' · ');
}
