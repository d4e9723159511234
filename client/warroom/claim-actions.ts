/** Claims as things to do: take one, let it go, take it over. One wording for rows, lists and the palette. */
import type { ClaimView } from '@chaotic-good/engine/protocol/team-views';
import { leads } from '../state/role-duties.ts';
import type { RoomState } from '../state/room.svelte.ts';
import { withOwner } from './written-components.ts';

/** Something that can be done about a claim. */
export type ClaimAction = { label: string; run: () => void };

/** What is claimed when somebody claims this: the workload of a pod, else the thing itself. */
export function claimable(room: RoomState, component: string): string {
  return withOwner(component, room.info?.components ?? []).at(-1) ?? component;
}

/** The claim on a thing, or undefined. */
export function claimOf(room: RoomState, component: string): ClaimView | undefined {
  const target = claimable(room, component);
  return room.view?.claims.find((claim) => claim.component === target);
}

/** Name of whoever is at work on a thing, '' for nobody: also where nobody's eyes look, as in a replay. */
export function claimedBy(room: RoomState, component: string): string {
  const claim = claimOf(room, component);
  if (claim === undefined) return '';
  return claim.seat === room.seat ? 'you' : room.nameOf(claim.seat);
}

/** What this seat can do about a component's claim; nothing for those who only watch. */
export function claimActions(room: RoomState, component: string): ClaimAction[] {
  if (room.watches) return [];
  const target = claimable(room, component);
  const claim = claimOf(room, target);
  const take = (takeOver: boolean, label: string) => () => {
    room.do({ type: 'ClaimComponent', component: target, takeOver }, `${label} ${target}`);
  };
  const release = () => {
    room.do({ type: 'ReleaseClaim', component: target }, `Let ${target} go`);
  };
  if (claim === undefined) return [{ label: 'Claim', run: take(false, 'Claim') }];
  if (claim.seat === room.seat) return [{ label: 'Let go', run: release }];
  const over = { label: 'Take over', run: take(true, 'Take over') };
  return leads(room.me?.roles ?? []) ? [over, { label: 'Let go', run: release }] : [over];
}
