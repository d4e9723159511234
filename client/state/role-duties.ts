/** What roles are for, where the page asks for it; the engine decides again whatever is asked of it. */
import type { Role } from '@chaotic-good/engine/protocol/roles';

/** What a seat does first: decides its order of panels and the tab that it starts on. */
export type Duty = 'lead' | 'comms' | 'scribe' | 'ops' | 'watch';

/** Whether these roles answer proposals and name what is next. */
export function leads(roles: readonly Role[]): boolean {
  return roles.includes('incident-commander') || roles.includes('deputy');
}

/** Whether these roles speak for the team on the status page. */
export function speaks(roles: readonly Role[]): boolean {
  return leads(roles) || roles.includes('comms');
}

/** What a seat of these roles does first. Whoever holds several roles is led by the first of them. */
export function dutyOf(roles: readonly Role[]): Duty {
  const [first] = roles;
  if (first === 'incident-commander' || first === 'deputy') return 'lead';
  return first === undefined || first === 'observer' ? 'watch' : first;
}
