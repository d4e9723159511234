/** One sentence of now, as somebody says it who has just been asked across the room. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import { durationText } from '../ui/format.ts';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}

function listed(names: readonly string[]): string {
  return names.length <= 1 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Titles of the journeys that miss their objective. */
function missed({ journeys }: IncidentFrame): string[] {
  return journeys
    .filter(({ goodRatio, objectiveRatio }) => goodRatio !== null && goodRatio < objectiveRatio)
    .map(({ title }) => title);
}

/** What fails, as briefly as it can be said. */
function failing(titles: readonly string[], all: number): string {
  if (titles.length === 0) return 'user actions';
  return titles.length > 1 && titles.length === all ? `all ${numberWord(all)} journeys` : listed(titles);
}

/** How users fare. */
function users(view: IncidentFrame, hurtSeconds: number): string {
  const { impact, resolution, closing } = view;
  if (hurtSeconds > 0) {
    const what = failing(missed(view), view.journeys.length);
    return `${what} failing ${hurtSeconds < 60 ? durationText(hurtSeconds) : minutes(hurtSeconds)}`;
  }
  if (resolution.recovered) return 'users are well, and it has held';
  const left = closing?.holdLeftSeconds ?? null;
  if (impact.failedActions > 0 && view.alerts.length > 0 && left !== null) {
    return `users are well again; ${left} s more must hold`;
  }
  return 'all is well so far';
}

function minutes(seconds: number): string {
  return durationText(Math.floor(seconds / 60) * 60);
}

/** What the team thinks. */
function theories({ hypotheses }: IncidentFrame): string {
  const open = hypotheses.filter(({ verdict }) => verdict === null).length;
  if (open === 0) return '';
  return open === 1 ? 'one theory open' : `${numberWord(open)} theories open`;
}

/** What waits for an answer, or is under way; the newest of it. */
function plans({ plan }: IncidentFrame): string {
  const waits = plan?.findLast(({ state }) => state === 'proposed');
  if (waits) return `${waits.text} awaits the commander`;
  const open = plan?.findLast(({ state }) => state === 'open');
  if (open) return `${open.text} is open to anyone`;
  const agreed = plan?.findLast(({ state }) => state === 'approved');
  return agreed ? `${agreed.text} is agreed` : '';
}

/** Whether the team has called it what it is. */
function declared({ severity, resolution, alerts }: IncidentFrame): string {
  if (resolution.declared) return 'declared resolved';
  return severity === null && alerts.some((alert) => alert.severity === 'page') ? 'not declared yet' : '';
}

/** The sentence; `hurtSeconds` = for how long users have been hurt, 0 while they are not. */
export function wallSentence(view: IncidentFrame, hurtSeconds: number): string {
  const stopped = view.phase === 'paused' ? 'the team has stopped the clock' : '';
  const parts = [stopped, users(view, hurtSeconds), declared(view), theories(view), plans(view)];
  const sentence = parts.filter((part) => part !== '').join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
