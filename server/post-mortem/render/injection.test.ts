/** What people write stays text in every file: Markdown, HTML, CSV, JSON. */
import { expect, it } from 'vitest';
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';
import { sampleGame } from '../../store/testing/sample-game.ts';
import { buildPostMortem } from '../build-post-mortem.ts';
import { applyEdit, editOf } from '../edits.ts';
import { finishedParts } from '../finished-parts.ts';
import { takeAnswers } from '../take-answers.ts';
import { actionsCsv } from './actions-csv.ts';
import { postMortemHtml } from './html.ts';
import { postMortemJson } from './json.ts';
import { postMortemMarkdown } from './markdown.ts';
import { codeSpan, plain } from './markdown-text.ts';

const OPTIONS = { state: 'edited', version: 1, publicUrl: null } as const;
const EVIL =
  '| x | <script>alert(1)</script>\n## Not a heading\n`code` [link](javascript:alert(2)) "\'><img src=x>';

/** A document in which everything that people can write is evil. */
function evil(): PostMortem {
  const computed = buildPostMortem(finishedParts(sampleGame('GAME0001', { text: EVIL })));
  const answer = { role: EVIL, hard: EVIL, change: `=HYPERLINK("http://x")`, answeredAtUnixMs: 1 };
  const document = takeAnswers(computed, [answer]);
  const edit = editOf(document);
  const point = { id: 'w-1', text: EVIL, by: '' };
  const written = {
    ...edit,
    summary: edit.summary.map(() => EVIL),
    factors: [point],
    wentWell: [point],
    actions: [
      ...edit.actions,
      { ...point, owner: '+1', due: '2026-12-24' },
      { ...point, id: 'w-2', owner: '', due: '' },
    ],
    added: [{ id: 'w-3', atMicros: 5e6, who: '', text: EVIL }],
  };
  return applyEdit({ ...document, title: EVIL }, written, 'Ops');
}

it('Markdown: no heading, no table cell, no link, no HTML comes of it', () => {
  const text = postMortemMarkdown(evil(), OPTIONS);
  expect(text).not.toMatch(/<script|<img|^## Not|[^\\]\[link\]\(/m);
  const row = text.split('\n').filter((line) => line.startsWith('|') && line.includes('alert(1)'));
  expect(row.length).toBeGreaterThan(0);
  for (const line of row) expect([5]).toContain(line.match(/(?<!\\)\|/g)?.length);
  expect(plain('# a')).toBe('\\# a');
  expect(plain('1. a')).not.toMatch(/^1\./);
  expect(plain('- a &lt; b')).toBe('\\- a &amp;lt; b');
  expect(codeSpan('echo `date` | wc', true)).toBe('``echo `date` \\| wc``');
});

it('HTML: no element and no attribute comes of it', () => {
  const html = postMortemHtml(evil(), OPTIONS);
  expect(html).not.toMatch(/<script|<img|"'>/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  const [, head = ''] = /<title>(.*?)<\/title>/s.exec(html) ?? [];
  expect(head).not.toContain('<');
});

it('CSV: one row an action, no formula, EXERCISE in each', () => {
  const rows = actionsCsv(evil()).trimEnd().split('\r\n');
  expect(rows[0]).toBe('"marking","incident","game","action","owner","due","asked for by"');
  expect(rows.slice(1).every((row) => row.startsWith('"EXERCISE",'))).toBe(true);
  expect(rows.join('\n')).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(rows.join('\n')).toContain(`"'+1"`);
  expect(rows.join('\n')).not.toMatch(/(^|,)"[=+@|-]/m);
});

it('JSON stays JSON, and lines that are folded away stay at home', () => {
  const document = evil();
  const [first] = document.timeline;
  const folded = {
    ...document,
    timeline: document.timeline.map((line) => ({ ...line, hidden: line === first })),
  };
  const json = JSON.parse(postMortemJson(folded, OPTIONS)) as PostMortem;
  expect(json.summary[0]).toBe(EVIL);
  expect(json.timeline).toHaveLength(document.timeline.length - 1);
});
