/** Answers a line typed into a replay: what shows something is shown as of then, what changes is refused. */
import { readLine } from '@chaotic-good/engine/console/read-line';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { splitWords } from './split-words.ts';

/** What a line prints. */
export type LineAnswer = {
  /** Standard output. */
  stdout: string;
  /** Standard error. */
  stderr: string;
  /** Exit code. */
  exitCode: number;
};

const CHANGES = 'This is a replay: nothing can be changed in it, and no request is sent.\n';
const NO_SHELL = 'This is a replay: it answers one command at a time, without pipes, lists and variables.\n';
const STREAMS = 'This is a replay: it shows what there is now, and does not follow.\n';

/** Answers a line as the seat would have been answered at the moment of the incident. */
export function answerLine({ world, setup }: Incident, seat: string, line: string): LineAnswer {
  const words = splitWords(line);
  if (words === null) return { stdout: '', stderr: NO_SHELL, exitCode: 2 };
  if (words.length === 0) return { stdout: '', stderr: '', exitCode: 0 };
  if (words[0] === 'clear') return { stdout: '\x1bc', stderr: '', exitCode: 0 };
  const context = { seat, namespace: setup.scenario.namespace };
  const { stdout, stderr, exitCode, commands, stream } = readLine(world, context, words, '');
  if (commands.length > 0) return { stdout: '', stderr: CHANGES, exitCode: 1 };
  return { stdout, stderr: stream === null ? stderr : stderr + STREAMS, exitCode };
}
