/**
 * Players' answers, taken into a document: what was hard, and one thing to change as an action. Each is taken
 * in once; what the team has struck out since stays out, what the team has rewritten stays as it is.
 */
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';

/** An answer of a player. */
export type RoleAnswer = {
  /** Role, as people read it. */
  role: string;
  /** What was hard, '' = nothing said. */
  hard: string;
  /** One thing to change, '' = nothing said. */
  change: string;
  /** When it was given, Unix milliseconds. */
  answeredAtUnixMs: number;
};

/** What an answer is known by in a document. A changed answer is another one. */
function idOf({ role, answeredAtUnixMs }: RoleAnswer): string {
  return `${role}/${answeredAtUnixMs}`;
}

/** The document with one more answer, in place of an earlier one of that role that nobody rewrote. */
function taken(document: PostMortem, answer: RoleAnswer): PostMortem {
  const { role, hard, change } = answer;
  const id = `a/${idOf(answer)}`;
  const earlier = (one: { id: string }) => one.id.startsWith(`a/${role}/`);
  const wasHard = document.wasHard.filter((point) => !earlier(point));
  const actions = document.actions.filter((action) => !earlier(action));
  return {
    ...document,
    wasHard: hard === '' ? wasHard : [...wasHard, { id, text: hard, by: role }],
    actions: change === '' ? actions : [...actions, { id, text: change, owner: '', due: '', by: role }],
    answersTaken: [...document.answersTaken, idOf(answer)],
  };
}

/** The document with all answers that it has not taken in yet, earliest first. */
export function takeAnswers(document: PostMortem, answers: readonly RoleAnswer[]): PostMortem {
  return [...answers]
    .filter((answer) => !document.answersTaken.includes(idOf(answer)))
    .sort((left, right) => left.answeredAtUnixMs - right.answeredAtUnixMs)
    .reduce(taken, document);
}
