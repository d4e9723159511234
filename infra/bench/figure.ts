/** What a benchmark answers: lines to print and, for each gate, whether it holds. */
export type FigureResult = {
  lines: string[];
  gates: Gate[];
};

/** One promise about a figure. */
export type Gate = { says: string; value: number; atLeast: number };

/** A gate as a line; it is missed when its value is too low or no number. */
export function printGate(gate: Gate): string {
  const verdict = holds(gate) ? 'holds ' : 'MISSED';
  return `${verdict} ${gate.says}: ${gate.value.toFixed(3)}, at least ${gate.atLeast}`;
}

/** Whether a gate holds. */
export function holds({ value, atLeast }: Gate): boolean {
  return value >= atLeast;
}
