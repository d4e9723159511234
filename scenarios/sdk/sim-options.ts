/** The command line of `sim`. */
import { parseArgs } from 'node:util';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import { parseTime } from './parse-script.ts';
import { SCENARIOS, findScenario } from './registry.ts';
import type { ScenarioWithSystem } from './registry.ts';
import { UsageError, unknownWord } from './usage-error.ts';

/** What `sim --help` prints. */
export const SIM_HELP = `npm run --silent sim -- --scenario ID [options]   plays an incident, prints JSON
npm run --silent sim -- --check ID                checks the data of a scenario and its system

  --scenario ID      which scenario: ${SCENARIOS.map((scenario) => scenario.id).join(', ')}
  --seed TEXT        seed of everything that is drawn (default 7)
  --script FILE      who types what, when; without it nobody does anything. Lines of it:
                       00:00   ada role ops
                       +02:05  ada sh kubectl get pods | grep -v Running
                       +130    bo  do {"type":"DeclareIncident","severity":"SEV2"}
                     TIME is MM:SS or seconds, with + from the onset of the fault; # begins a comment
  --fault ID --instance ID   takes these in place of what the seed draws
  --load-scale N     share of the load, 0.01 to 1 (default 1): faster, with fewer and heavier requests
  --until MM:SS      ends the incident there
  --timeline         prints the timeline as text instead
  --json             prints the document (the default)
  --help             prints this

The same command prints the same bytes, wherever and whenever it runs.
`;

/** What `sim` is asked for. */
export type SimOptions =
  | { ask: 'help' }
  | { ask: 'check'; subject: ScenarioWithSystem }
  | {
      ask: 'play';
      subject: ScenarioWithSystem;
      seed: string;
      script: string | null;
      forced: ForcedDraw | undefined;
      loadScale: number;
      untilMicros: number;
      timeline: boolean;
    };

const OPTIONS = {
  scenario: { type: 'string' },
  seed: { type: 'string', default: '7' },
  script: { type: 'string' },
  fault: { type: 'string' },
  instance: { type: 'string' },
  'load-scale': { type: 'string', default: '1' },
  until: { type: 'string' },
  timeline: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  check: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function readArguments(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}; --help tells what there is`);
  }
}

/** The scenario of an id. */
export function scenarioOf(id: string | undefined): ScenarioWithSystem {
  if (id === undefined) throw new UsageError('--scenario ID is missing; --help tells what there is');
  const found = findScenario(id);
  if (found === undefined)
    throw unknownWord(
      'scenario',
      id,
      SCENARIOS.map((scenario) => scenario.id),
    );
  return found;
}

/** A seed as people write it. */
export function seedOf(text: string): string {
  if (/^[\w.:-]{1,64}$/.test(text)) return text;
  throw new UsageError(
    `${JSON.stringify(text)} is no seed: a number or up to 64 letters, digits, _ . : or -`,
  );
}

/** A share of the load. */
export function loadScaleOf(text: string): number {
  const scale = Number(text);
  if (scale >= 0.01 && scale <= 1) return scale;
  throw new UsageError(`--load-scale ${text}: a number from 0.01 to 1`);
}

/** The chosen fault and instance, or undefined when the seed is to draw. */
export function forcedOf(
  { scenario }: ScenarioWithSystem,
  fault: string | undefined,
  instance: string | undefined,
): ForcedDraw | undefined {
  if (fault === undefined && instance === undefined) return undefined;
  if (fault === undefined) throw new UsageError('--instance needs --fault');
  const choice = scenario.faults.find((one) => one.id === fault);
  if (choice === undefined)
    throw unknownWord(
      'fault',
      fault,
      scenario.faults.map((one) => one.id),
    );
  const known = choice.instances.map((one) => one.id);
  if (instance === undefined) throw new UsageError(`--fault ${fault} needs --instance: ${known.join(', ')}`);
  if (!known.includes(instance)) throw unknownWord(`instance of ${fault}`, instance, known);
  return { fault, instance };
}

function untilOf(text: string | undefined): number {
  if (text === undefined) return Number.MAX_SAFE_INTEGER;
  const time = parseTime(text);
  if (time === null || time.from !== 'start') throw new UsageError(`--until ${text}: write MM:SS`);
  return time.micros;
}

/**
 * Reads the command line.
 *
 * @throws UsageError with a sentence for whoever typed it.
 */
export function simOptions(argv: readonly string[]): SimOptions {
  const values = readArguments(argv);
  if (values.help) return { ask: 'help' };
  if (values.check !== undefined) return { ask: 'check', subject: scenarioOf(values.check) };
  const subject = scenarioOf(values.scenario);
  return {
    ask: 'play',
    subject,
    seed: seedOf(values.seed),
    script: values.script ?? null,
    forced: forcedOf(subject, values.fault, values.instance),
    loadScale: loadScaleOf(values['load-scale']),
    untilMicros: untilOf(values.until),
    timeline: values.timeline,
  };
}
