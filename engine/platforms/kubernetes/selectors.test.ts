import { describe, expect, it } from 'vitest';
import { formatLabelSelector, labelSelectorOf, matchesLabels, parseLabelSelector } from './selectors.ts';

function matches(text: string, labels: { [key: string]: string }): boolean {
  const parsed = parseLabelSelector(text);
  return parsed.ok && matchesLabels(parsed.selector, labels);
}

describe('label selectors', () => {
  it('match as upstream: an absent label is also "not in"', () => {
    const labels = { app: 'polls', tier: 'web' };
    for (const text of [
      '',
      'app=polls',
      'app==polls,tier!=db',
      'app in (polls, votes)',
      'env notin (a)',
      'env!=a',
      'app',
      '!env',
    ]) {
      expect(matches(text, labels), text).toBe(true);
    }
    for (const text of ['app=votes', 'tier!=web', 'app notin (polls)', 'env', '!app', 'constructor']) {
      expect(matches(text, labels), text).toBe(false);
    }
  });

  it('refuse what is no selector', () => {
    for (const text of ['app=a b', ',', 'app in polls', '=x'])
      expect(parseLabelSelector(text).ok, text).toBe(false);
  });

  it('read the structured form and print it sorted', () => {
    const selector = labelSelectorOf({
      matchLabels: { tier: 'web', app: 'polls' },
      matchExpressions: [
        { key: 'env', operator: 'In', values: ['b', 'a'] },
        { key: 'old', operator: 'DoesNotExist' },
      ],
    });
    expect(formatLabelSelector(selector)).toBe('app=polls,env in (a,b),!old,tier=web');
    expect(matchesLabels(selector, { app: 'polls', tier: 'web', env: 'a' })).toBe(true);
    expect(matchesLabels(labelSelectorOf({}), undefined)).toBe(true);
  });
});
