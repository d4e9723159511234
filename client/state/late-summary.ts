/** What somebody who comes in the middle needs to know, in five lines; made of what the screen has anyway. */
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { countText, durationText } from '../ui/format.ts';

/** Five lines, each with what it is about. */
export type LateSummary = readonly { about: string; text: string }[];

/** How moments, seats and mechanisms are written. */
export type SummaryWords = {
  /** A moment, microseconds, as clock time. */
  clock: (atMicros: number) => string;
  /** Name of a seat. */
  nameOf: (seat: string) => string;
  /** Title of a mechanism. */
  mechanism: (id: string) => string;
};

/** Actions that are told. */
const LAST_ACTIONS = 3;
/** Characters of an action or a theory at most; the timeline has all of it. */
const CHARACTERS_MAX = 60;

function short(text: string): string {
  const [first] = text.split(/\n|\. Expects: /);
  return first.length > CHARACTERS_MAX ? `${first.slice(0, CHARACTERS_MAX - 1)}…` : first;
}

/**
 * Whether a seat sat down in the middle: after the start and after the calm. Who was there when it began has
 * seen it all, also after a reload.
 */
export function joinedLate(timeline: readonly TimelineEntry[], seat: string): boolean {
  const joined = timeline.findLast((entry) => entry.kind === 'seat-joined' && entry.seat === seat);
  const calm = timeline.find(({ kind }) => kind === 'calm-ended');
  return joined !== undefined && joined.atMicros > (calm?.atMicros ?? 0);
}

function users({ journeys, alerts, impact, atMicros }: IncidentFrame, { clock }: SummaryWords): string {
  const { failedActions } = impact;
  const hurt = journeys.filter(({ goodRatio, objectiveRatio }) => (goodRatio ?? 1) < objectiveRatio);
  const pages = alerts.filter(
    ({ severity, resolvedAtMicros }) => severity === 'page' && resolvedAtMicros === null,
  );
  const first = Math.min(...pages.map(({ firedAtMicros }) => firedAtMicros));
  const since =
    pages.length === 0 ? '' : `, paged since ${clock(first)} (${durationText((atMicros - first) / 1e6)})`;
  const sum = `${countText(failedActions)} user actions have failed so far`;
  if (hurt.length > 0) return `Hurt now: ${hurt.map(({ title }) => title).join(', ')}${since}. ${sum}.`;
  return failedActions === 0 ? 'Nobody has been hurt so far.' : `Nobody is being hurt now; ${sum}.`;
}

function lead(
  { severity, seats }: IncidentFrame,
  timeline: readonly TimelineEntry[],
  { clock }: SummaryWords,
): string {
  const declared = timeline.find(({ kind }) => kind === 'incident-declared');
  const since = declared === undefined ? '' : ` since ${clock(declared.atMicros)}`;
  const commander = seats.find(({ roles }) => roles.includes('incident-commander'));
  const away = commander?.awaySinceMicros ?? null;
  const who =
    commander === undefined
      ? 'Nobody leads.'
      : `${commander.name} leads${away === null ? '' : `, but is away since ${clock(away)}`}.`;
  return `${severity === null ? 'No incident is declared.' : `${severity}${since}.`} ${who}`;
}

function theories({ hypotheses }: IncidentFrame, { mechanism }: SummaryWords): string {
  const open = hypotheses.filter(({ verdict }) => verdict === null);
  const refuted = hypotheses.filter(({ verdict }) => verdict === 'refuted').length;
  const told = open.map(({ component, mechanism: id }) => short(`${component}: ${mechanism(id)}`));
  const rest = refuted === 0 ? '' : ` ${refuted} refuted.`;
  return open.length === 0 ? `None is open.${rest}` : `${open.length} open: ${told.join('; ')}.${rest}`;
}

function lastActions(timeline: readonly TimelineEntry[], { clock, nameOf }: SummaryWords): string {
  const told = timeline.filter(({ tone, seat }) => tone === 'action' && seat !== '').slice(-LAST_ACTIONS);
  if (told.length === 0) return 'Nothing yet.';
  const line = ({ atMicros, seat, text }: TimelineEntry) =>
    `${clock(atMicros)} ${nameOf(seat)}: ${short(text)}`;
  return told.map(line).join('\n');
}

function next({ next: named, plan }: IncidentFrame, { nameOf }: SummaryWords): string {
  if (named !== null && named.text !== '') return `${named.text} (${nameOf(named.seat)})`;
  const waiting = plan.filter(({ state }) => state === 'approved' || state === 'open').at(-1);
  if (waiting !== undefined) return `Planned, not done yet: ${short(waiting.text)}`;
  return 'Nothing is named. Ask whoever leads what you can take.';
}

/** The five lines. */
export function lateSummary(
  view: IncidentFrame,
  timeline: readonly TimelineEntry[],
  words: SummaryWords,
): LateSummary {
  return [
    { about: 'Users', text: users(view, words) },
    { about: 'Incident', text: lead(view, timeline, words) },
    { about: 'Theories', text: theories(view, words) },
    { about: 'Done last', text: lastActions(timeline, words) },
    { about: 'Next', text: next(view, words) },
  ];
}
