/**
 * The post-mortem of an exercise, Markdown: what a manager would forward. Roles, no names; no score, because
 * it is about the system. Every sentence is computed from the frozen result.
 */
import type { IncidentSetup } from '@chaotic-good/engine/incident/prehistory';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { EventOf, Happening, IncidentEvent } from '@chaotic-good/engine/protocol/events';

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

const RECOVERY_SENTENCES = {
  durable: 'The recovery is durable: the cause is gone, and thirty more minutes stayed well.',
  contained: 'The trouble is contained: the cause is still there, but thirty more minutes stayed well.',
  masked: 'The recovery was masked: in the thirty minutes after it, users were hurt again.',
  none: 'It did not recover: users were still hurt at the end.',
};

/** Text of people inside a table or list: one line, nothing that Markdown or HTML would act on. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_[\]|]/g, '\\$&')
    .replace(/</g, '&lt;');
}

function money(cents: number): string {
  return `$${(cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  return minutes === 0 ? `${rest} s` : rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text[0].toLowerCase() + text.slice(1) : text;
}

function ofType<Type extends Happening['type']>({ events }: PostMortemParts, type: Type): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

function clock({ debrief }: PostMortemParts, atMicros: number): string {
  return new Date(debrief.startedAtUnixMs + atMicros / 1000).toISOString().slice(11, 19);
}

/** Seconds from the beginning of impact to its end, or to the close; −1 without impact. */
function hurtSeconds(parts: PostMortemParts): number {
  const { impactBeganSecond } = parts.debrief.truth;
  if (impactBeganSecond < 0) return -1;
  const ended = ofType(parts, 'ImpactEnded').at(-1)?.second ?? -1;
  const began = ofType(parts, 'ImpactBegan').at(-1)?.second ?? impactBeganSecond;
  const until = ended > began ? ended : parts.debrief.closedAtMicros / 1_000_000;
  return until - impactBeganSecond;
}

function summary(parts: PostMortemParts): string[] {
  const { debrief, setup } = parts;
  const { truth, impact, diagnosis } = debrief;
  const hurt = hurtSeconds(parts);
  const lines = [];
  if (hurt < 0) lines.push(`Users of ${setup.system.title} were not hurt.`);
  else {
    const from = clock(parts, truth.impactBeganSecond * 1_000_000);
    const { failedActions, costCents } = impact.actual;
    const cost = `${count(failedActions)} user actions failed, at a cost of ${money(costCents)}`;
    lines.push(`From ${from} users of ${setup.system.title} were hurt for ${duration(hurt)}: ${cost}.`);
  }
  const where = `${truth.component} (${lowerFirst(truth.mechanism)})`;
  lines.push(`The cause lay in ${where}: ${lowerFirst(truth.title)}.`);
  const changes = ofType(parts, 'ClusterCommandRan').filter(({ outcome }) => outcome.ok).length;
  const said = diagnosis
    ? `named ${diagnosis.component} (${lowerFirst(diagnosis.mechanism)}) as the cause`
    : 'filed no diagnosis';
  const people = `${debrief.players} ${debrief.players === 1 ? 'person' : 'people'}`;
  lines.push(`A team of ${people} made ${changes} changes and ${said}.`);
  lines.push(RECOVERY_SENTENCES[debrief.recovery]);
  return lines;
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
  const { truth, score } = parts.debrief;
  const found = [`${truth.summary}`];
  const page = ofType(parts, 'AlertFired').find(({ severity }) => severity === 'page');
  if (page !== undefined && truth.impactBeganSecond >= 0) {
    const late = page.atMicros / 1_000_000 - truth.impactBeganSecond;
    found.push(`The first page came ${duration(Math.max(0, late))} after impact began.`);
  }
  const harm = score.parts.find(({ id }) => id === 'harm');
  for (const { points, sentence } of harm?.because ?? []) if (points < 0) found.push(sentence);
  for (const { title, seenSecond } of truth.evidence) {
    if (seenSecond < 0) found.push(`Nobody looked at what would have shown it: ${lowerFirst(title)}.`);
  }
  return found.filter((sentence) => sentence !== '').map((sentence) => `- ${plain(sentence)}`);
}

function ending(parts: PostMortemParts): string[] {
  const { debrief } = parts;
  const last = ofType(parts, 'ImpactEnded').at(-1);
  const before = ofType(parts, 'ClusterCommandRan')
    .filter(({ outcome, atMicros }) => outcome.ok && last && atMicros <= last.second * 1_000_000)
    .at(-1);
  const lines = [`- ${CLOSE_SENTENCES[debrief.closed]}`, `- ${RECOVERY_SENTENCES[debrief.recovery]}`];
  if (before === undefined || last === undefined) return lines;
  const what = plain(before.line === '' ? before.command.type : before.line);
  const when = clock(parts, before.atMicros);
  lines.unshift(`- The last change before users were well again: ${what}, at ${when}.`);
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
  return [
    `# EXERCISE: post-mortem of "${plain(parts.debrief.title)}"`,
    '',
    'This was an exercise in a simulated system. No real users and no real money were involved.',
    '',
    ...section('Summary', [summary(parts).join(' ')]),
    ...section('Impact', impactTable(parts)),
    ...section('Timeline', timelineTable(parts)),
    ...section('Contributing factors', factors(parts)),
    ...section('What ended it', ending(parts)),
    ...section('What stays open', openEnds(parts)),
    ...section('Actions', actions(parts)),
  ].join('\n');
}
