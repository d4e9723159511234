/**
 * What a line may use. Counted in steps, not in time, so that the same line ends the same everywhere.
 *
 * Why   Measured on one core of a cloud machine: a thousand commands or loop turns take about 200 ms; 250 ms
 *       of CPU a line is what the terminal promises. What slips through is ended by the server, which kills
 *       the shell's worker.
 */
import type { BashOptions } from 'just-bash';

const KIB = 1024;
const MIB = 1024 * 1024;

/** What a line prints at most, bytes; the rest is cut off, and the terminal says so. */
export const LINE_OUTPUT_BYTES_MAX = 256 * KIB;
/** Console programs that a line calls at most: each is work for the incident, not for the shell. */
export const CONSOLE_CALLS_MAX = 200;
/** What the terminal says to one more. */
export const TOO_MANY_CALLS = `not run: one line may call this ${CONSOLE_CALLS_MAX} times\n`;
/** Longest line that is read. */
export const LINE_LENGTH_MAX = 8 * KIB;
/** What the files of a terminal hold together, bytes. */
export const FILES_BYTES_MAX = 8 * MIB;

/** Limits of the interpreter. What goes through a pipe may be longer than what is printed in the end. */
export const EXECUTION_LIMITS: NonNullable<BashOptions['executionLimits']> = {
  maxSourceBytes: 64 * KIB,
  maxExecDepth: 16,
  maxCallDepth: 50,
  maxCommandCount: 1_000,
  maxLoopIterations: 1_000,
  maxAwkIterations: 20_000,
  maxSedIterations: 20_000,
  maxJqIterations: 20_000,
  maxGlobOperations: 20_000,
  maxTraversalEntries: 5_000,
  maxTraversalWork: 20_000,
  maxBraceExpansionResults: 2_000,
  maxArrayElements: 20_000,
  maxSubstitutionDepth: 16,
  maxSourceDepth: 8,
  maxHeredocSize: 256 * KIB,
  maxStringLength: 4 * MIB,
  maxOutputSize: 4 * MIB,
  maxInputBytes: 32 * MIB,
  maxLiveBytes: 64 * MIB,
  maxFileDescriptors: 64,
  maxFileSystemBytes: FILES_BYTES_MAX,
};

/** The messages of the interpreter without advice on options that a player does not have. */
export function withoutOptionNames(stderr: string): string {
  return stderr
    .replace(/,? ?increase executionLimits\.\w+/g, '; this terminal allows no more')
    .replace(/command not available in browser environments.*/g, 'command not found');
}

/** Cuts output to so many bytes, at a line end if there is one. */
export function cutOutput(text: string, bytesMax: number): { text: string; cut: boolean } {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= bytesMax) return { text, cut: false };
  const kept = bytes
    .subarray(0, bytesMax)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  const end = kept.lastIndexOf('\n') + 1;
  return { text: end > 0 ? kept.slice(0, end) : kept, cut: true };
}

/** What the terminal says when output was cut. */
export const CUT_NOTICE = `output cut after ${LINE_OUTPUT_BYTES_MAX / KIB} kB: narrow it, e.g. with | tail\n`;
