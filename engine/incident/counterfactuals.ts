/**
 * What would have been: the same seed again, with nobody, with the authored script, or with one command
 * dropped, moved or replaced. Luck belongs to requests, so the runs differ only in what was done.
 */
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import { classOfCommand } from '../protocol/commands.ts';
import type { Command, CommandEnvelope } from '../protocol/commands.ts';
import type { IncidentEvent } from '../protocol/events.ts';
import type { Move } from '../protocol/scenario-spec.ts';
import { drawnInstance } from './draw.ts';
import { badnessBySecond, costBetween } from './impact.ts';
import { openIncident, runIncident, runThrough } from './incident.ts';
import type { Incident, OpenOptions } from './incident.ts';
import { playMove } from './script.ts';
import { submitCommand } from './submit.ts';

/** A command as it was recorded. */
export type RecordedInput = {
  /** When it took effect, microseconds. */
  atMicros: number;
  /** The command. */
  envelope: CommandEnvelope;
};

/** How a what-if differs from what was recorded. */
export type InputChange =
  | { change: 'drop'; commandId: string }
  | { change: 'move'; commandId: string; atMicros: number }
  | { change: 'replace'; commandId: string; command: Command };

/** How a run that nobody played went. */
export type CounterfactualRun = {
  /** Badness of each second from 0. */
  badness: Float64Array;
  /** User actions that failed. */
  failedActions: number;
  /** What they cost, US cents. */
  costCents: number;
  /** Its log. */
  events: IncidentEvent[];
};

/** The seat that types the lines of moves. */
export const SCRIPT_SEAT = 'script';

/** An incident that has just been started, to run up to the horizon whatever happens. */
function startedUpTo(options: OpenOptions, horizonSeconds: number): Incident {
  const incident = openIncident({ ...options, telemetry: false });
  incident.state.timeLimitMicros = horizonSeconds * 1_000_000;
  const say = (commandId: string, seat: string, command: Command) =>
    submitCommand(incident, { commandId, seat, command });
  say('script seat', SCRIPT_SEAT, { type: 'JoinSeat', name: 'Script', kind: 'player' });
  say('script start', SYSTEM_SEAT, { type: 'StartIncident' });
  return incident;
}

/** Runs to the horizon and reads off how users fared. */
function finish(incident: Incident, horizonSeconds: number): CounterfactualRun {
  runThrough(incident, horizonSeconds * 1_000_000);
  const { samples, events } = incident.state;
  const { journeys } = incident.setup.system;
  const badness = badnessBySecond(journeys, samples).slice(0, horizonSeconds);
  return { badness, events, ...costBetween(journeys, samples, 0, horizonSeconds) };
}

/** Submits recorded commands at their times. */
function replay(incident: Incident, inputs: readonly RecordedInput[]): void {
  for (const { atMicros, envelope } of inputs) {
    runIncident(incident, atMicros);
    submitCommand(incident, envelope);
  }
}

/** Nobody does anything; what the facilitator did to the world stays. */
export function runDoNothing(
  options: OpenOptions,
  horizonSeconds: number,
  inputs: readonly RecordedInput[] = [],
): CounterfactualRun {
  const incident = startedUpTo(options, horizonSeconds);
  replay(
    incident,
    inputs.filter(({ envelope }) => classOfCommand(envelope.command) === 'world'),
  );
  return finish(incident, horizonSeconds);
}

/** One authored move and nothing else. */
export function runMoveAlone(options: OpenOptions, horizonSeconds: number, move: Move): CounterfactualRun {
  const incident = startedUpTo(options, horizonSeconds);
  playMove(incident, SCRIPT_SEAT, move);
  return finish(incident, horizonSeconds);
}

/** The authored best. */
export function runGolden(options: OpenOptions, horizonSeconds: number): CounterfactualRun {
  const incident = startedUpTo(options, horizonSeconds);
  const { instance } = drawnInstance(options.scenario, incident.state.draw);
  playMove(incident, SCRIPT_SEAT, instance.golden);
  return finish(incident, horizonSeconds);
}

/** Inputs with one changed, in order of time; equal times keep their order. */
function changed(inputs: readonly RecordedInput[], change: InputChange): RecordedInput[] {
  const made = inputs.flatMap((input): RecordedInput[] => {
    if (input.envelope.commandId !== change.commandId) return [input];
    if (change.change === 'drop') return [];
    if (change.change === 'move') return [{ ...input, atMicros: change.atMicros }];
    return [{ ...input, envelope: { ...input.envelope, command: change.command } }];
  });
  return made
    .map((input, at) => ({ input, at }))
    .sort((left, right) => left.input.atMicros - right.input.atMicros || left.at - right.at)
    .map(({ input }) => input);
}

/** Commands that would end the run before its horizon, or stop its clock. */
const ENDINGS: readonly Command['type'][] = [
  'StartIncident',
  'EndIncident',
  'Pause',
  'Resume',
  'DeclareResolved',
  'ExtendTime',
];

/** What was recorded, with one command dropped, moved or replaced. */
export function runWhatIf(
  options: OpenOptions,
  horizonSeconds: number,
  inputs: readonly RecordedInput[],
  change: InputChange,
): CounterfactualRun {
  const incident = startedUpTo(options, horizonSeconds);
  replay(
    incident,
    changed(inputs, change).filter(({ envelope }) => !ENDINGS.includes(envelope.command.type)),
  );
  return finish(incident, horizonSeconds);
}
