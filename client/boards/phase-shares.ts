/** How a team spent its time, as shares of the whole. */
import type { PhaseSeconds } from '@chaotic-good/engine/protocol/debrief';
import { durationText } from '../ui/format.ts';

/** A phase of the time from the first harm to the close. */
export type PhaseShare = { id: keyof PhaseSeconds; title: string; seconds: number; share: number };

const TITLES: { readonly [id in keyof PhaseSeconds]: string } = {
  notice: 'Notice',
  orient: 'Orient',
  decide: 'Decide',
  repair: 'Repair',
  verify: 'Verify',
};

/** The phases in order; empty when users were never hurt. */
export function phaseShares(phases: PhaseSeconds): PhaseShare[] {
  const order = Object.keys(TITLES) as (keyof PhaseSeconds)[];
  const total = order.reduce((sum, id) => sum + phases[id], 0);
  if (total === 0) return [];
  return order.map((id) => ({ id, title: TITLES[id], seconds: phases[id], share: phases[id] / total }));
}

/** All phases in words. */
export function phaseWords(shares: readonly PhaseShare[]): string {
  const entered = shares.filter(({ seconds }) => seconds > 0);
  return entered.map(({ title, seconds }) => `${title} ${durationText(seconds)}`).join(', ');
}

/** The phase that took longest. */
export function longestPhase(shares: readonly PhaseShare[]): PhaseShare | undefined {
  return shares.reduce<PhaseShare | undefined>(
    (longest, one) => (longest === undefined || one.seconds > longest.seconds ? one : longest),
    undefined,
  );
}
