/**
 * What an incident draws once: when the fault begins, which one it is, and with which parameters.
 *
 * Why  Each has its own key, so the onset does not depend on the fault: before it, nothing that players
 *      can see differs between draws.
 */
import { drawBelow, drawUnit, hashText } from '../kernel/chance.ts';
import type { Seed } from '../kernel/chance.ts';
import { invariant } from '../kernel/invariant.ts';
import { PURPOSE_SCENARIO } from '../kernel/purposes.ts';
import type { FaultChoice, FaultInstance, ScenarioSpec } from '../protocol/scenario-spec.ts';

/** Number of prehistories a system has. */
export const PREHISTORY_VARIANTS = 8;

/** What was drawn; never leaves the server before the debrief. */
export type ScenarioDraw = {
  /** When the fault begins, microseconds. */
  onsetMicros: number;
  /** Id of the fault choice. */
  fault: string;
  /** Id of its instance. */
  instance: string;
};

/** A choice that a test or `sim` makes in place of chance. */
export type ForcedDraw = Pick<ScenarioDraw, 'fault' | 'instance'>;

/** Which prehistory an incident of this seed begins with. */
export function drawVariant(seed: Seed): number {
  return drawBelow(seed, PURPOSE_SCENARIO, hashText('variant'), 0, 0, PREHISTORY_VARIANTS);
}

/** Draws by weight. */
function drawInstance(seed: Seed, scenarioKey: number, choice: FaultChoice): FaultInstance {
  const total = choice.instances.reduce((sum, instance) => sum + instance.weight, 0);
  let left = drawUnit(seed, PURPOSE_SCENARIO, scenarioKey, hashText(`instance of ${choice.id}`), 0) * total;
  for (const instance of choice.instances) {
    left -= instance.weight;
    if (left < 0) return instance;
  }
  return choice.instances[choice.instances.length - 1];
}

/**
 * Draws onset, fault and instance. The onset counts from the end of the calm (`calmSeconds` after time 0). A
 * forced choice replaces fault and instance, never the onset.
 */
export function drawScenario(
  scenario: ScenarioSpec,
  seed: Seed,
  forced?: ForcedDraw,
  calmSeconds = 0,
): ScenarioDraw {
  const key = hashText(scenario.id);
  const [from, to] = scenario.onsetSeconds;
  const share = drawUnit(seed, PURPOSE_SCENARIO, key, hashText('onset'), 0);
  const onsetMicros = Math.round((calmSeconds + from + share * (to - from)) * 1_000_000);
  if (forced !== undefined) {
    const draw = { onsetMicros, fault: forced.fault, instance: forced.instance };
    drawnInstance(scenario, draw);
    return draw;
  }
  const at = drawBelow(seed, PURPOSE_SCENARIO, key, hashText('fault'), 0, scenario.faults.length);
  const choice = scenario.faults[at];
  return { onsetMicros, fault: choice.id, instance: drawInstance(seed, key, choice).id };
}

/** The fault and instance that a draw names. */
export function drawnInstance(
  scenario: ScenarioSpec,
  draw: ForcedDraw,
): { choice: FaultChoice; instance: FaultInstance } {
  const choice = scenario.faults.find((fault) => fault.id === draw.fault);
  const instance = choice?.instances.find((one) => one.id === draw.instance);
  invariant(
    choice !== undefined && instance !== undefined,
    `${scenario.id} has no ${draw.fault}/${draw.instance}`,
  );
  return { choice, instance };
}
