/** The part of a document that a team edits, taken out of it. */
import type { PostMortem, PostMortemEdit } from '@chaotic-good/engine/protocol/post-mortem';

/** A copy, so that typing changes no document. */
export function editOf(document: PostMortem): PostMortemEdit {
  const { summary, factors, wentWell, wasHard, actions, answersTaken, timeline } = document;
  return structuredClone({
    summary,
    factors,
    wentWell,
    wasHard,
    actions,
    answersTaken,
    hidden: timeline.filter(({ hidden }) => hidden).map(({ id }) => id),
    pinned: timeline.filter(({ pinned }) => pinned).map(({ id }) => id),
    added: timeline
      .filter(({ added }) => added)
      .map(({ id, atMicros, who, text }) => ({ id, atMicros, who, text })),
  });
}
