/** `sh -c '…'`: simple commands one after the other, patterns over file names, and `> file`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, silence } from '../reading.ts';
import { expandPattern, listFiles } from './container-files.ts';
import type { ExecContext, ExecProgram } from './exec-context.ts';
import { splitScript } from './split-script.ts';
import type { ScriptCommand } from './split-script.ts';

const COMMANDS_MAX = 50;

/** Makes `sh`, which runs the other programs. */
export function shellProgram(run: ExecProgram): ExecProgram {
  return (context, argv) => {
    const [shell] = argv;
    const flag = argv.findIndex((word, at) => at > 0 && /^-[a-z]*c$/.test(word));
    const given =
      flag > 0 ? argv[flag + 1] : argv.length === 1 && context.stdin !== '' ? context.stdin : undefined;
    if (argv.length > 1 && flag < 0) return refusal(`${shell}: 0: cannot open ${argv[1]}: No such file`, 2);
    if (given === undefined) {
      return refusal(
        `${shell}: a shell of its own is not possible here; give the command: kubectl exec POD -- COMMAND`,
      );
    }
    const script = splitScript(given);
    if (!script.ok) return refusal(`${shell}: 1: ${script.error}`, 2);
    if (script.commands.length > COMMANDS_MAX)
      return refusal(`${shell}: at most ${COMMANDS_MAX} commands at once`);
    return runCommands(context, shell, script.commands, run);
  };
}

/** Runs commands as `;`, `&&` and `||` say, as far as their outcome is known before they are applied. */
function runCommands(
  context: ExecContext,
  shell: string,
  commands: readonly ScriptCommand[],
  run: ExecProgram,
): ConsoleReading {
  const readings: ConsoleReading[] = [];
  let status = 0;
  for (const command of commands) {
    if (command.after === '&&' && status !== 0) continue;
    if (command.after === '||' && status === 0) continue;
    const reading = runCommand(context, shell, command, run);
    status = reading.exitCode;
    readings.push(reading);
  }
  return { ...joined(readings), exitCode: status };
}

function runCommand(
  context: ExecContext,
  shell: string,
  command: ScriptCommand,
  run: ExecProgram,
): ConsoleReading {
  const files = listFiles(context);
  const words = command.words.flatMap((word) => (word.bare ? expandPattern(files, word.text) : [word.text]));
  const [name, ...rest] = words;
  if (command.into !== null) {
    if (command.into === '/dev/null') {
      const silenced = words.length === 0 ? silence() : runNamed(context, shell, words, run);
      return { ...silenced, stdout: '' };
    }
    const empties =
      name === undefined ||
      name === ':' ||
      name === 'true' ||
      (name === 'cat' && rest[0] === '/dev/null') ||
      (name === 'echo' && rest.join('') === '-n');
    if (!empties || command.appends) {
      return refusal(`${shell}: 1: writing text into files is not possible here; : > FILE empties one`);
    }
    return intends([{ type: 'TruncateFile', in: context.place, path: command.into, bytes: 0 }]);
  }
  if (name === undefined) return silence();
  return runNamed(context, shell, words, run);
}

function runNamed(
  context: ExecContext,
  shell: string,
  words: readonly string[],
  run: ExecProgram,
): ConsoleReading {
  const [name, ...rest] = words;
  switch (name) {
    case ':':
    case 'true':
    case 'cd':
    case 'set':
    case 'export':
      return silence();
    case 'false':
      return { ...silence(), exitCode: 1 };
    case 'exit':
      return { ...silence(), exitCode: /^[0-9]{1,3}$/.test(rest[0] ?? '') ? Number(rest[0]) % 256 : 0 };
    case 'sh':
    case 'bash':
    case 'ash':
      return refusal(`${shell}: 1: a shell inside a shell is not possible here`, 2);
    default: {
      const reading = run(context, words);
      const missing = reading.stderr.includes('executable file not found in $PATH');
      return missing ? refusal(`${shell}: 1: ${name}: not found`, 127) : reading;
    }
  }
}
