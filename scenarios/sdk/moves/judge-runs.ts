/** Holds the runs of a draw against what their authors claim. */
import type { AuthoredMove } from './authored-moves.ts';
import type { MoveRun } from './run-move.ts';

/** A run with what it is measured by, and what is wrong with it. */
export type JudgedRun = MoveRun & {
  /** Impact over that of nobody, and over the golden one's; null when that is 0 or was not run. */
  toDoNothing: number | null;
  toGolden: number | null;
  /** Claims that do not hold, in words; empty when all is as authored. */
  problems: string[];
};

function ratio(impact: number, other: MoveRun | undefined): number | null {
  return other === undefined || other.impact <= 0 ? null : impact / other.impact;
}

function problemsOfFix(run: MoveRun, authored: AuthoredMove): string[] {
  const problems: string[] = [];
  if (!run.recovered) problems.push('does not recover');
  const good = run.recovery === 'durable' || run.recovery === 'contained';
  if (authored.recovery !== '' ? run.recovery !== authored.recovery : !good) {
    problems.push(`is ${run.recovery}, not ${authored.recovery || 'durable or contained'}`);
  }
  if (run.brokenInvariants.length > 0) problems.push(`breaks ${run.brokenInvariants.join(', ')}`);
  for (const { line, stderr } of run.failedLines) problems.push(`line fails: ${line}: ${stderr}`);
  return problems;
}

function problemsOfWrong(run: JudgedRun, { expectation }: AuthoredMove): string[] {
  const { impactAgainst, atLeastRatio, breaks } = expectation;
  const problems: string[] = [];
  if (impactAgainst !== undefined && atLeastRatio !== undefined) {
    const against = impactAgainst === 'golden' ? run.toGolden : run.toDoNothing;
    if (!(against !== null && against >= atLeastRatio)) {
      problems.push(`impact is ${against?.toFixed(3) ?? 'not'} × ${impactAgainst}, not ≥ ${atLeastRatio}`);
    }
  }
  for (const id of breaks ?? [])
    if (!run.brokenInvariants.includes(id)) problems.push(`does not break ${id}`);
  for (const { line, stderr } of run.failedLines) problems.push(`line fails: ${line}: ${stderr}`);
  return problems;
}

function problemsOf(run: JudgedRun, authored: AuthoredMove): string[] {
  switch (run.kind) {
    case 'do-nothing':
      return run.recovered ? ['recovers by itself'] : [];
    case 'cheat':
      return run.recovery === 'durable' ? ['is a durable recovery'] : [];
    case 'wrong-move':
      return problemsOfWrong(run, authored);
    default:
      return problemsOfFix(run, authored);
  }
}

/** Judges runs; `moves` are theirs, in the same order. */
export function judgeRuns(runs: readonly MoveRun[], moves: readonly AuthoredMove[]): JudgedRun[] {
  const doNothing = runs.find((run) => run.kind === 'do-nothing');
  const golden = runs.find((run) => run.kind === 'golden');
  return runs.map((run, at) => {
    const judged: JudgedRun = {
      ...run,
      toDoNothing: ratio(run.impact, doNothing),
      toGolden: ratio(run.impact, golden),
      problems: [],
    };
    return { ...judged, problems: problemsOf(judged, moves[at]) };
  });
}
