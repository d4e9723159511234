/**
 * The four sentences at the top of a post-mortem: when and who was hurt; what it cost against doing nothing;
 * what the team concluded and what was true; what ended it and what stays open.
 */
import { endedByWords, recoverySentence, wellAgainSecond, whatStaysOpen } from './ending.ts';
import { hurtSpans, journeysHurt, secondsOf } from './hurt-spans.ts';
import { clockOf } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { counted, duration, listed, lowerFirst, money, percent } from './words.ts';

/** Journeys that missed their promise while users were hurt, in words. */
function whoWasHurt(parts: PostMortemParts): string {
  const { system } = parts;
  const spans = hurtSpans(parts);
  if (spans.length === 0) return `Users of ${system.title} were not hurt.`;
  const journeys = journeysHurt(parts, spans);
  const failedActions = journeys.reduce((sum, one) => sum + one.failedActions, 0);
  const missed = journeys.filter(
    ({ goodRatio, objectiveRatio }) => goodRatio !== null && goodRatio < objectiveRatio,
  );
  const told = missed.map(({ title, goodRatio }) => `${lowerFirst(title)} ${percent(1 - (goodRatio ?? 1))}`);
  const which = told.length === 0 ? '' : `; share that failed: ${listed(told)}`;
  const from = clockOf(parts, spans[0].fromSecond * 1_000_000);
  const until = wellAgainSecond(parts) < 0 ? ', and still at the end' : '';
  const spells = spans.length === 1 ? '' : ` in ${spans.length} spells`;
  return (
    `From ${from} users of ${system.title} were hurt for ${duration(secondsOf(spans))}${spells}${until}: ` +
    `${counted(failedActions, 'user action')} failed${which}.`
  );
}

/** The price assumption in words. */
function priceWords({ system }: PostMortemParts): string {
  const prices = system.journeys.map(
    ({ title, failureCostCents }) => `${lowerFirst(title)} ${money(failureCostCents)}`,
  );
  return prices.length === 0 ? '' : `, at an assumed price of a failed action of ${prices.join(', ')}`;
}

function whatItCost(parts: PostMortemParts): string {
  const { actual, doNothing, golden } = parts.debrief.impact;
  const saved = doNothing.costCents - actual.costCents;
  const against =
    saved === 0
      ? 'as much as'
      : `${money(Math.abs(saved))} ${saved > 0 ? 'less' : 'more'} than the ${money(doNothing.costCents)}`;
  return (
    `Counted to the time limit, it cost ${money(actual.costCents)}, ${against} had nobody acted ` +
    `(${money(golden.costCents)} with the best known course)${priceWords(parts)}.`
  );
}

function whatWasTrue({ debrief }: PostMortemParts): string {
  const { diagnosis, truth } = debrief;
  const place = (component: string, mechanism: string) => `${component} (${lowerFirst(mechanism)})`;
  const where = place(truth.component, truth.mechanism);
  const was = `${lowerFirst(truth.title)}, in ${where}`;
  if (diagnosis === null) return `The team filed no diagnosis; what was true: ${was}.`;
  const said = place(diagnosis.component, diagnosis.mechanism);
  const concluded = `The team concluded that the cause lay in ${said}`;
  const right = diagnosis.component === truth.component && diagnosis.mechanism === truth.mechanism;
  return right
    ? `${concluded}, and that was so: ${lowerFirst(truth.title)}.`
    : `${concluded}; what was true: ${was}.`;
}

function whatEndedIt(parts: PostMortemParts): string {
  const change = endedByWords(parts);
  const spans = hurtSpans(parts);
  const ended =
    spans.length === 0
      ? 'There was nothing to end'
      : change === ''
        ? 'No change of the team ended it'
        : `The last change before users were well again was ${change}`;
  const open = whatStaysOpen(parts).map((sentence) => lowerFirst(sentence).replace(/\.$/, ''));
  const stays = open.length === 0 ? 'nothing that was seen' : open.join('; ');
  const worth = lowerFirst(recoverySentence(parts.debrief)).replace(/\.$/, '');
  return `${ended}; ${worth}; what stays open: ${stays}.`;
}

/** The four sentences, in order. */
export function fourSentences(parts: PostMortemParts): string[] {
  return [whoWasHurt(parts), whatItCost(parts), whatWasTrue(parts), whatEndedIt(parts)];
}
