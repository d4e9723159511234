/** Gathers what scoring reads of a closed incident. */
import type { ScoringInput } from '../protocol/scoring-input.ts';
import type { CounterfactualRun } from './counterfactuals.ts';
import type { Incident } from './incident.ts';
import type { Judgement } from './judge.ts';

/** Seconds over which impact counts: up to the time limit, as it stands at the close. */
export function horizonSeconds(incident: Incident): number {
  return Math.ceil(incident.state.timeLimitMicros / 1_000_000);
}

/**
 * The scoring input. After the close the run-on stands in for the rest of the time, so closing early over
 * a fault that lives on gains nothing.
 */
export function scoringInput(
  incident: Incident,
  judged: Judgement,
  runs: { doNothing: CounterfactualRun; golden: CounterfactualRun },
): ScoringInput {
  const { state, setup } = incident;
  const seconds = horizonSeconds(incident);
  return {
    mode: state.rules.mode,
    scenario: setup.scenario,
    fault: state.draw.fault,
    instance: state.draw.instance,
    onsetMicros: state.draw.onsetMicros,
    events: state.events,
    horizonSeconds: seconds,
    badness: {
      actual: judged.badness.slice(0, seconds),
      doNothing: runs.doNothing.badness.slice(0, seconds),
      golden: runs.golden.badness.slice(0, seconds),
    },
  };
}
