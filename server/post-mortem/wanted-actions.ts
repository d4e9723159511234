/** What is to be done, as far as the frozen result tells: what stays open, was handed over, was missed. */
import { ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { lowerFirst } from './words.ts';

/** An action and the role that asked for it, '' for the document itself. */
export type WantedAction = { text: string; by: string };

/** The actions, the most urgent first. */
export function wantedActions(parts: PostMortemParts): WantedAction[] {
  const { truth, recovery, leftovers, broken } = parts.debrief;
  const wanted: WantedAction[] = [];
  const want = (text: string, by = '') => wanted.push({ text, by });
  if (recovery !== 'durable') want(`Remove the cause in ${truth.component}: ${lowerFirst(truth.title)}.`);
  for (const title of broken)
    want(`Find out what was lost, and restore it: the promise “${title}” was broken.`);
  for (const { sentence, handedOver } of leftovers) if (!handedOver) want(`Undo: ${sentence}`);
  for (const { followUp, text, seat } of ofType(parts, 'NoteAdded')) {
    if (followUp !== '') want(`${followUp}: ${text}`, seat);
  }
  want(`Be alerted to it before users are hurt: ${lowerFirst(truth.title)}.`);
  return wanted.filter(({ text }, at) => wanted.findIndex((other) => other.text === text) === at);
}
