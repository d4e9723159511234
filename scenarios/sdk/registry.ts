/** Finds scenarios and systems by id. A new one is added here, by an import. */
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';
import type { ScenarioSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';
import { polls } from '../systems/polls/system.ts';

/** Every scenario, in the order in which lists show them. */
export const SCENARIOS: readonly ScenarioSpec[] = [pollsMystery];

/** Every system. */
const SYSTEMS: readonly SystemSpec[] = [polls];

/** A scenario with the system that it runs on. */
export type ScenarioWithSystem = { scenario: ScenarioSpec; system: SystemSpec };

/** The scenario of this id, or undefined. */
export function findScenario(id: string): ScenarioWithSystem | undefined {
  const scenario = SCENARIOS.find((one) => one.id === id);
  const system = SYSTEMS.find((one) => one.id === scenario?.system);
  return scenario === undefined || system === undefined ? undefined : { scenario, system };
}
