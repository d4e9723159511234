/** Moves: authored lines, typed at their times through the same console and commands as a player's. */
import { readLine } from '../console/read-line.ts';
import type { Command } from '../protocol/commands.ts';
import type { Move } from '../protocol/scenario-spec.ts';
import { runIncident } from './incident.ts';
import type { Incident } from './incident.ts';
import { recordEvents } from './record.ts';
import { resolveSelectors } from './selectors.ts';
import { submitCommand } from './submit.ts';

/** What a line printed. */
export type LineOutput = {
  /** Standard output. */
  stdout: string;
  /** Standard error. */
  stderr: string;
  /** Exit code; 1 when it was refused before it ran. */
  exitCode: number;
};

/** A command id that no client makes. */
function scriptedId(incident: Incident): string {
  return `script ${incident.state.commandSeq + 1}`;
}

/** Types one line as a seat, now: what it shows is observed, what it means is submitted. */
export function playLine(incident: Incident, seat: string, words: readonly string[]): LineOutput {
  const { world, state, setup } = incident;
  const { namespace } = setup.scenario;
  const resolved = resolveSelectors(world, words, namespace);
  if (!resolved.ok) {
    const { rejection } = resolved;
    recordEvents(state, world.cluster.nowMicros, 0, [
      { type: 'ScriptLineRefused', audience: { seat }, seat, line: words.join(' '), rejection },
    ]);
    return { stdout: '', stderr: `${rejection.sentence}\n`, exitCode: 1 };
  }
  const line = resolved.argv.join(' ');
  const reading = readLine(world, { seat, namespace }, resolved.argv, '');
  const output: LineOutput = { stdout: reading.stdout, stderr: reading.stderr, exitCode: reading.exitCode };
  const submit = (command: Command) =>
    submitCommand(incident, { commandId: scriptedId(incident), seat, command, cause: line });
  for (const observation of reading.observed) submit({ type: 'Observed', observation });
  for (const command of reading.commands) {
    const { outcome } = submit({ type: 'RunCluster', command });
    const printed = outcome.ok ? outcome.output : null;
    output.stdout += printed?.stdout ?? '';
    output.stderr += outcome.ok ? (printed?.stderr ?? '') : `${outcome.rejection.sentence}\n`;
    if (!outcome.ok) output.exitCode = 1;
    else if (printed !== null && !printed.ok) output.exitCode = printed.exitCode;
  }
  return output;
}

/** Plays a move at its times after the onset; ends at its last line, or when the incident closes. */
export function playMove(incident: Incident, seat: string, move: Move): void {
  const { onsetMicros } = incident.state.draw;
  const lines = move.lines
    .map((line, at) => ({ ...line, at }))
    .sort((left, right) => left.afterOnsetSeconds - right.afterOnsetSeconds || left.at - right.at);
  for (const { afterOnsetSeconds, argv } of lines) {
    runIncident(incident, Math.round(onsetMicros + afterOnsetSeconds * 1_000_000));
    if (incident.state.phase === 'closed') return;
    playLine(incident, seat, argv);
  }
}
