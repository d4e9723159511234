/** What two people wrote from the same version, put together; where both changed one thing, it is told. */
import type { PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';
import { cellsOf, editFrom, sameCell } from './edit-cells.ts';
import type { EditCell } from './edit-cells.ts';

/** One thing that both changed, each in another way. Undefined = struck out. */
export type Clash = { key: string; mine: EditCell | undefined; theirs: EditCell | undefined };

/** What came of putting together: mine stands where both changed the same. */
export type Merged = { edit: PostMortemEdit; clashes: Clash[] };

/** Puts both together, from what both began with. Flags never clash: the newest click counts. */
export function mergeEdits(base: PostMortemEdit, mine: PostMortemEdit, theirs: PostMortemEdit): Merged {
  const [began, own, other] = [base, mine, theirs].map(cellsOf);
  const clashes: Clash[] = [];
  const cells = new Map<string, EditCell>();
  for (const key of new Set([...own.keys(), ...other.keys()])) {
    const [before, left, right] = [began.get(key), own.get(key), other.get(key)];
    let taken = left;
    if (sameCell(left, before)) taken = right;
    else if (!sameCell(right, before) && !sameCell(left, right)) {
      clashes.push({ key, mine: left, theirs: right });
      // What one struck out and the other rewrote is kept until somebody chooses.
      taken = left ?? right;
    }
    if (taken !== undefined) cells.set(key, taken);
  }
  return { edit: editFrom(cells, theirs), clashes };
}

/** The edit with one side of a clash. */
export function withSide(edit: PostMortemEdit, clash: Clash, side: 'mine' | 'theirs'): PostMortemEdit {
  const cells = cellsOf(edit);
  const chosen = clash[side];
  if (chosen === undefined) cells.delete(clash.key);
  else cells.set(clash.key, chosen);
  return editFrom(cells, edit);
}
