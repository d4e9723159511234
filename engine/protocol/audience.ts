/** Who may know an event while the incident runs. After the debrief opens, everyone may know everything. */
import type { Role } from './roles.ts';

/** An audience. The facilitator also sees what `everyone`, seats and roles see; the referee sees all. */
export type Audience = 'everyone' | { seat: string } | { role: Role } | 'facilitator' | 'referee';

/** Somebody who looks. */
export type Viewer =
  /** A seat with the roles it holds now. */
  | { kind: 'seat'; seat: string; roles: readonly Role[] }
  /** Sees the truth, cannot play. */
  | { kind: 'facilitator' }
  /** Sees all; scoring and tests. */
  | { kind: 'referee' }
  /** A spectator without a seat. */
  | { kind: 'public' };

/** True when the viewer may know something of this audience before the debrief. */
export function mayKnow(audience: Audience, viewer: Viewer): boolean {
  if (viewer.kind === 'referee' || audience === 'everyone') return true;
  if (viewer.kind === 'facilitator') return audience !== 'referee';
  if (viewer.kind === 'public' || typeof audience === 'string') return false;
  if ('seat' in audience) return audience.seat === viewer.seat;
  return viewer.roles.includes(audience.role);
}
