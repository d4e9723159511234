/** Finds seeds: a test that knows what is broken can play the right fix. */
import { drawScenario } from '@chaotic-good/engine/incident/draw';
import type { ScenarioDraw } from '@chaotic-good/engine/incident/draw';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';

/** Far more than it takes for an instance that is drawn at all. */
const SEEDS_MAX = 10_000;

/** The first seed, as text, that draws this instance, and what it draws. */
export function seedThatDraws(scenarioId: string, instance: string): { seed: string; draw: ScenarioDraw } {
  const scenario = findScenario(scenarioId)?.scenario;
  if (scenario === undefined) throw new Error(`there is no scenario ${scenarioId}`);
  for (let number = 1; number <= SEEDS_MAX; number++) {
    const draw = drawScenario(scenario, seedFromText(String(number)));
    if (draw.instance === instance) return { seed: String(number), draw };
  }
  throw new Error(`no seed of ${scenarioId} draws ${instance}`);
}
