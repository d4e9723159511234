/** Decides about guesses and the diagnosis: a component and a mechanism from closed lists. */
import { isMechanism } from '../../protocol/mechanisms.ts';
import type { AddHypothesis, CloseHypothesis, FileDiagnosis } from '../../protocol/commands.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { componentProblem } from './component-name.ts';
import { textProblem } from './text-limits.ts';

function guessProblem(component: string, mechanism: string): Decision | null {
  const named = componentProblem(component);
  if (named !== null) return { ok: false, rejection: named };
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

/** May this diagnosis be filed? After the close it is the last word: the truth is told at once. */
export function decideFileDiagnosis(state: IncidentState, seat: string, command: FileDiagnosis): Decision {
  const { component, mechanism } = command;
  const problem = guessProblem(component, mechanism);
  if (problem !== null) return problem;
  const filed = { type: 'DiagnosisFiled', audience: 'everyone', seat, component, mechanism } as const;
  if (state.phase !== 'closed') return accept(filed);
  return accept(filed, { type: 'TruthRevealed', audience: 'everyone', filed: true });
}
