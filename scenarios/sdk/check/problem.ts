/** Something wrong in the data of an author. */
export type Problem = {
  /** Where, e.g. `faults[0].instances[2].params.share`. */
  path: string;
  /** What, and what would be right. */
  reason: string;
};

/** Names that stand more than once, each as a problem at its place. */
export function repeated(path: string, names: readonly string[]): Problem[] {
  return names.flatMap((name, at) =>
    names.indexOf(name) < at ? [{ path: `${path}[${at}]`, reason: `${name} stands twice` }] : [],
  );
}

/** A problem unless the condition holds. */
export function unless(holds: boolean, path: string, reason: string): Problem[] {
  return holds ? [] : [{ path, reason }];
}
