/** Plays a script on an incident: seats at time 0, then every line at its time, by its player's shell. */
import { runIncident, runThrough } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { drawUnit, hashText } from '@chaotic-good/engine/kernel/chance';
import { PURPOSE_SCENARIO } from '@chaotic-good/engine/kernel/purposes';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { incidentPort } from './incident-port.ts';
import { dueMicros } from './parse-script.ts';
import type { ScriptLine } from './parse-script.ts';
import { createShell } from './shell/create-shell.ts';
import type { Shell } from './shell/create-shell.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';

/** What came of a line of a script. */
export type PlayedLine = {
  /** Number of the line in its file. */
  line: number;
  /** When it began and ended, microseconds. */
  atMicros: number;
  endMicros: number;
  /** Who. */
  player: string;
  /** What was typed. */
  typed: string;
  /** Exit code; 1 for a refused command, null when it was not played because all was over. */
  exitCode: number | null;
  /** What it printed. */
  stdout: string;
  /** What it complained about. */
  stderr: string;
};

/** What playing needs to remember. */
type Stage = { incident: Incident; turns: Turns; shells: Map<string, Shell>; commands: number };

function submit(stage: Stage, seat: string, command: Command) {
  const commandId = `sim ${++stage.commands}`;
  return submitCommand(stage.incident, { commandId, seat, command });
}

/** The shell of a player, opened when first needed; `$RANDOM` is drawn from the seed. */
function shellOf(stage: Stage, player: string): Shell {
  const known = stage.shells.get(player);
  if (known !== undefined) return known;
  const { incident, turns } = stage;
  let draws = 0;
  const random = () =>
    drawUnit(incident.state.seed, PURPOSE_SCENARIO, hashText('shell'), hashText(player), draws++);
  const nextCommandId = () => `sim ${++stage.commands}`;
  const port = incidentPort({ incident, seat: player, turns, nextCommandId });
  const shell = createShell({ port, random, user: player });
  stage.shells.set(player, shell);
  return shell;
}

/** The words of a line, for the document. */
function typed({ action }: ScriptLine): string {
  if (action.do === 'sh') return action.line;
  return action.do === 'role' ? `role ${action.role}` : JSON.stringify(action.command);
}

/** Plays one line. */
async function playLine(stage: Stage, line: ScriptLine): Promise<PlayedLine> {
  const { cluster } = stage.incident.world;
  const { player, action } = line;
  const played = { line: line.number, atMicros: cluster.nowMicros, player, typed: typed(line) };
  const over = stage.incident.state.phase === 'closed';
  if (over) return { ...played, endMicros: cluster.nowMicros, exitCode: null, stdout: '', stderr: '' };
  if (action.do === 'sh') {
    const { stdout, stderr, exitCode } = await shellOf(stage, player).run(action.line);
    return { ...played, endMicros: cluster.nowMicros, exitCode, stdout, stderr };
  }
  const command: Command = action.do === 'role' ? { type: 'ChooseRole', role: action.role } : action.command;
  const { outcome } = submit(stage, player, command);
  const stderr = outcome.ok ? '' : `${outcome.rejection.sentence}\n`;
  return { ...played, endMicros: cluster.nowMicros, exitCode: outcome.ok ? 0 : 1, stdout: '', stderr };
}

/** Everybody of the script takes a seat, in order of appearance. */
function takeSeats(stage: Stage, script: readonly ScriptLine[]): void {
  for (const player of new Set(script.map((line) => line.player))) {
    submit(stage, player, { type: 'JoinSeat', name: player, kind: 'player' });
  }
}

/** Plays a script up to a time, or to the close; answers with its lines, in order of their end. */
export async function playScript(
  incident: Incident,
  script: readonly ScriptLine[],
  untilMicros: number,
): Promise<PlayedLine[]> {
  const stage: Stage = { incident, turns: createTurns(), shells: new Map(), commands: 0 };
  const { cluster } = incident.world;
  takeSeats(stage, script);
  submit(stage, SYSTEM_SEAT, { type: 'StartIncident' });
  const played: PlayedLine[] = [];
  const turns = script.map((line) => ({
    atMicros: dueMicros(line.time, incident.state.draw.onsetMicros),
    player: line.player,
    act: async () => void played.push(await playLine(stage, line)),
  }));
  const runTo = (micros: number) => {
    runIncident(incident, Math.min(micros, untilMicros));
    if (micros > untilMicros) endNow(stage);
    return cluster.nowMicros;
  };
  await stage.turns.play(turns, runTo);
  runThrough(incident, untilMicros);
  endNow(stage);
  return played;
}

/** Closes the incident where it stands, unless it is closed. */
function endNow(stage: Stage): void {
  if (stage.incident.state.phase !== 'closed') submit(stage, SYSTEM_SEAT, { type: 'EndIncident' });
}
