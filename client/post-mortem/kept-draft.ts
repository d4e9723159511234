/** What somebody wrote and has not saved yet, kept on their device: a reload loses nothing. */
import type { PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';

/** A draft. */
export type KeptDraft = {
  /** Version that it began from. */
  base: number;
  /** What that version said. */
  from: PostMortemEdit;
  /** What it says now. */
  edit: PostMortemEdit;
  /** When it was written last, Unix milliseconds. */
  atUnixMs: number;
};

function keyOf(gameId: string): string {
  return `post-mortem/${gameId}`;
}

/** The draft of a game, or null. */
export function readDraft(gameId: string): KeptDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(gameId)) ?? 'null') as KeptDraft | null;
    return kept !== null && Array.isArray(kept.edit?.summary) && Array.isArray(kept.from?.summary)
      ? kept
      : null;
  } catch {
    return null; // Storage is switched off, or holds something else.
  }
}

/** Keeps a draft, or forgets it. */
export function keepDraft(gameId: string, draft: KeptDraft | null): void {
  try {
    if (draft === null) localStorage.removeItem(keyOf(gameId));
    else localStorage.setItem(keyOf(gameId), JSON.stringify(draft));
  } catch {
    // Without storage it lasts as long as the page.
  }
}
