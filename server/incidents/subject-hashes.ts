/** Content hashes of scenarios and systems, computed once each: they are asked for at every opening. */
import { findScenario, SCENARIOS } from '@chaotic-good/scenarios/sdk/registry';
import type { ScenarioWithSystem } from '@chaotic-good/scenarios/sdk/registry';
import type { OfferedScenario } from '../store/catalogue-store.ts';
import { contentHash } from './content-hash.ts';

/** A scenario with its hashes. */
export type HashedSubject = { subject: ScenarioWithSystem; scenarioHash: string; systemHash: string };

const known = new Map<string, HashedSubject>();

/** The scenario of this id with its hashes, or undefined. */
export function hashedSubject(scenarioId: string): HashedSubject | undefined {
  const found = known.get(scenarioId);
  if (found !== undefined) return found;
  const subject = findScenario(scenarioId);
  if (subject === undefined) return undefined;
  const hashed = {
    subject,
    scenarioHash: contentHash(subject.scenario),
    systemHash: contentHash(subject.system),
  };
  known.set(scenarioId, hashed);
  return hashed;
}

/** Every scenario of this server, as the catalogue notes it. */
export function offeredScenarios(): OfferedScenario[] {
  return SCENARIOS.map(({ id, title, level, system }) => {
    const contentHash = hashedSubject(id)?.scenarioHash ?? '';
    return { id, contentHash, title, level, system };
  });
}
