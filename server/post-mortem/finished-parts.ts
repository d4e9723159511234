/** A finished game as the parts that its post-mortem is computed from. */
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import type { FinishedGame } from '../store/finished-game.ts';
import { debriefSystem } from './debrief-system.ts';
import type { PostMortemParts } from './parts.ts';

/** What is read of a finished game; without seats in older ones. */
export type FinishedParts = Pick<FinishedGame, 'debrief' | 'events' | 'samples'> & {
  seats: Readonly<FinishedGame['seats']>;
};

/** The parts. An older debrief does not know its system: the scenario of today does, or nobody. */
export function finishedParts({ debrief, events, samples, seats }: FinishedParts): PostMortemParts {
  const today = findScenario(debrief.scenarioId)?.system;
  const nobody = { title: debrief.scenarioId, journeys: [] };
  const system = debrief.system ?? (today === undefined ? nobody : debriefSystem(today));
  return { debrief, events, samples, system, roles: seats.map(({ role }) => role) };
}
