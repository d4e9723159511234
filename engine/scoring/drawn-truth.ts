/** The truth of a scoring input: the drawn fault and instance. */
import { invariant } from '../kernel/invariant.ts';
import type { FaultChoice, FaultInstance } from '../protocol/scenario-spec.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';

/** The drawn fault choice and instance. */
export function drawnTruth(input: ScoringInput): { choice: FaultChoice; instance: FaultInstance } {
  const choice = input.scenario.faults.find((fault) => fault.id === input.fault);
  const instance = choice?.instances.find((one) => one.id === input.instance);
  invariant(choice !== undefined && instance !== undefined, 'the drawn fault is one of the scenario');
  return { choice, instance };
}
