/**
 * The thread for what may take its time: prehistories, what would have been, debriefs. It runs at a lower
 * priority of the operating system, so playing incidents come first.
 */
import { setPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { runDoNothing, runGolden } from '@chaotic-good/engine/incident/counterfactuals';
import type { RecordedInput } from '@chaotic-good/engine/incident/counterfactuals';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { horizonSeconds } from '@chaotic-good/engine/incident/scoring-input';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { restoreIncident } from '@chaotic-good/engine/incident/snapshot';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { CommandRecord, JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import type { FinishedGame, GameSeat } from '../store/finished-game.ts';
import { serveCalls } from '../workers/serve-calls.ts';
import { buildDebrief } from './build-debrief.ts';
import type { RunImpact } from './build-debrief.ts';
import { roleWriter } from './names-in-text.ts';
import { recordsWithRoles } from './records-with-roles.ts';
import { PrehistoryCache } from './prehistory-cache.ts';

/** How the thread is set up. */
export type BackgroundOptions = { prehistoryFolder: string; engineVersion: string };

/** Whose counterfactuals. */
type CounterfactualRequest = {
  header: JournalHeader;
  /** When the fault began. */
  onsetMicros: number;
  horizonSeconds: number;
  /** What the facilitator did to the world. */
  inputs: RecordedInput[];
};

/** What would have been, up to a horizon. */
export type Counterfactuals = {
  onsetMicros: number;
  horizonSeconds: number;
  doNothing: RunImpact;
  golden: RunImpact;
};

/** A closed incident and what is known of it. */
type DebriefRequest = {
  header: JournalHeader;
  snapshot: Uint8Array;
  /** Commands that were recorded, in order. */
  records: CommandRecord[];
  /** When its truth could be told, by the wall clock. */
  toldAtUnixMs: number;
  /** Computed during the game; used if the horizon still is the same. */
  runs: Counterfactuals | null;
  /** What pinned charts showed, by the id of the pin. */
  pinned: Debrief['pinned'];
};

const { prehistoryFolder, engineVersion } = workerData as BackgroundOptions;
const prehistories = new PrehistoryCache(prehistoryFolder, engineVersion);

function setupOf(scenarioId: string, loadScale: number, telemetry: boolean): IncidentSetup {
  const subject = findScenario(scenarioId);
  if (subject === undefined) throw new Error(`there is no scenario ${scenarioId}`);
  return { ...subject, loadScale, telemetry };
}

function prehistoryOf(setup: IncidentSetup, variant: number): Prehistory {
  const key = { subject: setup, loadScale: setup.loadScale, variant };
  const known = prehistories.load(key);
  if (known !== undefined) return known;
  const built = buildPrehistory({ ...setup, telemetry: true }, variant);
  prehistories.save(key, built);
  return built;
}

function whatWouldHaveBeen(request: CounterfactualRequest): Counterfactuals {
  const { header, onsetMicros, inputs } = request;
  const setup = setupOf(header.scenarioId, header.loadScale, false);
  const options = {
    ...setup,
    seed: seedFromHex(header.seed),
    onsetMicros,
    prehistory: prehistoryOf(setup, header.variant),
  };
  const impact = ({ badness, failedActions, costCents }: RunImpact): RunImpact => ({
    badness,
    failedActions,
    costCents,
  });
  return {
    onsetMicros,
    horizonSeconds: request.horizonSeconds,
    doNothing: impact(runDoNothing(options, request.horizonSeconds, inputs)),
    golden: impact(runGolden(options, request.horizonSeconds)),
  };
}

/** What the facilitator did, out of the log. */
function worldInputs(events: ReturnType<typeof restoreIncident>['state']['events']): RecordedInput[] {
  return events.flatMap((event): RecordedInput[] => {
    if (event.type !== 'WorldWritten') return [];
    const command = { type: 'WriteWorld' as const, request: event.request };
    const envelope = { commandId: `world-${event.seq}`, seat: event.seat, command };
    return [{ atMicros: event.atMicros, envelope }];
  });
}

function debrief({ header, snapshot, records, runs, pinned, toldAtUnixMs }: DebriefRequest): FinishedGame {
  const setup = setupOf(header.scenarioId, header.loadScale, false);
  const incident = restoreIncident(setup, snapshot);
  const judged = judgeIncident(incident);
  const horizon = horizonSeconds(incident);
  const inputs = worldInputs(incident.state.events);
  const { onsetMicros } = incident.state.draw;
  const same = runs !== null && runs.horizonSeconds === horizon && runs.onsetMicros === onsetMicros;
  const counterfactuals =
    same && inputs.length === 0
      ? runs
      : whatWouldHaveBeen({ header, onsetMicros, horizonSeconds: horizon, inputs });
  const built = buildDebrief({ incident, header, judged, runs: counterfactuals, pinned });
  const { firstSecond, count, journeys, counts } = incident.state.samples;
  const samples = { firstSecond, journeys, counts: Array.from(counts.subarray(0, count * journeys * 5)) };
  const seats = gameSeats(incident, built.roles);
  return {
    debrief: built.debrief,
    playedAtUnixMs: header.startedAtUnixMs,
    events: built.events,
    inputs: { header, records: recordsWithRoles(records, built.roles, roleWriter(incident, built.roles)) },
    seats,
    toldAtUnixMs,
    seedDay: header.seedDay ?? null,
    samples,
  };
}

/** Seats as they were at the end. */
function gameSeats(
  { state }: ReturnType<typeof restoreIncident>,
  roles: ReadonlyMap<string, string>,
): GameSeat[] {
  return [...state.seats.values()].map(({ seat, kind }) => ({ seat, role: roles.get(seat) ?? '', kind }));
}

const methods = {
  prehistory: ({
    scenarioId,
    loadScale,
    variant,
  }: {
    scenarioId: string;
    loadScale: number;
    variant: number;
  }) => prehistoryOf(setupOf(scenarioId, loadScale, true), variant),
  counterfactuals: whatWouldHaveBeen,
  debrief,
};

/** What the thread can be asked. */
export type BackgroundMethods = typeof methods;

try {
  // Of this thread only: on Linux a priority belongs to a thread.
  if (process.platform === 'linux') setPriority(10);
} catch {
  // Where it may not be set, it stays as it is.
}
serveCalls(methods);
