/** What was typed into terminals, line by line, with what it printed: read again at the same moment. */
import type { ConsoleReading } from '@chaotic-good/engine/console/console-types';
import { readLine } from '@chaotic-good/engine/console/read-line';
import { renderAnswer } from '@chaotic-good/engine/console/render-answer';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { Observation, SendRequest } from '@chaotic-good/engine/protocol/cluster-commands';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import { shellParts } from './shell-parts.ts';
import { splitWords } from './split-words.ts';

/** Characters of an output that are kept. */
const OUTPUT_MAX = 4000;
/** What a line shows is recorded piece by piece; pieces further apart are another run of it. */
const SAME_RUN_MICROS = 1_500_000;
/** The same for a line that follows, sleeps or waits for an answer. */
const LONG_RUN_MICROS = 30_000_000;

const NOT_KEPT = muted('What this line printed is not part of the recording.');
const BEFORE_PIPE = muted('Whole answer, before the pipe; what came out of it is not part of the recording.');
const BEGINNING = muted('How it went on is not part of the recording.');
const CUT = `\n${muted('The rest is left out.')}`;

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

type Run = TypedLine & {
  /** When something of it was recorded last, simulation microseconds. */
  lastMicros: number;
  /** Which of its commands have been shown. */
  shown: number[];
  /** Whether one of them goes on by itself. */
  follows: boolean;
  /** Requests that it sent and that wait for an answer. */
  sent: SendRequest[];
};

/** A command of a line, read again. */
type ReadPart = { reading: ConsoleReading | null; goesOn: boolean };

/** A remark of the replay's own, as a terminal shows it. */
function muted(text: string): string {
  return `\x1b[90m(${text})\x1b[0m\n`;
}

function shortened(text: string): string {
  if (text.length <= OUTPUT_MAX || text.endsWith(CUT)) return text;
  return text.slice(0, OUTPUT_MAX) + CUT;
}

/** All commands of a line, read as of now; null for one that needs a shell to be known. */
function readParts({ world, setup }: Incident, seat: string, line: string): ReadPart[] {
  const context = { seat, namespace: setup.scenario.namespace };
  return shellParts(line).map(({ text, goesOn }) => {
    const words = splitWords(text);
    return { reading: words === null ? null : readLine(world, context, words, ''), goesOn };
  });
}

/** An observation to compare by: a store may have put its fields into another order. */
function asText(observation: Observation): string {
  return JSON.stringify(Object.entries(observation).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Places of the commands by which one can have seen this. */
function showing(parts: readonly ReadPart[], observation: Observation): number[] {
  const wanted = asText(observation);
  const places = [...parts.keys()].filter((at) =>
    parts[at].reading?.observed.some((one) => asText(one) === wanted),
  );
  // A line of one command showed whatever was seen by it.
  return places.length === 0 && parts.length === 1 && parts[0].reading !== null ? [0] : places;
}

/** What a line printed that changed something, out of the event that it just made. */
function printedBy({ state }: Incident): string {
  const event = state.events.at(-1);
  if (event?.type === 'ClusterCommandRan') return event.outcome.stdout + event.outcome.stderr;
  return event?.type === 'CommandRefused' ? `${event.rejection.sentence}\n` : '';
}

/** All lines of a game, gathered while it is simulated. */
export class TypedLines {
  readonly #lines: Run[] = [];

  /** A command has just taken effect. */
  take({ atMicros, envelope }: CommandRecord, incident: Incident): void {
    const { seat, command, cause = '' } = envelope;
    if (cause === '') return;
    if (command.type === 'RunCluster') {
      const run = this.#recent(seat, cause, atMicros, SAME_RUN_MICROS) ?? this.#begin(seat, cause, atMicros);
      run.output = shortened(run.output + printedBy(incident));
      if (command.command.type === 'SendRequest') run.sent.push(command.command);
    } else if (command.type === 'Observed') {
      if (command.observation.tool === 'request' && this.#answered(seat, cause, atMicros, incident)) return;
      const parts = readParts(incident, seat, cause);
      const places = showing(parts, command.observation);
      const long = this.#recent(seat, cause, atMicros, LONG_RUN_MICROS);
      const near = this.#recent(seat, cause, atMicros, SAME_RUN_MICROS);
      const fresh = places.find((at) => !long?.shown.includes(at));
      if (fresh === undefined && (near?.output || long?.follows)) {
        if (long?.follows) long.lastMicros = atMicros;
        return;
      }
      const known = near ?? (fresh !== undefined && long?.shown.length ? long : undefined);
      const run = known ?? this.#begin(seat, cause, atMicros);
      run.lastMicros = atMicros;
      show(run, parts, fresh ?? places[0]);
    }
  }

  #begin(seat: string, line: string, atMicros: number): Run {
    const run = {
      seat,
      atMicros,
      line,
      output: '',
      lastMicros: atMicros,
      shown: [],
      follows: false,
      sent: [],
    };
    this.#lines.push(run);
    return run;
  }

  /** The last run of a line, if something of it was recorded so short a time ago. */
  #recent(seat: string, line: string, atMicros: number, withinMicros: number): Run | undefined {
    const run = this.#lines.findLast((one) => one.seat === seat && one.line === line);
    return run !== undefined && atMicros - run.lastMicros <= withinMicros ? run : undefined;
  }

  /** Prints the answers that have come to what a line sent; false when there are none. */
  #answered(seat: string, line: string, atMicros: number, { state, world }: Incident): boolean {
    const run = this.#recent(seat, line, atMicros, LONG_RUN_MICROS);
    if (run === undefined) return false;
    const before = run.sent.length;
    run.sent = run.sent.filter((request) => {
      const answer = state.events.findLast(
        (event) => event.type === 'RequestAnswered' && event.correlationId === request.correlationId,
      );
      if (answer?.type !== 'RequestAnswered') return true;
      const { stdout, stderr } = renderAnswer(world, request, answer);
      run.output = shortened(run.output + stdout + stderr);
      return false;
    });
    run.lastMicros = atMicros;
    return run.sent.length < before;
  }

  /** Lines of a seat, later than one moment and up to another, microseconds. */
  of(seat: string, afterMicros: number, untilMicros: number): TypedLine[] {
    return this.#lines.filter(
      (one) => one.seat === seat && one.atMicros > afterMicros && one.atMicros <= untilMicros,
    );
  }
}

/** Adds what one of the commands showed. */
function show(run: Run, parts: readonly ReadPart[], place: number | undefined): void {
  const part = place === undefined ? undefined : parts[place];
  if (place === undefined || part === undefined || part.reading === null) {
    run.output = shortened(run.output + NOT_KEPT);
    return;
  }
  const { stdout, stderr, stream } = part.reading;
  run.shown.push(place);
  run.follows ||= stream !== null;
  const remark = part.goesOn ? BEFORE_PIPE : stream === null ? '' : BEGINNING;
  run.output = shortened(run.output + stdout + stderr) + remark;
}
