/** Five short incidents whose hashes must be equal in Node and in Chromium. */
import type { SystemSpec } from '../cluster/system-spec.ts';
import type { ScenarioSpec } from '../protocol/scenario-spec.ts';
import { incidentHash } from '../incident/snapshot.ts';
import { drawnInstance } from '../incident/draw.ts';
import { playMove, playLine } from '../incident/script.ts';
import { drive } from './drive.ts';

/** A scenario with its system: passed in, since the engine knows none. */
export type ParityEntry = {
  /** The scenario. */
  scenario: ScenarioSpec;
  /** Its system. */
  system: SystemSpec;
};

const SEEDS = ['parity 1', 'parity 2', 'parity 3', 'parity 4', 'parity 5'];
/** How long the past and the incident are, seconds: enough for an onset, a fix and its effect. */
const PREHISTORY_SECONDS = 60;
const AFTER_ONSET_SECONDS = 240;

/** The hashes of five runs: the golden script on different seeds, with a look around before. */
export function runParityIncidents(entry: ParityEntry): string[] {
  const scenario: ScenarioSpec = { ...entry.scenario, prehistorySeconds: PREHISTORY_SECONDS };
  return SEEDS.map((seed) => {
    const driven = drive(shortPast(scenario), { system: entry.system, seed, loadScale: 0.1 });
    const { incident } = driven;
    driven.say('parity', { type: 'JoinSeat', name: 'Parity', kind: 'player' });
    playLine(incident, 'parity', ['kubectl', 'get', 'pods', '-o', 'wide']);
    const { instance } = drawnInstance(scenario, incident.state.draw);
    playMove(incident, 'parity', instance.golden);
    driven.runTo(incident.state.draw.onsetMicros / 1_000_000 + AFTER_ONSET_SECONDS);
    return incidentHash(incident);
  });
}

/** Backdrop writes that lie before the shortened past happen at its beginning, in their order. */
function shortPast(scenario: ScenarioSpec): ScenarioSpec {
  const earliest = 1 - PREHISTORY_SECONDS;
  return {
    ...scenario,
    backdrop: scenario.backdrop.map((write) => ({ ...write, atSecond: Math.max(earliest, write.atSecond) })),
  };
}
