/**
 * The post-mortem of an exercise, Markdown: what a manager would forward. Roles, no names; no score, because
 * it is about the system. Every sentence is computed from the frozen result.
 */
import type { IncidentSetup } from '@chaotic-good/engine/incident/prehistory';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf, Happening, IncidentEvent } from '@chaotic-good/engine/protocol/events';
import { changeThatEndedIt, recoverySentence } from './post-mortem-ending.ts';
import { fourSentences } from './post-mortem-summary.ts';
import { clockAt, count, duration, lowerFirst, money, plain } from './post-mortem-words.ts';

/** What a post-mortem is made of. */
export type PostMortemParts = {
  /** The debrief. */
  debrief: Debrief;
  /** The log, roles in place of names. */
  events: readonly IncidentEvent[];
  /** Scenario and system. */
  setup: Pick<IncidentSetup, 'scenario' | 'system'>;
};

const CLOSE_SENTENCES = {
  resolved: 'The team declared the incident resolved after the journeys had held.',
  'time-limit': 'The time of the exercise was up.',
  host: 'The host ended the exercise.',
  abandoned: 'Nobody was left, so the exercise was ended.',
};

function ofType<Type extends Happening['type']>({ events }: PostMortemParts, type: Type): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

function clock({ debrief }: PostMortemParts, atMicros: number): string {
  return clockAt(debrief.startedAtUnixMs, atMicros);
}

function impactTable({ debrief, setup }: PostMortemParts): string[] {
  const { actual, doNothing, golden } = debrief.impact;
  const row = (name: string, { failedActions, costCents }: typeof actual) =>
    `| ${name} | ${count(failedActions)} | ${money(costCents)} |`;
  const saved = doNothing.costCents - actual.costCents;
  const prices = setup.system.journeys
    .map(({ title, failureCostCents }) => `${lowerFirst(title)} ${money(failureCostCents)}`)
    .join(', ');
  const against =
    saved >= 0
      ? `Against doing nothing, the team saved ${money(saved)}.`
      : `Against doing nothing, what was done cost ${money(-saved)} more.`;
  return [
    '| | Failed user actions | Cost |',
    '|---|---:|---:|',
    row('As played', actual),
    row('If nobody had done anything', doNothing),
    row('With the best known course', golden),
    '',
    'Counted until time was up; after the close, as it would have gone on without further changes.',
    '',
    `${against} Assumed price of a failed action: ${prices}.`,
  ];
}

function timelineTable(parts: PostMortemParts): string[] {
  const rows = parts.debrief.timeline.map(
    ({ atMicros, seat, text }) => `| ${clock(parts, atMicros)} | ${plain(seat)} | ${plain(text)} |`,
  );
  return [
    'Times are UTC on the clock of the exercise.',
    '',
    '| Time | Who | What |',
    '|---|---|---|',
    ...rows,
  ];
}

function factors(parts: PostMortemParts): string[] {
  const { truth } = parts.debrief;
  const found = [`${truth.summary}`];
  const page = ofType(parts, 'AlertFired').find(({ severity }) => severity === 'page');
  if (page !== undefined && truth.impactBeganSecond >= 0) {
    const late = page.atMicros / 1_000_000 - truth.impactBeganSecond;
    found.push(`The first page came ${duration(Math.max(0, late))} after impact began.`);
  }
  for (const { title, seenSecond } of truth.evidence) {
    if (seenSecond < 0) found.push(`Nobody looked at what would have shown it: ${lowerFirst(title)}.`);
  }
  return found.filter((sentence) => sentence !== '').map((sentence) => `- ${plain(sentence)}`);
}

/** Each move that hurt: what it was, what could be seen then, what would have told the trouble apart. */
function madeItWorse(parts: PostMortemParts): string[] {
  const { worse } = parts.debrief;
  if (worse === undefined) return [];
  if (worse.length === 0) return ['- No move of the team made it worse.'];
  return worse.map(({ title, second, role, line, harm, alerts, journeys, unseen }) => {
    const at = clock(parts, second * 1_000_000);
    const hurt = journeys
      .filter(({ goodRatio, objectiveRatio }) => goodRatio !== null && goodRatio < objectiveRatio)
      .map(({ title: name, goodRatio }) => `${lowerFirst(name)} worked for ${percent(goodRatio ?? 0)}`);
    const visible = [
      alerts.length === 0 ? 'no alert fired' : `firing: ${alerts.join(', ')}`,
      hurt.length === 0 ? 'users were well' : hurt.join(', '),
    ].join('; ');
    const told =
      unseen.length === 0
        ? 'Everything that tells this trouble apart had been looked at.'
        : `What would have told it apart: ${unseen.map(lowerFirst).join('; ')}.`;
    const who = role === '' ? '' : `, ${role}`;
    return `- ${plain(`${title} (${line}, ${at} UTC${who}): ${harm}. Visible then: ${visible}. ${told}`)}`;
  });
}

function percent(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

function ending(parts: PostMortemParts): string[] {
  const { debrief } = parts;
  const lines = [`- ${CLOSE_SENTENCES[debrief.closed]}`, `- ${recoverySentence(debrief)}`];
  const change = changeThatEndedIt(parts);
  if (change === undefined) return lines;
  const what = plain(change.line === '' ? change.command.type : change.line);
  lines.unshift(
    `- The last change before users were well again: ${what}, at ${clock(parts, change.atMicros)}.`,
  );
  return lines;
}

function openEnds({ debrief }: PostMortemParts): string[] {
  const { leftovers, broken } = debrief;
  const lines = [
    ...broken.map((title) => `- Was broken during the exercise: ${plain(lowerFirst(title))}.`),
    ...leftovers.map(
      ({ sentence, handedOver }) => `- ${plain(sentence)}${handedOver ? ' It was handed over.' : ''}`,
    ),
  ];
  return lines.length === 0 ? ['- Nothing that was seen.'] : lines;
}

function actions(parts: PostMortemParts): string[] {
  const { debrief } = parts;
  const { truth, recovery, leftovers } = debrief;
  const wanted: string[] = [];
  if (recovery !== 'durable')
    wanted.push(`Remove the cause in ${truth.component}: ${lowerFirst(truth.title)}.`);
  for (const { sentence, handedOver } of leftovers) if (!handedOver) wanted.push(`Undo: ${sentence}`);
  for (const { followUp, text } of ofType(parts, 'NoteAdded')) {
    if (followUp !== '') wanted.push(`${followUp}: ${text}`);
  }
  wanted.push(`Make sure that ${lowerFirst(truth.title)} is noticed before users are hurt.`);
  return [
    '| Action | Owner | Due |',
    '|---|---|---|',
    ...[...new Set(wanted)].map((action) => `| ${plain(action)} | | |`),
  ];
}

/** Writes it. */
export function postMortem(parts: PostMortemParts): string {
  const section = (title: string, lines: readonly string[]) => [`## ${title}`, '', ...lines, ''];
  const worse = madeItWorse(parts);
  return [
    `# EXERCISE: post-mortem of "${plain(parts.debrief.title)}"`,
    '',
    'This was an exercise in a simulated system. No real users and no real money were involved.',
    '',
    ...section(
      'Summary',
      fourSentences(parts).map((sentence) => `- ${sentence}`),
    ),
    ...section('Impact', impactTable(parts)),
    ...section('Timeline', timelineTable(parts)),
    ...section('Contributing factors', factors(parts)),
    ...(worse.length === 0 ? [] : section('What made it worse', worse)),
    ...section('What ended it', ending(parts)),
    ...section('What stays open', openEnds(parts)),
    ...section('Actions', actions(parts)),
  ].join('\n');
}
