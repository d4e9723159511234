/** What went well, as far as the log tells: each sentence stands on events and names its figure. */
import { secondsToTake } from './factors.ts';
import { changesOf, clockOf, ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { counted, duration, lowerFirst } from './words.ts';

/** Taken on within this is quick, seconds. */
const QUICK_SECONDS = 60;
/** So much of what could be spared was spared. */
const MOST_RATIO = 0.7;

function aboutPage(parts: PostMortemParts): string[] {
  const taken = secondsToTake(parts);
  return taken !== null && taken <= QUICK_SECONDS
    ? [`The first page was taken on ${duration(Math.max(1, taken))} after it fired.`]
    : [];
}

function aboutDiagnosis(parts: PostMortemParts): string[] {
  const { diagnosis, truth } = parts.debrief;
  const found: string[] = [];
  if (diagnosis?.component === truth.component && diagnosis.mechanism === truth.mechanism) {
    found.push('The diagnosis named both where the cause was and what it was.');
  } else if (diagnosis?.component === truth.component) {
    found.push('The diagnosis named where the cause was.');
  }
  const seen = truth.evidence.filter(({ seenSecond }) => seenSecond >= 0);
  const [first] = [...seen].sort((left, right) => left.seenSecond - right.seenSecond);
  if (first !== undefined && seen.length === truth.evidence.length) {
    const when = clockOf(parts, first.seenSecond * 1_000_000);
    found.push(
      `Everything that tells this trouble apart was looked at, first at ${when}: ${lowerFirst(first.title)}.`,
    );
  }
  return found;
}

function aboutChanges(parts: PostMortemParts): string[] {
  const { worse, leftovers, recovery } = parts.debrief;
  if (changesOf(parts).length === 0) return [];
  const found: string[] = [];
  if (worse?.length === 0) found.push('No change of the team made it worse.');
  if (recovery === 'durable') found.push('The cause itself was removed, and it stayed well.');
  if (leftovers.length > 0 && leftovers.every(({ handedOver }) => handedOver))
    found.push('What was left temporary was handed over in writing.');
  return found;
}

function aboutCost({ debrief }: PostMortemParts): string[] {
  const { actual, doNothing, golden } = debrief.impact;
  const possible = doNothing.costCents - golden.costCents;
  const ratio = possible <= 0 ? 0 : (doNothing.costCents - actual.costCents) / possible;
  return ratio >= MOST_RATIO
    ? [`${Math.min(100, Math.round(ratio * 100))} % of the cost that could be avoided was avoided.`]
    : [];
}

function aboutTeam(parts: PostMortemParts): string[] {
  const { teamwork } = parts.debrief;
  if (teamwork === undefined) return [];
  const { statusUpdates, overdueUpdates, falseAllClears, proposals, openedUnanswered } = teamwork;
  const found: string[] = [];
  if (statusUpdates >= 2 && overdueUpdates === 0 && falseAllClears === 0)
    found.push(`The public was told ${statusUpdates} times, each time as promised.`);
  if (proposals > 0 && openedUnanswered === 0)
    found.push(`${counted(proposals, 'proposal was', 'proposals were')} answered in time.`);
  const refuted = ofType(parts, 'HypothesisClosed').filter(({ verdict }) => verdict === 'refuted').length;
  if (refuted > 0) found.push(`${counted(refuted, 'theory was', 'theories were')} tested and ruled out.`);
  return found;
}

/** The sentences. */
export function wentWell(parts: PostMortemParts): string[] {
  if (parts.debrief.truth.impactBeganSecond < 0) return [];
  return [
    ...aboutPage(parts),
    ...aboutDiagnosis(parts),
    ...aboutChanges(parts),
    ...aboutCost(parts),
    ...aboutTeam(parts),
  ];
}
