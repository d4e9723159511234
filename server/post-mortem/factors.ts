/** Why it could happen, and last as long as it did: computed, never about a person. */
import { changesOf, clockOf, ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { duration, lowerFirst, upperFirst } from './words.ts';

/** A page that stands so long before somebody takes it on is worth a sentence, seconds. */
const SLOW_TO_TAKE_SECONDS = 60;

function firstPage(parts: PostMortemParts) {
  const { onsetMicros } = parts.debrief.truth;
  return ofType(parts, 'AlertFired').find(
    ({ severity, atMicros }) => severity === 'page' && atMicros >= onsetMicros,
  );
}

/** Seconds from the first page until somebody took it on or declared; null when nobody did, or no page. */
export function secondsToTake(parts: PostMortemParts): number | null {
  const page = firstPage(parts);
  if (page === undefined) return null;
  const taken = parts.events.find(
    ({ type, atMicros }) =>
      (type === 'AlertAcknowledged' || type === 'IncidentDeclared') && atMicros >= page.atMicros,
  );
  return taken === undefined ? null : (taken.atMicros - page.atMicros) / 1_000_000;
}

function aboutTelling(parts: PostMortemParts): string[] {
  const { impactBeganSecond } = parts.debrief.truth;
  if (impactBeganSecond < 0) return [];
  const page = firstPage(parts);
  if (page === undefined) return ['No alert paged anybody while users were hurt.'];
  const found: string[] = [];
  const late = page.atMicros / 1_000_000 - impactBeganSecond;
  if (late >= 1) found.push(`The first page came ${duration(late)} after users began to be hurt.`);
  const taken = secondsToTake(parts);
  if (taken === null) found.push('Nobody took a page on.');
  else if (taken >= SLOW_TO_TAKE_SECONDS)
    found.push(`The first page stood for ${duration(taken)} before anybody took it on.`);
  return found;
}

function aboutLooking({ debrief }: PostMortemParts): string[] {
  return debrief.truth.evidence
    .filter(({ seenSecond }) => seenSecond < 0)
    .map(({ title }) => `Not looked at, though it would have shown it: ${lowerFirst(title)}.`);
}

function aboutUpdates({ debrief }: PostMortemParts): string[] {
  const { falseAllClears = 0, overdueUpdates = 0, statusUpdates = 0 } = debrief.teamwork ?? {};
  const found: string[] = [];
  if (falseAllClears > 0) found.push('An all-clear was posted while users were still hurt.');
  if (overdueUpdates > 0 && statusUpdates > 0) found.push('A promised status update did not come in time.');
  return found;
}

/** The sentences, the cause first. */
export function contributingFactors(parts: PostMortemParts): string[] {
  const { truth, worse } = parts.debrief;
  const cause = `${upperFirst(truth.summary.replace(/\.$/, ''))}. It was so in ${truth.component}.`;
  const moves = (worse ?? []).map(
    ({ title, second, harm }) =>
      `What was meant to help hurt: ${lowerFirst(title)} at ${clockOf(parts, second * 1_000_000)}; ${harm}.`,
  );
  const nothing =
    truth.impactBeganSecond >= 0 && changesOf(parts).length === 0
      ? ['No change of the system was made while users were hurt.']
      : [];
  const relapses = ofType(parts, 'IncidentRelapsed').map(
    ({ second }) => `It came back at ${clockOf(parts, second * 1_000_000)}, after it had looked recovered.`,
  );
  return [
    ...(truth.summary === '' ? [] : [cause]),
    ...aboutTelling(parts),
    ...aboutLooking(parts),
    ...moves,
    ...nothing,
    ...relapses,
    ...aboutUpdates(parts),
  ];
}
