/** The post-mortem as one HTML file that needs nothing else: no script, no network, charts inside. */
import type { PostMortem, PostMortemPoint, PostMortemWorse } from '@chaotic-good/engine/protocol/post-mortem';
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
import { htmlLanes } from './html-lanes.ts';
import { HTML_STYLE } from './html-style.ts';
import { escaped } from './html-text.ts';
import { keyLines, replayLink, shownLines, stateWords } from './render-options.ts';
import type { RenderOptions } from './render-options.ts';
import { svgChart } from './svg-chart.ts';

/** Colours of the phases, by place. */
const PHASE_COLORS = ['s1', 's4', 's6', 's0', 's2'];
/** Kept small enough to be mailed: pictures beyond this are left out, the last first, bytes. */
const BYTES_MAX = 480_000;

function paragraphs(sentences: readonly string[]): string {
  return sentences.map((sentence) => `<p>${escaped(sentence)}</p>`).join('');
}

function list(sentences: readonly string[], nothing: string): string {
  const items = sentences.length === 0 ? [nothing] : sentences;
  return `<ul>${items.map((sentence) => `<li>${escaped(sentence)}</li>`).join('')}</ul>`;
}

function points(list: readonly PostMortemPoint[], nothing: string): string {
  if (list.length === 0) return `<p class="small">${nothing}</p>`;
  const items = list.map(({ text, by }) => {
    const said = by === '' ? '' : ` <span class="by">${escaped(by)}</span>`;
    return `<li>${escaped(text)}${said}</li>`;
  });
  return `<ul>${items.join('')}</ul>`;
}

function table(head: string, rows: readonly string[], name = ''): string {
  return (
    `<table class="data ${name}"><thead><tr>${head}</tr></thead>` +
    `<tbody>${rows.map((row) => `<tr>${row}</tr>`).join('')}</tbody></table>`
  );
}

function number(text: string): string {
  return `<td class="num">${text}</td>`;
}

function impact(document: PostMortem): string {
  const { runs, journeys } = document.impact;
  const cost = table(
    '<th></th><th class="num">Failed user actions</th><th class="num">Cost</th>',
    runs.map(
      ({ name, failedActions, costCents }) =>
        `<td>${escaped(name)}</td>${number(count(failedActions))}${number(money(costCents))}`,
    ),
  );
  const fared = table(
    '<th>Journey, while users were hurt</th><th class="num">Worked</th><th class="num">Promised</th>' +
      '<th class="num">Failed</th>',
    journeys.map(
      ({ title, goodRatio, objectiveRatio, failedActions }) =>
        `<td>${escaped(title)}</td>${number(goodRatio === null ? 'no traffic' : percent(goodRatio))}` +
        `${number(percent(objectiveRatio))}${number(count(failedActions))}`,
    ),
  );
  return (
    cost +
    paragraphs(costSentences(document)) +
    paragraphs(hurtSentences(document)) +
    (journeys.length === 0 ? '' : fared)
  );
}

function phases({ phases: parts }: PostMortem): string {
  if (parts.length === 0) return '';
  const all = parts.reduce((sum, { seconds }) => sum + seconds, 0);
  const bar = parts.map(({ seconds }, at) => {
    const share = Math.round((1000 * seconds) / Math.max(1, all)) / 10;
    return `<i class="${PHASE_COLORS[at % 5]}" style="flex:${share}"></i>`;
  });
  const rows = parts.map(
    ({ title, sentence, seconds }, at) =>
      `<td><i class="swatch block ${PHASE_COLORS[at % 5]}"></i>${escaped(title)}</td>` +
      `<td>${escaped(sentence)}</td>${number(duration(seconds))}`,
  );
  const head = '<th>Phase</th><th></th><th class="num">Time</th>';
  return `<div class="phases" aria-hidden="true">${bar.join('')}</div>${table(head, rows)}`;
}

function worse(list: readonly PostMortemWorse[], startedAtUnixMs: number): string {
  if (list.length === 0) return `<p>${NOTHING.worse}</p>`;
  const items = list.map(({ title, line, atMicros, who, harm, visible, apart }) => {
    const by = who === '' ? '' : `, ${escaped(who)}`;
    const told = apart.length === 0 ? 'all of it had been looked at' : escaped(apart.join('; '));
    return (
      `<li><strong>${escaped(title)}</strong> <time>${clockAt(startedAtUnixMs, atMicros)}</time> UTC${by}` +
      `<pre>${escaped(line)}</pre>What followed: ${escaped(harm)}.<br>` +
      `Visible then: ${escaped(visible.join('; '))}.<br>What would have told it apart: ${told}.</li>`
    );
  });
  return `<ul class="worse">${items.join('')}</ul>`;
}

function timeline(document: PostMortem, options: RenderOptions, lines: PostMortem['timeline']): string {
  const rows = lines.map((line) => {
    const clock = `<time>${clockAt(document.startedAtUnixMs, line.atMicros)}</time>`;
    const link = replayLink(document, options, line.atMicros);
    const when = link === null ? clock : `<a href="${escaped(link)}">${clock}</a>`;
    const lane = LANES.find(([id]) => id === line.lane)?.[1] ?? '';
    const marker = line.marker === '' ? '' : `<b class="marker">${escaped(line.marker)}</b> `;
    const what = line.typed ? `<code>${escaped(line.text)}</code>` : escaped(line.text);
    return `<td>${when}</td><td>${lane}</td><td>${escaped(line.who)}</td><td>${marker}${what}</td>`;
  });
  return table('<th>Time</th><th>Lane</th><th>Who</th><th>What</th>', rows, 'timeline');
}

function evidence({ evidence: pinned, startedAtUnixMs }: PostMortem): string {
  return pinned
    .map(({ atMicros, who, title, text, kind, chart }) => {
      const clock = clockAt(startedAtUnixMs, atMicros);
      const when = `<p class="small"><time>${clock}</time> UTC, ${escaped(who)}</p>`;
      const said = `<pre>${escaped(text)}</pre>`;
      if (chart !== null)
        return `<div>${when}${svgChart(chart, startedAtUnixMs)}<p class="small">${escaped(text)}</p></div>`;
      const head = kind === 'command' ? `<code>${escaped(title)}</code>` : escaped(title);
      return `<div>${when}<p>${head}</p>${text === '' ? '' : said}</div>`;
    })
    .join('');
}

function actions({ actions: wanted }: PostMortem): string {
  if (wanted.length === 0) return `<p class="small">${NOTHING.actions}</p>`;
  const rows = wanted.map(({ text, owner, due, by }) => {
    const asked = by === '' ? '' : ` <span class="by">${escaped(by)}</span>`;
    const what = `${escaped(text)}${asked}`;
    return `<td>${what}</td><td>${escaped(owner) || 'open'}</td>${number(escaped(due) || 'open')}`;
  });
  return table('<th>Action</th><th>Owner</th><th class="num">Due</th>', rows);
}

function facts(document: PostMortem, options: RenderOptions): string {
  const all = [...headFacts(document), ['Document', stateWords(options)] as const];
  const rows = all.map(([label, words]) => `<dt>${label}</dt><dd>${escaped(words)}</dd>`);
  return `<dl class="facts">${rows.join('')}</dl>`;
}

function body(document: PostMortem, options: RenderOptions, figures: boolean): string {
  const { startedAtUnixMs } = document;
  const section = (title: string, inner: string) =>
    inner === '' ? '' : `<section><h2>${title}</h2>${inner}</section>`;
  const charts = (some: PostMortem['charts']) =>
    some.length === 0
      ? ''
      : `<div class="charts">${some.map((one) => svgChart(one, startedAtUnixMs)).join('')}</div>`;
  const summary = document.summary.map((sentence) => `<li>${escaped(sentence)}</li>`).join('');
  return [
    `<h1>Post-mortem: ${escaped(document.title)}</h1><p>${EXERCISE_SENTENCE}</p>${facts(document, options)}`,
    section('Summary', `<ol class="summary">${summary}</ol>`),
    section('Impact', impact(document) + charts(document.charts)),
    section('How the time was spent', phases(document)),
    section(
      'Key moments',
      `<p class="small">${TIMES_SENTENCE}</p>${htmlLanes(document)}` +
        timeline(document, options, keyLines(document)),
    ),
    section('Contributing factors', points(document.factors, NOTHING.factors)),
    document.worse === null ? '' : section('What made it worse', worse(document.worse, startedAtUnixMs)),
    section('What ended it', list(document.ended, '')),
    section('What stays open', list(document.open, NOTHING.open)),
    section('What went well', points(document.wentWell, NOTHING.wentWell)),
    section('What was hard', points(document.wasHard, NOTHING.wasHard)),
    section('Actions', actions(document)),
    figures ? section('Decisions', charts(document.decisions)) : '',
    section('Evidence', figures ? evidence(document) : ''),
    section('Timeline', timeline(document, options, shownLines(document))),
  ].join('\n');
}

function page(document: PostMortem, options: RenderOptions, figures: boolean): string {
  const title = escaped(`EXERCISE: post-mortem of “${document.title}”`);
  return [
    '<!doctype html>',
    `<!-- EXERCISE: not a real incident -->`,
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<meta http-equiv="content-security-policy" content="default-src 'none';style-src 'unsafe-inline'">`,
    `<meta name="robots" content="noindex"><title>${title}</title><style>${HTML_STYLE}</style></head><body>`,
    // The head of a table is repeated by every browser on every page that is printed.
    '<table class="page" role="presentation"><thead><tr><td>',
    '<div class="marking">EXERCISE</div></td></tr></thead>',
    `<tbody><tr><td><main>${body(document, options, figures)}</main></td></tr></tbody></table></body></html>`,
    '',
  ].join('\n');
}

/** Writes it, at most 500 kB. */
export function postMortemHtml(document: PostMortem, options: RenderOptions): string {
  const whole = page(document, options, true);
  return Buffer.byteLength(whole) <= BYTES_MAX ? whole : page(document, options, false);
}
