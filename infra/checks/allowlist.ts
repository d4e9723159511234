/**
 * Violations that are known and wait for a repair. An entry that excuses nothing any more is itself a
 * violation, so the list can only shrink by itself.
 */
import type { Violation } from './violation.ts';

/** Excuses every violation of one rule in one file. */
export type Excuse = { path: string; rule: string; reason: string };

/** Empty is the normal state. */
export const EXCUSES: readonly Excuse[] = [];

/** The violations that no entry excuses, then the entries among `rules` that excuse nothing. */
export function withoutExcused(
  violations: readonly Violation[],
  rules: readonly string[],
  excuses: readonly Excuse[] = EXCUSES,
): Violation[] {
  const relevant = excuses.filter((excuse) => rules.includes(excuse.rule));
  const covers = (excuse: Excuse, found: Violation) =>
    excuse.path === found.path && excuse.rule === found.rule;
  const left = violations.filter((found) => !relevant.some((excuse) => covers(excuse, found)));
  const stale = relevant.filter((excuse) => !violations.some((found) => covers(excuse, found)));
  return [
    ...left,
    ...stale.map(({ path, rule }) => ({
      path,
      line: 1,
      rule: 'stale-excuse',
      message: `infra/checks/allowlist.ts excuses ${rule} here, but nothing breaks it: remove the entry`,
    })),
  ];
}
