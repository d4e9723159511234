/** What a team may change of a document, taken out of it and put into it. */
import type { PostMortem, PostMortemEdit, PostMortemLine } from '@chaotic-good/engine/protocol/post-mortem';

function idsWhere(lines: readonly PostMortemLine[], test: (line: PostMortemLine) => boolean): string[] {
  return lines.filter(test).map(({ id }) => id);
}

/** The part of a document that a team edits. */
export function editOf(document: PostMortem): PostMortemEdit {
  const { summary, factors, wentWell, wasHard, actions, answersTaken, timeline } = document;
  return {
    summary,
    factors,
    wentWell,
    wasHard,
    actions,
    answersTaken,
    hidden: idsWhere(timeline, ({ hidden }) => hidden),
    pinned: idsWhere(timeline, ({ pinned }) => pinned),
    added: timeline
      .filter(({ added }) => added)
      .map(({ id, atMicros, who, text }) => ({ id, atMicros, who, text })),
  };
}

/** A line that the team wrote afterwards. */
function addedLine(line: PostMortemEdit['added'][number]): PostMortemLine {
  const rest = {
    typed: false,
    tone: 'neutral',
    marker: '',
    pinned: false,
    hidden: false,
    added: true,
  } as const;
  return { ...line, lane: 'notes', ...rest };
}

/**
 * The document as edited. Nobody is quoted as another role than before: a sentence or line that was there
 * keeps its role, a new one gets the role of whoever writes.
 */
export function applyEdit(document: PostMortem, edit: PostMortemEdit, role: string): PostMortem {
  const { summary } = edit;
  const hidden = new Set(edit.hidden);
  const pinned = new Set(edit.pinned);
  const said = <Said extends { id: string; by: string }>(before: readonly Said[], after: readonly Said[]) =>
    after.map((one) => ({ ...one, by: before.find(({ id }) => id === one.id)?.by ?? role }));
  const before = new Map(document.timeline.map((line) => [line.id, line]));
  const added = edit.added
    .filter(({ id }) => before.get(id)?.added ?? true)
    .map((line) => addedLine({ ...line, who: before.get(line.id)?.who ?? role }));
  const timeline = [...document.timeline.filter((line) => !line.added), ...added]
    .map((line) => ({ ...line, hidden: hidden.has(line.id), pinned: pinned.has(line.id) }))
    .sort((left, right) => left.atMicros - right.atMicros);
  return {
    ...document,
    summary,
    factors: said(document.factors, edit.factors),
    wentWell: said(document.wentWell, edit.wentWell),
    wasHard: said(document.wasHard, edit.wasHard),
    actions: said(document.actions, edit.actions),
    // An answer that came while somebody wrote is not known to them: it is taken in by the next who reads.
    answersTaken: document.answersTaken.filter((id) => edit.answersTaken.includes(id)),
    timeline,
  };
}
