/** The plan in words: how each item stands, and what waits for whoever leads. */
import type { PlanState, PlanView } from '@chaotic-good/engine/protocol/team-views';

/** After so long without an answer a proposal is open to all, seconds; the engine opens it. */
const OPENS_SECONDS = 20;

/** The mark and the word of each state. */
export const PLAN_WORDS: Readonly<Record<PlanState, { mark: string; word: string }>> = {
  proposed: { mark: '○', word: 'asks' },
  approved: { mark: '◆', word: 'yes' },
  open: { mark: '▲', word: 'open to all' },
  refused: { mark: '✕', word: 'no' },
  done: { mark: '●', word: 'done' },
  dropped: { mark: '✕', word: 'dropped' },
};

/** Whether an item is over. */
export function isOver({ state }: Pick<PlanView, 'state'>): boolean {
  return state === 'refused' || state === 'done' || state === 'dropped';
}

/** Items that an answer is wanted for; a late one is taken too. */
export function waiting(plan: readonly PlanView[]): PlanView[] {
  return plan.filter(({ state }) => state === 'proposed' || state === 'open');
}

/** Seconds until a proposal opens to all, 0 to 20. */
export function opensInSeconds({ proposedAtMicros }: PlanView, nowMicros: number): number {
  const left = OPENS_SECONDS - Math.floor((nowMicros - proposedAtMicros) / 1e6);
  return Math.max(0, Math.min(OPENS_SECONDS, left));
}

/** What is going on first, in order of proposal; then what is over, newest first. */
export function inOrder(plan: readonly PlanView[]): PlanView[] {
  return [...plan.filter((item) => !isOver(item)), ...plan.filter(isOver).toReversed()];
}
