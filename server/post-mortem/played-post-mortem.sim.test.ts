/** Post-mortems of incidents that were really played: what they say, what they never say, their size. */
import { describe, expect, it } from 'vitest';
import type { PostMortem } from '@chaotic-good/engine/protocol/post-mortem';
import { buildPostMortem } from './build-post-mortem.ts';
import { languageProblems } from './language.ts';
import { postMortemHtml } from './render/html.ts';
import { postMortemJson } from './render/json.ts';
import { postMortemMarkdown } from './render/markdown.ts';
import { NAMES } from './testing/played-game.ts';
import { badlyPlayed, notPlayed, wellPlayed } from './testing/played-games.ts';

const OPTIONS = { state: 'none', version: 0, publicUrl: null } as const;
const documents = {
  well: buildPostMortem(wellPlayed()),
  badly: buildPostMortem(badlyPlayed()),
  nobody: buildPostMortem(notPlayed()),
};
const { well, badly, nobody } = documents;

/** Sentences that the document itself says; what people wrote is theirs. */
function computedWords(document: PostMortem): string {
  const { summary, factors, ended, open, wentWell, actions, phases, charts, decisions } = document;
  const points = [...factors, ...wentWell, ...actions.filter(({ by }) => by === '')];
  return [
    ...[summary, ended, open].flat(),
    ...points.map(({ text }) => text),
    ...phases.map(({ title, sentence }) => `${title} ${sentence}`),
    ...[charts, decisions].flat().map(({ title, unit, caption }) => `${title} ${unit} ${caption}`),
  ].join('\n');
}

function texts(list: readonly { text: string }[]): string[] {
  return list.map(({ text }) => text);
}

function marked(document: PostMortem, marker: string): string[] {
  return document.timeline.filter((line) => line.marker === marker).map(({ text }) => text);
}

it('tells of a team that did well what it did, what it spared, and what stays open', () => {
  const [hurt, cost, truth, ended] = well.summary;
  expect(hurt).toMatch(
    /^From 14:05:53 UTC users of Polls were hurt for 2 min \d+ s: \d+ user actions failed; /,
  );
  expect(cost).toMatch(/less than the \$[\d,.]+ had nobody acted .* assumed price .* vote \$0\.30/);
  expect(truth).toBe(
    'The team concluded that the cause lay in node/worker-3 (packets are lost), and that was so: ' +
      'packets to one node are dropped.',
  );
  expect(ended).toMatch(
    /^The last change before users were well again was kubectl .* contained: .* \(handed over\)\.$/,
  );
  expect(texts(well.wentWell)).toEqual(
    expect.arrayContaining([
      'The first page was taken on 10 s after it fired.',
      'The diagnosis named both where the cause was and what it was.',
      'The public was told 3 times, each time as promised.',
    ]),
  );
  expect(well.worse).toEqual([]);
  expect(texts(well.actions)).toContain('node/worker-3: Have its network looked at.');
  expect(well.phases.map(({ title }) => title)).toEqual(['Notice', 'Orient', 'Decide', 'Repair', 'Verify']);
});

it('embeds what was pinned, with what the chart showed, and how users fared around each decision', () => {
  const [chart, log] = well.evidence;
  expect(chart.chart?.lines[0].name).toBe('worker-3');
  const [own, ...others] = chart.chart!.lines.map(({ values }) =>
    Math.max(...values.map((value) => value ?? 0)),
  );
  expect(own).toBeGreaterThan(5);
  expect(Math.max(...others)).toBeLessThan(1);
  expect(log).toMatchObject({ kind: 'log', who: 'Ops', chart: null });
  expect(well.decisions).toHaveLength(1);
  expect(well.decisions[0].caption).toMatch(
    /^Ops, 14:08:10 UTC\. Users hurt in the 30 s before: [3-5]\d %; .*: 0 %\.$/,
  );
});

it('tells of a team that made it worse which move did, what was visible, and what would have told', () => {
  expect(badly.worse).toMatchObject([
    {
      title: 'Make room by removing the write-ahead log',
      who: 'Ops',
      harm: 'it broke “No saved vote and no audit line is lost”',
      apart: expect.arrayContaining(['every statement is logged']),
    },
  ]);
  expect(badly.worse?.[0].visible.join()).toContain('Voting spends its error budget too fast');
  expect(marked(badly, 'made it worse')).toEqual([expect.stringContaining('rm -rf')]);
  expect(badly.summary[0]).toContain(', and still at the end');
  expect(badly.summary[2]).toContain(
    'node/worker-1 (packets are lost); what was true: logging fills a volume',
  );
  expect(texts(badly.factors)).toEqual(
    expect.arrayContaining([
      'Nobody took a page on.',
      'An all-clear was posted while users were still hurt.',
    ]),
  );
  expect(texts(badly.actions)[1]).toContain('“No saved vote and no audit line is lost” was broken');
  expect(badly.wentWell).toEqual([]);
});

it('tells of a team that did nothing just that', () => {
  expect(nobody.summary[1]).toContain('as much as had nobody acted');
  expect(nobody.summary[2]).toMatch(/^The team filed no diagnosis; what was true: /);
  expect(nobody.summary[3]).toMatch(/^No change of the team ended it; it did not recover/);
  expect(nobody.phases).toMatchObject([
    { title: 'Notice', sentence: expect.stringContaining('nobody took it on') },
  ]);
  expect(texts(nobody.factors)).toContain('No change of the system was made while users were hurt.');
  expect(nobody.decisions).toEqual([]);
});

it('places harm where it began, not where it was noticed, and folds noise and talk away', () => {
  const began = well.timeline.find(({ marker }) => marker === 'impact');
  expect(began?.atMicros).toBe(well.impact.hurt[0].fromSecond * 1e6);
  const talk = well.timeline.find(({ text }) => text.includes('look at the retransmits'));
  expect(talk?.hidden).toBe(true);
  expect(nobody.timeline.filter(({ hidden }) => !hidden).length).toBeLessThan(60);
});

describe.each(Object.entries(documents))('%s', (_name, document) => {
  it('says roles in place of names, judges nobody, and tells no score', () => {
    const words = computedWords(document);
    expect(languageProblems(words, { partial: true, names: NAMES })).toEqual([]);
    expect(words).not.toMatch(/undefined|NaN|\bnull\b|\.\.|;;/);
    for (const file of [postMortemMarkdown(document, OPTIONS), postMortemHtml(document, OPTIONS)]) {
      for (const name of NAMES) expect(file).not.toContain(name);
      expect(file).not.toMatch(/seat-|\bscore\b|\bpoints\b/i);
    }
  });

  it('is marked first, small, and links nowhere unless it is reachable', () => {
    const html = postMortemHtml(document, OPTIONS);
    expect(html.length).toBeLessThan(500_000);
    expect(html).not.toMatch(/<script|https?:\/\/|replay/);
    expect(postMortemMarkdown(document, OPTIONS).split('\n')[0]).toBe(
      '# EXERCISE: post-mortem of "Votes are failing"',
    );
    const reachable = { ...OPTIONS, publicUrl: 'https://play.example' };
    expect(postMortemHtml(document, reachable)).toContain(
      `href="https://play.example/#/games/${document.gameId}/replay?at=`,
    );
    const json = JSON.parse(postMortemJson(document, reachable)) as PostMortem;
    expect(Object.keys(json)[0]).toBe('marking');
    expect(json.timeline[0]).toMatchObject({ replay: expect.stringMatching(/\/replay\?at=\d+$/) });
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
