/** Five short incidents for the comparison of Node and Chromium; nothing here or below it needs either. */
import { drawnInstance } from '@chaotic-good/engine/incident/draw';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import { runIncident } from '@chaotic-good/engine/incident/incident';
import { playMove } from '@chaotic-good/engine/incident/script';
import { incidentHash } from '@chaotic-good/engine/incident/snapshot';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';
import { polls } from '../systems/polls/system.ts';
import { openDraw } from './moves/run-draw.ts';
import type { PrehistoryCache } from './moves/run-draw.ts';
import { MOVE_SEAT } from './moves/run-move.ts';

/** How long each goes on, seconds: past the golden moves. */
const SECONDS = 360;
const LOAD_SCALE = 0.1;

/** Five instances, evenly over all of them, each with a seed of its own. */
function draws(): { seed: string; forced: ForcedDraw }[] {
  const all = pollsMystery.faults.flatMap(({ id, instances }) =>
    instances.map((instance) => ({ fault: id, instance: instance.id })),
  );
  const chosen = (at: number) => all[Math.round((at * (all.length - 1)) / 4)];
  return [0, 1, 2, 3, 4].map((at) => ({ seed: `parity ${at}`, forced: chosen(at) }));
}

/** A line for each incident: what it is, and the hash after its golden move. */
export function runParityIncidents(): string[] {
  const cache: PrehistoryCache = new Map();
  const subject = { scenario: pollsMystery, system: polls };
  return draws().map(({ seed, forced }) => {
    const incident = openDraw({ subject, seed, forced, loadScale: LOAD_SCALE }, cache);
    playMove(incident, MOVE_SEAT, drawnInstance(pollsMystery, forced).instance.golden);
    runIncident(incident, SECONDS * 1_000_000);
    return `${forced.fault}/${forced.instance} ${incidentHash(incident)}`;
  });
}
