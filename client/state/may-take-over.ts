/** Whether the role of somebody who is away is there for the taking. */
import type { SeatView } from '@chaotic-good/engine/protocol/views';

/** Players take it, by one click, as long as they do not hold it themselves. */
export function mayTakeOver(seat: SeatView, me: SeatView | null): boolean {
  if (seat.awaySinceMicros === null || seat.kind !== 'player' || me?.kind !== 'player') return false;
  return seat.seat !== me.seat && seat.roles.length > 0 && !me.roles.includes(seat.roles[0]);
}
