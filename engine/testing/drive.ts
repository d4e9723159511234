/** Plays an incident by a script, as a test reads it: seats join by themselves, time passes by itself. */
import type { SystemSpec } from '../cluster/system-spec.ts';
import type { Seed } from '../kernel/chance.ts';
import { seedFromText } from '../kernel/chance.ts';
import { runDoNothing, runGolden } from '../incident/counterfactuals.ts';
import type { CounterfactualRun } from '../incident/counterfactuals.ts';
import type { ForcedDraw } from '../incident/draw.ts';
import { openIncident, runIncident, runThrough } from '../incident/incident.ts';
import type { Incident, OpenOptions } from '../incident/incident.ts';
import { judgeIncident } from '../incident/judge.ts';
import type { Prehistory } from '../incident/prehistory.ts';
import { horizonSeconds, scoringInput } from '../incident/scoring-input.ts';
import { playLine } from '../incident/script.ts';
import type { LineOutput } from '../incident/script.ts';
import { incidentHash } from '../incident/snapshot.ts';
import { submitCommand } from '../incident/submit.ts';
import { timelineOf } from '../incident/timeline.ts';
import type { Acknowledgement } from '../protocol/acknowledgement.ts';
import type { Viewer } from '../protocol/audience.ts';
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import type { Command } from '../protocol/commands.ts';
import type { ScenarioSpec } from '../protocol/scenario-spec.ts';
import type { Score } from '../protocol/score.ts';
import { scoreIncident } from '../scoring/score-incident.ts';
import { readScript } from './script-lines.ts';

/** How to drive. */
export type DriveOptions = {
  /** The system under test. */
  system: SystemSpec;
  /** A seed, or the text of `--seed`. */
  seed: Seed | string;
  /** Default 1. */
  loadScale?: number;
  /** Default false. */
  telemetry?: boolean;
  /** A choice in place of chance. */
  forced?: ForcedDraw;
  /** A prehistory at hand. */
  prehistory?: Prehistory;
};

/** An incident that is being driven. */
export type Drive = {
  /** The incident itself. */
  incident: Incident;
  /** What it was opened with, for counterfactuals. */
  options: OpenOptions;
  /** What the console lines printed, in order. */
  outputs: LineOutput[];
  /** The answers to commands, in order. */
  acknowledgements: Acknowledgement[];
  /** Plays a script and runs to its last line. */
  script: (text: string) => Drive;
  /** One command of a seat, now. */
  say: (seat: string, command: Command) => Acknowledgement;
  /** Lets time pass up to a second of incident time. */
  runTo: (second: number) => Drive;
  /** Ends it now if it is still open, judges it, runs the counterfactuals and scores it; once. */
  score: (runs?: { doNothing: CounterfactualRun; golden: CounterfactualRun }) => Score;
  /** The timeline as text: time, kind, seat, words. */
  timeline: (options: { audience: 'everyone' | 'referee' }) => string;
  /** The state hash. */
  hash: () => string;
};

/** `07:10`. */
function clockText(atMicros: number): string {
  const seconds = Math.floor(atMicros / 1_000_000);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}

function timelineText(incident: Incident, audience: 'everyone' | 'referee'): string {
  const viewer: Viewer = audience === 'referee' ? { kind: 'referee' } : { kind: 'public' };
  return timelineOf(incident.state.events, viewer, false)
    .map(({ atMicros, kind, seat, text }) => {
      const columns = `${clockText(atMicros)}  ${kind.padEnd(20)} ${seat.padEnd(8)}`;
      return `${columns} ${text}`;
    })
    .join('\n');
}

function scoreNow(
  drive: Drive,
  given: { doNothing: CounterfactualRun; golden: CounterfactualRun } | undefined,
): Score {
  const { incident, options } = drive;
  if (incident.state.phase !== 'closed') drive.say(SYSTEM_SEAT, { type: 'EndIncident' });
  const judged = judgeIncident(incident);
  const seconds = horizonSeconds(incident);
  const runs = given ?? { doNothing: runDoNothing(options, seconds), golden: runGolden(options, seconds) };
  return scoreIncident(scoringInput(incident, judged, runs));
}

/** Opens an incident and starts it; seats of the script join when they first act. */
export function drive(scenario: ScenarioSpec, given: DriveOptions): Drive {
  const options: OpenOptions = {
    scenario,
    system: given.system,
    seed: typeof given.seed === 'string' ? seedFromText(given.seed) : given.seed,
    loadScale: given.loadScale ?? 1,
    telemetry: given.telemetry ?? false,
    forced: given.forced,
    prehistory: given.prehistory,
  };
  const incident = openIncident(options);
  const say = (seat: string, command: Command): Acknowledgement => {
    const { state } = incident;
    if (seat !== SYSTEM_SEAT && !state.seats.has(seat) && command.type !== 'JoinSeat') {
      say(seat, { type: 'JoinSeat', name: seat, kind: 'player' });
    }
    const commandId = `drive ${state.commandSeq + 1}`;
    const acknowledgement = submitCommand(incident, { commandId, seat, command });
    driven.acknowledgements.push(acknowledgement);
    return acknowledgement;
  };
  const driven: Drive = {
    incident,
    options,
    outputs: [],
    acknowledgements: [],
    say,
    script: (text) => {
      for (const line of readScript(text)) {
        runIncident(incident, line.atMicros);
        if (line.kind === 'do') say(line.seat, line.command);
        else {
          if (!incident.state.seats.has(line.seat))
            say(line.seat, { type: 'JoinSeat', name: line.seat, kind: 'player' });
          driven.outputs.push(playLine(incident, line.seat, line.argv));
        }
      }
      return driven;
    },
    runTo: (second) => {
      runThrough(incident, Math.round(second * 1_000_000));
      return driven;
    },
    score: (runs) => scoreNow(driven, runs),
    timeline: ({ audience }) => timelineText(incident, audience),
    hash: () => incidentHash(incident),
  };
  say(SYSTEM_SEAT, { type: 'StartIncident' });
  return driven;
}
