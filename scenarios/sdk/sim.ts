/**
 * `npm run --silent sim -- --scenario polls-mystery --seed 7 [--script FILE]`: plays an incident without any
 * server and prints it as one JSON document, the same bytes wherever and whenever it runs.
 */
import { readFileSync } from 'node:fs';
import { checkScenario } from './check-scenario.ts';
import { parseScript } from './parse-script.ts';
import type { ScriptLine } from './parse-script.ts';
import { playSim } from './play-sim.ts';
import { simDocument } from './sim-document.ts';
import { SIM_HELP, simOptions } from './sim-options.ts';
import type { SimOptions } from './sim-options.ts';
import { UsageError } from './usage-error.ts';

function readScript(file: string): ScriptLine[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`the script cannot be read: ${(error as Error).message}`);
  }
  return parseScript(text, file);
}

/** The timeline as text, one line each. */
function timelineText(timeline: ReturnType<typeof simDocument>['timeline']): string {
  return timeline.map(({ at, seat, text }) => `${at}  ${seat.padEnd(10)}  ${text}\n`).join('');
}

async function answer(options: SimOptions): Promise<{ text: string; exitCode: number }> {
  if (options.ask === 'help') return { text: SIM_HELP, exitCode: 0 };
  if (options.ask === 'check') {
    const problems = checkScenario(options.subject);
    const { id } = options.subject.scenario;
    const lines = problems.map(({ path, reason }) => `${path}: ${reason}\n`);
    return {
      text: lines.length === 0 ? `${id} is in order\n` : lines.join(''),
      exitCode: lines.length === 0 ? 0 : 1,
    };
  }
  const script = options.script === null ? [] : readScript(options.script);
  const document = simDocument(await playSim({ ...options, script }));
  const text = options.timeline ? timelineText(document.timeline) : `${JSON.stringify(document, null, 2)}\n`;
  return { text, exitCode: 0 };
}

try {
  const { text, exitCode } = await answer(simOptions(process.argv.slice(2)));
  process.stdout.write(text);
  process.exitCode = exitCode;
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`sim: ${error.message}\n`);
  process.exitCode = 2;
}
