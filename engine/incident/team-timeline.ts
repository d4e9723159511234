/** Teamwork and the world outside in words, for the timeline. */
import { ROLES } from '../protocol/roles.ts';
import type { StatusWord } from '../protocol/team-commands.ts';
import type { Persona, TeamEvent } from '../protocol/team-events.ts';
import type { Teller } from './timeline-line.ts';

const STATUS_WORDS: { readonly [word in StatusWord]: string } = {
  investigating: 'we are looking into it',
  identified: 'the cause is known',
  monitoring: 'a fix is in, we are watching',
  resolved: 'it is resolved',
};

const PERSONA_WORDS: { readonly [persona in Persona]: string } = {
  support: 'Support',
  executive: 'The executive',
  customer: 'A customer',
};

const EVIDENCE_WORDS = { chart: 'a chart', log: 'a log line', command: 'a command' };

/** How each kind of event of teamwork is told. */
export const TEAM_TELLERS: { [Type in TeamEvent['type']]: Teller<Type> } = {
  TroubleAwaited: () => ['is ready for trouble', 'neutral'],
  CalmEnded: (event) => [
    event.early ? 'Everybody is ready: the calm is over' : 'The calm is over',
    'neutral',
  ],
  WarmUpDone: (event) => [`Warmed up: ${event.title}`, 'neutral'],
  HintTaken: (event) => [`Hint ${event.level}: ${event.text}`, 'action'],
  PlanProposed: (event) => [`Proposes: ${event.text}`, 'action'],
  PlanAnswered: (event) => [
    event.approved ? 'Said yes to the proposal' : 'Said no to the proposal',
    'action',
  ],
  PlanOpened: () => ['Nobody answered the proposal in 20 s: it is open to anyone', 'neutral'],
  PlanFinished: (event) => [event.done ? 'Planned and done' : 'Dropped from the plan', 'action'],
  NextActionNamed: (event) => [
    event.text === '' ? 'Nothing is named as next' : `Next: ${event.text}`,
    'action',
  ],
  StatusPosted: (event) => [
    `Status page, ${event.severity}: ${STATUS_WORDS[event.state]}` +
      (event.journeys.length === 0 ? '' : `; hurt: ${event.journeys.join(', ')}`) +
      `; next update in ${event.nextUpdateMinutes} min`,
    'action',
  ],
  EvidencePinned: (event) => [`Pinned ${EVIDENCE_WORDS[event.kind]}: ${event.title}`, 'action'],
  ComponentClaimed: (event) => [
    event.from === '' ? `Is at work on ${event.component}` : `Took over ${event.component}`,
    'neutral',
  ],
  ClaimReleased: (event) => [
    event.expired ? `Claim on ${event.component} has lapsed` : `Let ${event.component} go`,
    'neutral',
  ],
  RoleTaken: (event) => [`Took over as ${ROLES.find(({ role }) => role === event.role)?.title}`, 'action'],
  PersonaSpoke: (event) => [
    `${PERSONA_WORDS[event.persona]}: ${event.text}`,
    event.reason === 'thanks' ? 'good' : 'bad',
  ],
  TicketsOpened: (event) => [
    `${event.count} support ${event.count === 1 ? 'ticket' : 'tickets'} about “${event.title}”`,
    'bad',
  ],
};
