import { expect, it } from 'vitest';
import type { Debrief, WorseMove } from '@chaotic-good/engine/protocol/debrief';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { sampleGame } from '../store/testing/sample-game.ts';
import { postMortem } from './post-mortem.ts';

const setup = findScenario('polls-mystery')!;

const MOVE: WorseMove = {
  title: 'Restart the database',
  second: 120,
  role: 'Ops 1',
  line: 'kubectl delete pod postgres-0',
  harm: 'users were hurt more after it',
  points: -40,
  alerts: ['Voting spends its error budget too fast'],
  journeys: [
    { title: 'Vote', goodRatio: 0.62, objectiveRatio: 0.99 },
    { title: 'Read results', goodRatio: null, objectiveRatio: 0.99 },
  ],
  unseen: ['Retransmits'],
};

function written(text = 'It works again', over: Partial<Debrief> = {}) {
  const { debrief, events } = sampleGame('GAME0001', { text });
  return postMortem({ debrief: { ...debrief, ...over }, events, setup });
}

function section(text: string, title: string): string {
  return text.split(`## ${title}\n`)[1].split('\n## ')[0].trim();
}

it('says on its first line that it was an exercise', () => {
  expect(written().split('\n')[0]).toBe('# EXERCISE: post-mortem of "Votes are failing"');
});

it('has every part, in order; what made it worse since debriefs know it', () => {
  expect(written()).not.toContain('## What made it worse');
  expect([...written('', { worse: [] }).matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
    'Summary',
    'Impact',
    'Timeline',
    'Contributing factors',
    'What made it worse',
    'What ended it',
    'What stays open',
    'Actions',
  ]);
});

it('computes its summary and its figures', () => {
  const text = written();
  expect(section(text, 'Summary').split('\n')).toEqual([
    '- From 14:05:31 UTC users of Polls were hurt for 9 min 29 s: 12 user actions failed.',
    '- It cost $3.40, $206.60 less than the $210.00 had nobody done anything, at an assumed price of a ' +
      'failed action of create a poll $1.20, vote $0.30, read results $0.10.',
    '- The team concluded that the cause lay in node/worker-1 (packets are lost); what was true: packets ' +
      'to one node are dropped, in node/worker-1 (packets are lost).',
    '- No change of the team ended it; the recovery is durable: the cause is gone, and thirty more minutes ' +
      'stayed well; what stays open: nothing that was seen.',
  ]);
  expect(text).toContain('| If nobody had done anything | 900 | $210.00 |');
  expect(text).toContain('Against doing nothing, the team saved $206.60.');
  expect(text).toContain(
    'Assumed price of a failed action: create a poll $1.20, vote $0.30, read results $0.10.',
  );
  expect(text).toContain('The recovery is durable');
});

it('tells at what time a masked recovery ended', () => {
  const text = written('', {
    recovery: 'masked',
    runOn: { seconds: 1800, relapsedAfterSeconds: 372, values: [] },
  });
  expect(text).toContain('the cause was still there, and users were hurt again at 14:21:12 UTC');
});

it('names what made it worse: the move, what was visible then, what would have told it apart', () => {
  expect(section(written('', { worse: [MOVE] }), 'What made it worse')).toBe(
    '- Restart the database (kubectl delete pod postgres-0, 14:07:00 UTC, Ops 1): users were hurt more ' +
      'after it. Visible then: firing: Voting spends its error budget too fast; vote worked for 62 %. ' +
      'What would have told it apart: retransmits.',
  );
  expect(section(written('', { worse: [] }), 'What made it worse')).toBe(
    '- No move of the team made it worse.',
  );
});

it('tells no score', () => {
  expect(written('', { worse: [MOVE] })).not.toMatch(/871|points|score/i);
});

it('keeps what people wrote from acting on the document', () => {
  const text = written('| x | <script>alert(1)</script>\n## Not a heading\n`code` [link](http://x)');
  expect(text).not.toMatch(/<script|^## Not/m);
  const row = text.split('\n').find((line) => line.includes('alert(1)')) ?? '';
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});
