/** What a benchmark answers: lines to print and, for each gate, whether it holds. */
export type FigureResult = {
  lines: string[];
  gates: Gate[];
};

/** One promise about a figure. */
export type Gate = { says: string; value: number; atLeast: number };

/** A gate as a line, and a gate fails when its value is missing or too low. */
export function printGate({ says, value, atLeast }: Gate): string {
  return `${holds({ says, value, atLeast }) ? 'holds ' : 'MISSED'} ${says}: ${value.toFixed(3)}, at least ${atLeast}`;
}

/** Whether a gate holds. */
export function holds({ value, atLeast }: Gate): boolean {
  return value >= atLeast;
}
