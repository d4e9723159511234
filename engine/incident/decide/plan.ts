/** Decides about what the team means to do: proposals, answers, the next action, claims. */
import type {
  AnswerPlan,
  ClaimComponent,
  FinishPlan,
  NameNext,
  ProposePlan,
  ReleaseClaim,
} from '../../protocol/team-commands.ts';
import type { NewEvent } from '../../protocol/events.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { rolesOfSeats } from '../role-combination.ts';
import { componentProblem } from './component-name.ts';
import { PLAN_CHARACTERS_MAX, textProblem } from './text-limits.ts';

/** Longest shell line of a proposal, characters. */
const LINE_CHARACTERS_MAX = 1000;
/** Proposals that may wait or run at once: more is a list nobody reads. */
const OPEN_ITEMS_MAX = 30;

/** Whether a seat leads: only then may it answer and name what is next. */
function leads(state: IncidentState, seat: string): boolean {
  const roles = rolesOfSeats(state).get(seat) ?? [];
  return roles.includes('incident-commander') || roles.includes('deputy');
}

const ONLY_LEAD = reject('role-may-not', 'Whoever commands answers. Take the role over if nobody does.');
const UNKNOWN_PLAN = reject('unknown-plan', 'Choose an item of the plan.');

/** May this be proposed? What whoever leads proposes is approved by that. */
export function decideProposePlan(state: IncidentState, seat: string, command: ProposePlan): Decision {
  const problem = textProblem(command.text, PLAN_CHARACTERS_MAX);
  if (problem !== null) return { ok: false, rejection: problem };
  if (command.line.length > LINE_CHARACTERS_MAX) {
    return reject('too-long', `Shorten the line to ${LINE_CHARACTERS_MAX} characters.`);
  }
  const named = command.component === '' ? null : componentProblem(command.component);
  if (named !== null) return { ok: false, rejection: named };
  const waiting = [...state.team.plan.values()].filter((item) => !isOver(item.state));
  if (waiting.length >= OPEN_ITEMS_MAX) {
    return reject('too-many', 'The plan is full. Finish or drop something first.');
  }
  const planId = `plan-${state.team.plan.size + 1}`;
  const { line, component } = command;
  const proposed: NewEvent = {
    type: 'PlanProposed',
    audience: 'everyone',
    seat,
    planId,
    text: command.text.trim(),
    line,
    component,
  };
  if (!leads(state, seat)) return accept(proposed);
  return accept(proposed, { type: 'PlanAnswered', audience: 'everyone', seat, planId, approved: true });
}

function isOver(state: string): boolean {
  return state === 'refused' || state === 'done' || state === 'dropped';
}

/** May this be answered? A late answer is taken too: what was open becomes approved or refused. */
export function decideAnswerPlan(state: IncidentState, seat: string, command: AnswerPlan): Decision {
  if (!leads(state, seat)) return ONLY_LEAD;
  const item = state.team.plan.get(command.planId);
  if (item === undefined) return UNKNOWN_PLAN;
  if (item.state !== 'proposed' && item.state !== 'open') {
    return reject('already-declared', 'This has been answered already.');
  }
  const { planId } = item;
  return accept({ type: 'PlanAnswered', audience: 'everyone', seat, planId, approved: command.approve });
}

/** May this be called done, or dropped? Anyone may: whoever did it knows. */
export function decideFinishPlan(state: IncidentState, seat: string, command: FinishPlan): Decision {
  const item = state.team.plan.get(command.planId);
  if (item === undefined) return UNKNOWN_PLAN;
  if (isOver(item.state)) return reject('already-declared', 'This is over already.');
  const { planId } = item;
  return accept({ type: 'PlanFinished', audience: 'everyone', seat, planId, done: command.done });
}

/** May this be named as next? */
export function decideNameNext(state: IncidentState, seat: string, command: NameNext): Decision {
  if (!leads(state, seat)) return ONLY_LEAD;
  const text = command.text.trim();
  if (text.length > PLAN_CHARACTERS_MAX) {
    return reject('too-long', `Shorten the text to ${PLAN_CHARACTERS_MAX} characters.`);
  }
  return accept({ type: 'NextActionNamed', audience: 'everyone', seat, text });
}

/** May this component be claimed? Somebody else's claim is taken over only on purpose. */
export function decideClaim(state: IncidentState, seat: string, command: ClaimComponent): Decision {
  const { component, takeOver } = command;
  const named = componentProblem(component);
  if (named !== null) return { ok: false, rejection: named };
  const claim = state.team.claims.get(component);
  if (claim?.seat === seat) return reject('already-declared', 'You have claimed this already.');
  if (claim !== undefined && !takeOver) {
    const name = state.seats.get(claim.seat)?.name ?? 'Somebody';
    return reject('claimed', `${name} is at work on ${component}. Ask first, or take it over.`);
  }
  return accept({ type: 'ComponentClaimed', audience: 'everyone', seat, component, from: claim?.seat ?? '' });
}

/** May this claim be let go? One's own, or any by whoever leads. */
export function decideRelease(state: IncidentState, seat: string, command: ReleaseClaim): Decision {
  const claim = state.team.claims.get(command.component);
  if (claim === undefined) return reject('unknown-component', 'Nobody has claimed this.');
  if (claim.seat !== seat && !leads(state, seat)) {
    return reject('role-may-not', 'Only who claimed it, or whoever commands, lets it go.');
  }
  const { component } = claim;
  return accept({ type: 'ClaimReleased', audience: 'everyone', seat: claim.seat, component, expired: false });
}
