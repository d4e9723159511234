/** Decides about the name of the team, which boards and lists show. */
import type { NameTeam } from '../../protocol/commands.ts';
import { whyNotHost } from '../authority.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { NAME_CHARACTERS_MAX, textProblem } from './text-limits.ts';

/** May the team be called so? Before the clock runs only, on one line; an empty name takes it back. */
export function decideNameTeam(state: IncidentState, seat: string, command: NameTeam): Decision {
  const refused = whyNotHost(state, seat);
  if (refused !== null) return { ok: false, rejection: refused };
  if (state.phase !== 'lobby') {
    return reject('already-started', 'A team takes its name in the lobby. Name it before the next round.');
  }
  // Neither a break nor what nobody sees may set a name apart from another.
  const team = command.name.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  const problem = team === '' ? null : textProblem(team, NAME_CHARACTERS_MAX);
  if (problem !== null) return { ok: false, rejection: problem };
  return accept({ type: 'TeamNamed', audience: 'everyone', seat, team });
}
