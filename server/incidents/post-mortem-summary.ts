/**
 * The four sentences at the top of a post-mortem: when and who was hurt; what it cost against doing nothing;
 * what the team concluded and what was true; what ended it and what stays open.
 */
import type { PostMortemParts } from './post-mortem.ts';
import { changeThatEndedIt, recoverySentence } from './post-mortem-ending.ts';
import { clockAt, count, duration, lowerFirst, money, plain } from './post-mortem-words.ts';

/** Seconds from the beginning of impact to its end, or to the close; −1 without impact. */
function hurtSeconds({ debrief, events }: PostMortemParts): number {
  const { impactBeganSecond } = debrief.truth;
  if (impactBeganSecond < 0) return -1;
  const last = events.findLast(({ type }) => type === 'ImpactBegan' || type === 'ImpactEnded');
  const until = last?.type === 'ImpactEnded' ? last.second : debrief.closedAtMicros / 1_000_000;
  return Math.max(0, until - impactBeganSecond);
}

/** Journeys that missed their objective over the seconds in which users were hurt, in words. */
function hurtJourneys({ debrief, setup }: PostMortemParts, seconds: number): string {
  const from = debrief.truth.impactBeganSecond;
  const hurt = setup.system.journeys.filter(({ objectiveRatio }, at) => {
    const values = debrief.journeys[at]?.values.slice(from, from + Math.ceil(seconds)) ?? [];
    const known = values.filter((value) => value >= 0);
    return known.length > 0 && known.reduce((sum, value) => sum + value, 0) / known.length < objectiveRatio;
  });
  return hurt.length === 0 ? '' : ` (${hurt.map(({ title }) => lowerFirst(title)).join(', ')})`;
}

function whoWasHurt(parts: PostMortemParts): string {
  const { debrief, setup } = parts;
  const hurt = hurtSeconds(parts);
  if (hurt < 0) return `Users of ${setup.system.title} were not hurt.`;
  const from = clockAt(debrief.startedAtUnixMs, debrief.truth.impactBeganSecond * 1_000_000);
  const { failedActions } = debrief.impact.actual;
  return (
    `From ${from} UTC users of ${setup.system.title} were hurt for ${duration(hurt)}` +
    `${hurtJourneys(parts, hurt)}: ${count(failedActions)} user actions failed.`
  );
}

function whatItCost({ debrief, setup }: PostMortemParts): string {
  const { actual, doNothing } = debrief.impact;
  const saved = doNothing.costCents - actual.costCents;
  const prices = setup.system.journeys
    .map(({ title, failureCostCents }) => `${lowerFirst(title)} ${money(failureCostCents)}`)
    .join(', ');
  return (
    `It cost ${money(actual.costCents)}, ${money(Math.abs(saved))} ${saved >= 0 ? 'less' : 'more'} ` +
    `than the ${money(doNothing.costCents)} had nobody done anything, ` +
    `at an assumed price of a failed action of ${prices}.`
  );
}

function whatWasTrue({ debrief }: PostMortemParts): string {
  const { diagnosis, truth } = debrief;
  const place = (component: string, mechanism: string) => `${component} (${lowerFirst(mechanism)})`;
  const concluded = diagnosis
    ? `The team concluded that the cause lay in ${place(diagnosis.component, diagnosis.mechanism)}`
    : 'The team filed no diagnosis';
  const where = place(truth.component, truth.mechanism);
  return `${concluded}; what was true: ${lowerFirst(truth.title)}, in ${where}.`;
}

function whatEndedIt(parts: PostMortemParts): string {
  const { debrief } = parts;
  const change = changeThatEndedIt(parts);
  const at = change === undefined ? '' : clockAt(debrief.startedAtUnixMs, change.atMicros);
  const what = change === undefined ? '' : plain(change.line || change.command.type);
  const ended =
    change === undefined
      ? 'No change of the team ended it'
      : `The last change before users were well again was ${what} at ${at} UTC`;
  const open = [
    ...debrief.broken.map((title) => `broken: ${lowerFirst(title)}`),
    ...debrief.leftovers.map(({ sentence }) => sentence.replace(/\.$/, '')),
  ];
  const stays = open.length === 0 ? 'nothing that was seen' : plain(open.join('; '));
  const worth = lowerFirst(recoverySentence(debrief)).replace(/\.$/, '');
  return `${ended}; ${worth}; what stays open: ${stays}.`;
}

/** The four sentences, in order. */
export function fourSentences(parts: PostMortemParts): string[] {
  return [whoWasHurt(parts), whatItCost(parts), whatWasTrue(parts), whatEndedIt(parts)];
}
