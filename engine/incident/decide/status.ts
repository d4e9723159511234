/** Decides about what the public is told, and what is pinned as evidence. */
import { NEXT_UPDATE_MINUTES } from '../../protocol/team-commands.ts';
import type { PinEvidence, PostStatus } from '../../protocol/team-commands.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';
import { rolesOfSeats } from '../role-combination.ts';
import { PIN_CHARACTERS_MAX, textProblem } from './text-limits.ts';

/** Roles that speak for the team. */
const SPEAKERS = ['comms', 'incident-commander', 'deputy'];
/** Pins that a team can have: the post-mortem embeds them all. */
const PINS_MAX = 40;

/** May this be told to the public? Its four facts are typed; nothing in it is free text. */
export function decidePostStatus(state: IncidentState, seat: string, command: PostStatus): Decision {
  const roles = rolesOfSeats(state).get(seat) ?? [];
  if (!roles.some((role) => SPEAKERS.includes(role))) {
    return reject('role-may-not', 'Comms, or whoever commands, speaks for the team.');
  }
  const journeys = [...new Set(command.journeys)];
  if (journeys.some((name) => !state.journeyNames.includes(name))) {
    return reject('unknown-journey', 'Choose journeys of the list.');
  }
  if (command.state === 'resolved' && journeys.length > 0) {
    return reject(
      'out-of-range',
      'An all-clear names no hurt journey. Take them off, or choose another state.',
    );
  }
  if (!(NEXT_UPDATE_MINUTES as readonly number[]).includes(command.nextUpdateMinutes)) {
    return reject('out-of-range', `Promise the next update in ${NEXT_UPDATE_MINUTES.join(', ')} minutes.`);
  }
  const { severity, state: word } = command;
  return accept({
    type: 'StatusPosted',
    audience: 'everyone',
    seat,
    journeys,
    severity,
    state: word,
    nextUpdateMinutes: command.nextUpdateMinutes,
  });
}

/** May this be pinned? */
export function decidePinEvidence(state: IncidentState, seat: string, command: PinEvidence): Decision {
  const { kind, title, text, place } = command;
  const problem = textProblem(title, PIN_CHARACTERS_MAX.title);
  if (problem !== null) return { ok: false, rejection: problem };
  if (text.length > PIN_CHARACTERS_MAX.text || place.length > PIN_CHARACTERS_MAX.place) {
    return reject('too-long', `Pin at most ${PIN_CHARACTERS_MAX.text} characters of it.`);
  }
  // Shown as a link within the room, so nothing may lead elsewhere.
  if (place !== '' && !place.startsWith('?')) return reject('out-of-range', 'Pin a place of this room.');
  if (state.team.pins.length >= PINS_MAX) {
    return reject('too-many', `A team can pin ${PINS_MAX} things. Choose what matters most.`);
  }
  const pinId = `pin-${state.team.pins.length + 1}`;
  return accept({
    type: 'EvidencePinned',
    audience: 'everyone',
    seat,
    pinId,
    kind,
    title: title.trim(),
    text,
    place,
  });
}
