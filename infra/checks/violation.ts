/** One broken rule at one place. The message says what to do instead. */
export type Violation = {
  /** Path from the repository's root, with forward slashes. */
  path: string;
  line: number;
  /** Short name of the rule, as the allow-list names it. */
  rule: string;
  message: string;
};

/** One line a violation, in the form editors make clickable. */
export function printViolations(violations: readonly Violation[]): string[] {
  return violations.map(({ path, line, rule, message }) => `${path}:${line} ${rule}: ${message}`);
}
