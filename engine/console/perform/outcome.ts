/** Outcomes of commands. */
import type { CommandOutcome } from '../../protocol/cluster-commands.ts';

/** It was done. */
export function done(stdout: string): CommandOutcome {
  return { ok: true, stdout, stderr: '', exitCode: 0 };
}

/** It was refused; the text gets its line end. */
export function failed(text: string, exitCode = 1): CommandOutcome {
  const stderr = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return { ok: false, stdout: '', stderr, exitCode };
}

/** A program in a container failed: kubectl adds its exit code. */
export function failedInside(text: string, exitCode = 1): CommandOutcome {
  const outcome = failed(text, exitCode);
  return { ...outcome, stderr: `${outcome.stderr}command terminated with exit code ${exitCode}\n` };
}
