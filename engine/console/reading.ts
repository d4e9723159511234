/** Making and joining the answers to a line. */
import type { ClusterCommand, Observation } from '../protocol/cluster-commands.ts';
import type { ConsoleReading } from './console-types.ts';

/** An answer that says nothing and means nothing. */
export function silence(): ConsoleReading {
  return { stdout: '', stderr: '', exitCode: 0, observed: [], commands: [], stream: null };
}

/** An answer that only shows something. */
export function shown(stdout: string, observed: Observation[] = []): ConsoleReading {
  return { ...silence(), stdout, observed };
}

/** An answer that refuses; the text needs no line end. */
export function refusal(text: string, exitCode = 1): ConsoleReading {
  return { ...silence(), stderr: text === '' || text.endsWith('\n') ? text : `${text}\n`, exitCode };
}

/** An answer that means these commands. */
export function intends(commands: ClusterCommand[]): ConsoleReading {
  return { ...silence(), commands };
}

/** Several answers as one: outputs in order, the last failure's exit code, the last stream. */
export function joined(readings: readonly ConsoleReading[]): ConsoleReading {
  const all = silence();
  for (const reading of readings) {
    all.stdout += reading.stdout;
    all.stderr += reading.stderr;
    if (reading.exitCode !== 0) all.exitCode = reading.exitCode;
    all.observed.push(...reading.observed);
    all.commands.push(...reading.commands);
    all.stream = reading.stream ?? all.stream;
  }
  return all;
}
