import { expect, it } from 'vitest';
import { cadenceAt, publicSentence } from './status-words.ts';
import type { StatusFacts } from './status-words.ts';

const facts = (state: StatusFacts['state']): StatusFacts => ({ journeys: [], severity: 'SEV2', state });

it('tells the public who is affected and how it stands', () => {
  expect(publicSentence(facts('investigating'), ['Vote', 'Create a poll', 'Read results'])).toBe(
    'Affected: Vote, Create a poll and Read results. We are looking into it.',
  );
  expect(publicSentence(facts('investigating'), ['Vote'])).toBe('Affected: Vote. We are looking into it.');
  expect(publicSentence(facts('resolved'), [])).toBe('All works again. This is over.');
});

it('counts down to the promised update, then up', () => {
  const status = [{ state: 'investigating', nextDueMicros: 300e6 }] as const;
  expect(cadenceAt(status, 108e6)).toEqual({ late: false, text: 'next update due in 3:12' });
  expect(cadenceAt(status, 300e6)).toEqual({ late: false, text: 'next update due in 0:00' });
  expect(cadenceAt(status, 340e6)).toEqual({ late: true, text: 'overdue by 0:40' });
});

it('owes nothing before the first update and after the all-clear', () => {
  expect(cadenceAt([], 1e6)).toBeNull();
  expect(cadenceAt([{ state: 'resolved', nextDueMicros: 1e6 }], 9e6)).toBeNull();
});
