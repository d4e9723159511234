/** A filter of a streaming pipeline: takes lines as they come, gives lines on, may have enough. */
export type LineFilter = {
  /** Takes a line without its end and answers with the lines to give on. */
  push: (line: string) => string[];
  /** The stream has ended: the lines that were held back. */
  end: () => string[];
  /** True once it wants no more lines. */
  full: () => boolean;
  /** Exit code once ended. */
  exitCode: () => number;
};

/** A filter made from words, or a sentence that says why it cannot be streamed. */
export type FilterMaking = { ok: true; filter: LineFilter } | { ok: false; why: string };

/** A filter that looks at one line at a time. */
export function eachLine(change: (line: string) => string[]): LineFilter {
  return { push: change, end: () => [], full: () => false, exitCode: () => 0 };
}

/** A filter that can answer only when it has seen everything. */
export function atEnd(answer: (lines: string[]) => string[]): LineFilter {
  const kept: string[] = [];
  return {
    push: (line) => {
      kept.push(line);
      return [];
    },
    end: () => answer(kept),
    full: () => false,
    exitCode: () => 0,
  };
}

/** Says no. */
export function cannot(why: string): FilterMaking {
  return { ok: false, why };
}

/** Says yes. */
export function can(filter: LineFilter): FilterMaking {
  return { ok: true, filter };
}
