/** What differs between two versions, thing by thing. */
import type { PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';
import { cellsOf, cellText, PART_TITLES, sameCell } from './edit-cells.ts';

/** One difference; '' before = it is new, '' after = it was struck out. */
export type Change = { key: string; part: string; before: string; after: string };

/** The differences, in the order of the document. */
export function whatChanged(before: PostMortemEdit, after: PostMortemEdit): Change[] {
  const [old, now] = [cellsOf(before), cellsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [left, right] = [old.get(key), now.get(key)];
    if (sameCell(left, right)) return [];
    const part = PART_TITLES[(left ?? right)!.part];
    return { key, part, before: cellText(left), after: cellText(right) };
  });
}
