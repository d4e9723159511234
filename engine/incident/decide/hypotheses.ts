/** Decides about guesses and the diagnosis: a component and a mechanism from closed lists. */
import { isMechanism } from '../../protocol/mechanisms.ts';
import type { AddHypothesis, CloseHypothesis, FileDiagnosis } from '../../protocol/commands.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { textProblem } from './text-limits.ts';

/** `kind/name`, as `kubectl get` takes it. */
const COMPONENT = /^[a-z]+\/[a-z0-9]([-a-z0-9.:/]*[a-z0-9])?$/;

function guessProblem(component: string, mechanism: string): Decision | null {
  if (component.length > 200 || !COMPONENT.test(component)) {
    return reject('unknown-component', 'Name the component as kind/name, e.g. node/worker-1.');
  }
  if (!isMechanism(mechanism)) return reject('unknown-mechanism', 'Choose a mechanism from the list.');
  return null;
}

/** May this guess be put on the board? */
export function decideAddHypothesis(state: IncidentState, seat: string, command: AddHypothesis): Decision {
  const { component, mechanism, expectation } = command;
  const problem = guessProblem(component, mechanism);
  if (problem !== null) return problem;
  const text = textProblem(expectation);
  if (text !== null) return { ok: false, rejection: text };
  const hypothesisId = `hypothesis-${state.hypotheses.size + 1}`;
  return accept({
    type: 'HypothesisAdded',
    audience: 'everyone',
    seat,
    hypothesisId,
    component,
    mechanism,
    expectation: expectation.trim(),
  });
}

/** May this guess be closed? */
export function decideCloseHypothesis(
  state: IncidentState,
  seat: string,
  command: CloseHypothesis,
): Decision {
  const { hypothesisId, verdict } = command;
  const hypothesis = state.hypotheses.get(hypothesisId);
  if (hypothesis === undefined) return reject('unknown-hypothesis', 'Choose a hypothesis of the board.');
  if (hypothesis.verdict !== null)
    return reject('hypothesis-closed', 'It is closed already. Add it anew if need be.');
  return accept({ type: 'HypothesisClosed', audience: 'everyone', seat, hypothesisId, verdict });
}

/** May this diagnosis be filed? */
export function decideFileDiagnosis(_state: IncidentState, seat: string, command: FileDiagnosis): Decision {
  const { component, mechanism } = command;
  const problem = guessProblem(component, mechanism);
  return problem ?? accept({ type: 'DiagnosisFiled', audience: 'everyone', seat, component, mechanism });
}
