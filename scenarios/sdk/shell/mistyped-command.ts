/** What somebody most likely meant who typed a command that is not there. */
import { nearMisses } from '@chaotic-good/engine/console/near-miss';
import { CONSOLE_PROGRAMS, SHELL_PROGRAMS } from './console-programs.ts';

const NOT_FOUND = /^bash: (\S+): command not found$/gm;

/**
 * Lines that follow the shell's complaint on standard error, one a mistyped command: `did you mean …?`. Never
 * changes what the shell said, nor its exit code; '' when nothing is near.
 */
export function mistypedCommands(stderr: string): string {
  const typed = [...new Set([...stderr.matchAll(NOT_FOUND)].map(([, word]) => word))];
  return typed
    .flatMap((word) => nearMisses(word, [...CONSOLE_PROGRAMS, ...SHELL_PROGRAMS, 'help']).slice(0, 1))
    .map((near) => `Did you mean "${near}"?\n`)
    .join('');
}
