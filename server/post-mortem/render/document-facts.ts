/** Facts about a document in words, the same in every format. */
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';
import { secondsOf } from '../hurt-spans.ts';
import { clockAt, count, dayAt, duration, listed, lowerFirst, money } from '../words.ts';

/** A fact: what it is about, and what it says. */
export type Fact = [label: string, words: string];

/** Who, when, how long: what stands under the title. */
export function headFacts(document: PostMortem): Fact[] {
  const { system, team, roles, heldAtUnixMs, closedAtMicros, startedAtUnixMs } = document;
  const facts: Fact[] = [['System', system]];
  if (team !== '') facts.push(['Team', team]);
  if (roles.length > 0) facts.push(['Roles', listed(roles)]);
  if (heldAtUnixMs !== null) facts.push(['Held on', dayAt(heldAtUnixMs)]);
  const from = clockAt(startedAtUnixMs, 0);
  const until = clockAt(startedAtUnixMs, closedAtMicros);
  facts.push(['Clock of the exercise', `${from} to ${until} UTC, ${duration(closedAtMicros / 1_000_000)}`]);
  return facts;
}

/** What was saved against nobody acting, with the price assumption. */
export function costSentences({ impact }: PostMortem): string[] {
  const [played, nobody] = impact.runs;
  const saved = nobody.costCents - played.costCents;
  const against =
    saved === 0
      ? 'It cost as much as with nobody acting.'
      : saved > 0
        ? `Against nobody acting, the team saved ${money(saved)}.`
        : `Against nobody acting, what was done cost ${money(-saved)} more.`;
  const prices = impact.prices.map(
    ({ title, failureCostCents }) => `${lowerFirst(title)} ${money(failureCostCents)}`,
  );
  const assumed = prices.length === 0 ? [] : [`Assumed price of a failed action: ${prices.join(', ')}.`];
  const counted =
    'Counted until the time limit; after the close, as it would have gone on without further changes.';
  return [against, ...assumed, counted];
}

/** When users were hurt, and how many support tickets came of it. */
export function hurtSentences({ impact, startedAtUnixMs }: PostMortem): string[] {
  const { hurt, tickets } = impact;
  if (hurt.length === 0) return ['Users were not hurt while it was played.'];
  const clock = (second: number) => clockAt(startedAtUnixMs, second * 1_000_000);
  const spells = hurt.map(({ fromSecond, untilSecond }) => `${clock(fromSecond)} to ${clock(untilSecond)}`);
  const support = tickets === 0 ? [] : [`Support tickets that customers opened: ${count(tickets)}.`];
  return [`Users were hurt for ${duration(secondsOf(hurt))}: ${listed(spells)} UTC.`, ...support];
}

/** What the times stand for. */
export const TIMES_SENTENCE = 'Times are UTC on the clock of the exercise.';

/** What every reader must know before anything else. */
export const EXERCISE_SENTENCE =
  'This was an exercise in a simulated system. No real users and no real money were involved.';

/** What stands where nothing was said. */
export const NOTHING = {
  factors: 'Nothing was found.',
  worse: 'No move of the team made it worse.',
  open: 'Nothing that was seen.',
  wentWell: 'Nothing was written down.',
  wasHard: 'Nobody has answered yet.',
  actions: 'No action was agreed on.',
};
