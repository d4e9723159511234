/** What was typed into terminals, line by line, with what it printed: read again at the same moment. */
import { readLine } from '@chaotic-good/engine/console/read-line';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import { splitWords } from './split-words.ts';

/** Characters of an output that are kept. */
const OUTPUT_MAX = 4000;
/** What a line shows is recorded piece by piece; pieces further apart are another run of it. */
const SAME_RUN_MICROS = 1_500_000;

const NOT_KEPT = '(What a pipeline printed is not part of the recording.)\n';
const CUT = '\n(The rest is left out.)\n';

/** A line that was run. */
export type TypedLine = {
  /** Seat that typed it. */
  seat: string;
  /** When, simulation microseconds. */
  atMicros: number;
  /** The line. */
  line: string;
  /** What it printed. */
  output: string;
};

function shortened(text: string): string {
  return text.length <= OUTPUT_MAX ? text : text.slice(0, OUTPUT_MAX) + CUT;
}

/** What a line printed that only showed something. */
function shownBy({ world, setup }: Incident, seat: string, line: string): string {
  const words = splitWords(line);
  if (words === null || words.length === 0) return NOT_KEPT;
  const { stdout, stderr } = readLine(world, { seat, namespace: setup.scenario.namespace }, words, '');
  return stdout + stderr;
}

/** What a line printed that changed something, out of the event that it just made. */
function printedBy({ state }: Incident): string {
  const event = state.events.at(-1);
  if (event?.type === 'ClusterCommandRan') return event.outcome.stdout + event.outcome.stderr;
  return event?.type === 'CommandRefused' ? `${event.rejection.sentence}\n` : '';
}

/** All lines of a game, gathered while it is simulated. */
export class TypedLines {
  readonly #lines: TypedLine[] = [];

  /** A command has just taken effect. */
  take({ atMicros, envelope }: CommandRecord, incident: Incident): void {
    const { seat, command, cause = '' } = envelope;
    if (cause === '' || (command.type !== 'RunCluster' && command.type !== 'Observed')) return;
    const changes = command.type === 'RunCluster';
    const known = this.#lines.findLast((one) => one.seat === seat);
    const again = known !== undefined && known.line === cause && atMicros - known.atMicros <= SAME_RUN_MICROS;
    if (again && !changes) return;
    const output = shortened(changes ? printedBy(incident) : shownBy(incident, seat, cause));
    if (again) known.output = shortened(known.output + output);
    else this.#lines.push({ seat, atMicros, line: cause, output });
  }

  /** Lines of a seat, later than one moment and up to another, microseconds. */
  of(seat: string, afterMicros: number, untilMicros: number): TypedLine[] {
    return this.#lines.filter(
      (one) => one.seat === seat && one.atMicros > afterMicros && one.atMicros <= untilMicros,
    );
  }
}
