/** The post-mortem as Markdown. What people wrote is text: it acts on nothing. */
import type {
  PostMortem,
  PostMortemChart,
  PostMortemPoint,
  PostMortemWorse,
} from '@chaotic-good/engine/protocol/post-mortem';
import { LANES } from '../timeline-lines.ts';
import { clockAt, count, duration, money, percent } from '../words.ts';
import {
  costSentences,
  EXERCISE_SENTENCE,
  headFacts,
  hurtSentences,
  NOTHING,
  TIMES_SENTENCE,
} from './document-facts.ts';
import { codeSpan, plain } from './markdown-text.ts';
import { keyLines, replayLink, shownLines, stateWords } from './render-options.ts';
import type { RenderOptions } from './render-options.ts';

const BARS = '▁▂▃▄▅▆▇█';
/** Bars of a line at most. */
const BARS_MAX = 60;

function points(list: readonly PostMortemPoint[], nothing: string): string[] {
  if (list.length === 0) return [`- ${nothing}`];
  return list.map(({ text, by }) => `- ${plain(text)}${by === '' ? '' : ` (${plain(by)})`}`);
}

function sentences(list: readonly string[], nothing = ''): string[] {
  return (list.length === 0 ? [nothing] : list).map((sentence) => `- ${plain(sentence)}`);
}

function impact(document: PostMortem): string[] {
  const { runs, journeys } = document.impact;
  return [
    '| | Failed user actions | Cost |',
    '|---|---:|---:|',
    ...runs.map(
      ({ name, failedActions, costCents }) => `| ${name} | ${count(failedActions)} | ${money(costCents)} |`,
    ),
    '',
    ...costSentences(document).map(plain),
    '',
    ...hurtSentences(document).map(plain),
    ...(journeys.length === 0
      ? []
      : [
          '',
          '| Journey, while users were hurt | Worked | Promised | Failed |',
          '|---|---:|---:|---:|',
          ...journeys.map(
            ({ title, goodRatio, objectiveRatio, failedActions }) =>
              `| ${plain(title)} | ${goodRatio === null ? 'no traffic' : percent(goodRatio)} ` +
              `| ${percent(objectiveRatio)} | ${count(failedActions)} |`,
          ),
        ]),
  ];
}

/** A line of a chart as bars, at most so many. */
function bars(values: readonly (number | null)[], most: number): string {
  const each = Math.max(1, Math.ceil(values.length / BARS_MAX));
  let text = '';
  for (let at = 0; at < values.length; at += each) {
    const known = values.slice(at, at + each).filter((value) => value !== null);
    const value = known.length === 0 ? null : Math.max(...known);
    text += value === null ? ' ' : BARS[Math.min(7, Math.floor((8 * Math.max(0, value)) / most))];
  }
  return text;
}

function chart(
  { title, unit, caption, lines, fromSecond, stepSeconds, atLeast }: PostMortemChart,
  startedAtUnixMs: number,
): string[] {
  const all = lines.flatMap(({ values }) => values.filter((value) => value !== null));
  const most = Math.max(atLeast, ...all);
  const longest = Math.max(...lines.map(({ values }) => values.length));
  const clock = (second: number) => clockAt(startedAtUnixMs, second * 1_000_000);
  const span = `${clock(fromSecond)} to ${clock(fromSecond + (longest - 1) * stepSeconds)} UTC`;
  const width = Math.max(...lines.map(({ name }) => name.length));
  return [
    `**${plain(title)}** (${plain(unit)}; full height = ${count(Math.ceil(most))})`,
    '',
    ...(caption === '' ? [] : [plain(caption), '']),
    '```text',
    ...lines.map(
      ({ name, values }) => `${name.replace(/[`\s]+/g, ' ').padEnd(width)}  ${bars(values, most)}`,
    ),
    span,
    '```',
    '',
  ];
}

function worse(list: readonly PostMortemWorse[], startedAtUnixMs: number): string[] {
  if (list.length === 0) return [`- ${NOTHING.worse}`];
  return list.map(({ title, line, atMicros, who, harm, visible, apart }) => {
    const by = who === '' ? '' : `, ${plain(who)}`;
    const told =
      apart.length === 0
        ? 'Everything that tells this trouble apart had been looked at.'
        : `What would have told it apart: ${plain(apart.join('; '))}.`;
    return (
      `- ${plain(title)} (${codeSpan(line)}, ${clockAt(startedAtUnixMs, atMicros)} UTC${by}): ` +
      `${plain(harm)}. ` +
      `Visible then: ${plain(visible.join('; '))}. ${told}`
    );
  });
}

function timeline(document: PostMortem, options: RenderOptions, lines: PostMortem['timeline']): string[] {
  return [
    TIMES_SENTENCE,
    '',
    '| Time | | Who | What |',
    '|---|---|---|---|',
    ...lines.map((line) => {
      const time = clockAt(document.startedAtUnixMs, line.atMicros);
      const link = replayLink(document, options, line.atMicros);
      const lane = LANES.find(([lane]) => lane === line.lane)?.[1] ?? '';
      const what = line.typed ? codeSpan(line.text, true) : plain(line.text);
      const marker = line.marker === '' ? '' : `**${plain(line.marker)}**: `;
      const when = link === null ? time : `[${time}](${link})`;
      return `| ${when} | ${lane} | ${plain(line.who)} | ${marker}${what} |`;
    }),
  ];
}

function evidence({ evidence: pinned, startedAtUnixMs }: PostMortem): string[] {
  return pinned.flatMap(({ atMicros, who, kind, title, text, chart: kept }) => {
    const head = `- ${clockAt(startedAtUnixMs, atMicros)} UTC, ${plain(who)}: `;
    if (kept !== null) return [`${head}${plain(title)}. ${plain(text)}`, '', ...chart(kept, startedAtUnixMs)];
    if (kind === 'command') return [`${head}${codeSpan(title)} printed ${codeSpan(text)}`];
    return [`${head}${plain(title)} ${codeSpan(text)}`];
  });
}

function actions({ actions: wanted }: PostMortem): string[] {
  if (wanted.length === 0) return [`- ${NOTHING.actions}`];
  return [
    '| Action | Owner | Due | Asked for by |',
    '|---|---|---|---|',
    ...wanted.map(
      ({ text, owner, due, by }) => `| ${plain(text)} | ${plain(owner)} | ${plain(due)} | ${plain(by)} |`,
    ),
  ];
}

/** Writes it. */
export function postMortemMarkdown(document: PostMortem, options: RenderOptions): string {
  const { startedAtUnixMs } = document;
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
  const charts = (list: readonly PostMortemChart[]) => list.flatMap((one) => chart(one, startedAtUnixMs));
  return [
    `# EXERCISE: post-mortem of "${plain(document.title)}"`,
    '',
    EXERCISE_SENTENCE,
    '',
    ...headFacts(document).map(([label, words]) => `- ${label}: ${plain(words)}`),
    `- Document: ${stateWords(options)}`,
    '',
    ...section('Summary', sentences(document.summary)),
    ...section('Impact', [...impact(document), '', ...charts(document.charts)]),
    ...section(
      'How the time was spent',
      document.phases.map(({ title, sentence, seconds }) => `- ${title}: ${duration(seconds)}, ${sentence}`),
    ),
    ...section('Key moments', timeline(document, options, keyLines(document))),
    ...section('Contributing factors', points(document.factors, NOTHING.factors)),
    ...(document.worse === null ? [] : section('What made it worse', worse(document.worse, startedAtUnixMs))),
    ...section('What ended it', sentences(document.ended)),
    ...section('What stays open', sentences(document.open, NOTHING.open)),
    ...section('What went well', points(document.wentWell, NOTHING.wentWell)),
    ...section('What was hard', points(document.wasHard, NOTHING.wasHard)),
    ...section('Actions', actions(document)),
    ...section('Decisions', charts(document.decisions)),
    ...section('Evidence', evidence(document)),
    ...section('Timeline', timeline(document, options, shownLines(document))),
  ].join('\n');
}
