/** A module that looks where it runs: the harness must see the difference. */

/** What kind of place this is. */
export function runParityIncidents(): string[] {
  return [typeof document];
}
