import { expect, it } from 'vitest';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { sampleGame } from '../store/testing/sample-game.ts';
import { postMortem } from './post-mortem.ts';

const setup = findScenario('polls-mystery')!;

function written(text = 'It works again') {
  const { debrief, events } = sampleGame('GAME0001', { text });
  return postMortem({ debrief, events, setup });
}

it('says on its first line that it was an exercise', () => {
  expect(written().split('\n')[0]).toBe('# EXERCISE: post-mortem of "Votes are failing"');
});

it('has every part, in order', () => {
  expect([...written().matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
    'Summary',
    'Impact',
    'Timeline',
    'Contributing factors',
    'What ended it',
    'What stays open',
    'Actions',
  ]);
});

it('computes its summary and its figures', () => {
  const text = written();
  expect(text).toContain('12 user actions failed, at a cost of $3.40.');
  expect(text).toContain('| If nobody had done anything | 900 | $210.00 |');
  expect(text).toContain('Against doing nothing, the team saved $206.60.');
  expect(text).toContain(
    'Assumed price of a failed action: create a poll $1.20, vote $0.30, read results $0.10.',
  );
  expect(text).toContain('The recovery is durable');
});

it('tells no score', () => {
  expect(written()).not.toMatch(/871|points|score/i);
});

it('keeps what people wrote from acting on the document', () => {
  const text = written('| x | <script>alert(1)</script>\n## Not a heading\n`code` [link](http://x)');
  expect(text).not.toMatch(/<script|^## Not/m);
  const row = text.split('\n').find((line) => line.includes('alert(1)')) ?? '';
  expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});
