/** The timeline: events in words, for one viewer. */
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import { mayKnow } from '../protocol/audience.ts';
import type { Viewer } from '../protocol/audience.ts';
import type { Happening, IncidentEvent } from '../protocol/events.ts';
import { MECHANISMS } from '../protocol/mechanisms.ts';
import { ROLES } from '../protocol/roles.ts';
import type { TimelineEntry } from '../protocol/views.ts';
import { TEAM_TELLERS } from './team-timeline.ts';
import type { Line, Teller } from './timeline-line.ts';

const CLOSE_WORDS = {
  resolved: 'the team resolved it',
  'time-limit': 'time is up',
  host: 'the host ended it',
  abandoned: 'nobody was left',
};

const ALERT_WORDS = { page: 'Page', ticket: 'Ticket' };

function mechanismTitle(id: string): string {
  return MECHANISMS.find((mechanism) => mechanism.id === id)?.title ?? id;
}

/** A number as people read it: two places, no more. */
function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** What a person did follows their name; what the server did stands by itself. */
function bySeat(seat: string, didIt: string, byItself: string): string {
  return seat === SYSTEM_SEAT ? byItself : didIt;
}

function about(subject: string): string {
  return subject === '' ? '' : ` (${subject})`;
}

/** How each kind of event is told. What is absent here is not told. */
const TELLERS: { [Type in Happening['type']]?: Teller<Type> } = {
  SeatJoined: (event) => [`${event.name} joined`, 'neutral'],
  SeatLeft: (event) => [`${event.name} ${event.removed ? 'was removed by the host' : 'left'}`, 'neutral'],
  SeatRenamed: (event) => [`${event.before} is now called ${event.name}`, 'neutral'],
  RoleChosen: (event) => [`wants to be ${ROLES.find(({ role }) => role === event.role)?.title}`, 'neutral'],
  HostPassed: () => ['is the host now', 'neutral'],
  SeatConnected: () => ['is back', 'neutral'],
  SeatDisconnected: () => ['lost the connection', 'neutral'],
  SeatAway: () => ['is away', 'neutral'],
  RoomLocked: (event) => [event.locked ? 'The room is locked' : 'The room is open', 'neutral'],
  TeamNamed: (event) => [
    event.team === '' ? 'The team has no name' : `The team is called ${event.team}`,
    'neutral',
  ],
  ServerReturned: (event) => [`The server was away for ${event.awaySeconds} s; time stood still`, 'neutral'],
  IncidentStarted: () => ['The clock runs', 'neutral'],
  IncidentPaused: (event) => [
    bySeat(event.seat, 'stopped the clock', 'Nobody is here: the clock stops'),
    'neutral',
  ],
  IncidentResumed: (event) => [bySeat(event.seat, 'lets the clock run on', 'The clock runs on'), 'neutral'],
  SpeedSet: (event) => [`Speed ${event.speed}×`, 'neutral'],
  TimeExtended: (event) => [
    `Time limit is now ${Math.round(event.timeLimitMicros / 60_000_000)} min`,
    'neutral',
  ],
  IncidentClosed: (event) => [
    `Incident closed: ${CLOSE_WORDS[event.reason]}`,
    event.recovered ? 'good' : 'bad',
  ],
  TruthRevealed: (event) => [
    event.filed ? 'The diagnosis is filed: the truth can be told' : 'The truth can be told',
    'neutral',
  ],
  ...TEAM_TELLERS,
  IncidentDeclared: (event) => [`Declared an incident, ${event.severity}`, 'action'],
  AlertAcknowledged: (event) => [`Took on: ${event.title}`, 'action'],
  MessagePosted: (event) => [event.text, 'neutral'],
  HypothesisAdded: (event) => [
    `Suspects ${event.component}: ${mechanismTitle(event.mechanism)}` +
      (event.expectation === '' ? '' : `. Expects: ${event.expectation}`),
    'action',
  ],
  HypothesisClosed: (event) => [`Hypothesis ${event.verdict}`, 'action'],
  DiagnosisFiled: (event) => [`Diagnosis: ${event.component}, ${mechanismTitle(event.mechanism)}`, 'action'],
  ResolutionDeclared: (event) => [
    event.early ? 'Declared it resolved, early' : 'Declared it resolved',
    'action',
  ],
  NoteAdded: (event) => [
    `${event.followUp === '' ? '' : `Follow up on ${event.followUp}: `}${event.text}`,
    'neutral',
  ],
  EventPinned: () => ['Pinned an event', 'neutral'],
  ClusterCommandRan: (event) => [
    `${event.line === '' ? event.command.type : event.line}${event.outcome.ok ? '' : ' (refused)'}`,
    'action',
  ],
  WorldWritten: (event) => [`Changed the world: ${event.request.verb} ${event.request.resource}`, 'neutral'],
  CommandRefused: (event) => [event.rejection.sentence, 'neutral'],
  ScriptLineRefused: (event) => [`${event.line}: ${event.rejection.sentence}`, 'neutral'],
  AlertFired: (event) => [
    `${ALERT_WORDS[event.severity]}: ${event.title}${about(event.subject)}, ${short(event.value)}`,
    'bad',
  ],
  AlertResolved: (event) => [`No longer fires: ${event.title}`, 'good'],
  ImpactBegan: () => ['Users began to be hurt', 'bad'],
  ImpactEnded: () => ['Users are no longer hurt', 'good'],
  IncidentRecovered: (event) => [`Journeys have held for ${event.holdSeconds} s: recovered`, 'good'],
  HoldBroken: () => ['Users are hurt again: the hold is broken', 'bad'],
  IncidentRelapsed: () => ['Users are hurt again: relapsed', 'bad'],
  FaultStarted: (event) => [`The fault began: ${event.fault}, ${event.instance}`, 'bad'],
  InvariantBroken: (event) => [`Broken: ${event.title}`, 'bad'],
  InvariantRestored: (event) => [`Restored: ${event.title}`, 'good'],
  RecoveryJudged: (event) => [
    event.recovery === 'none' ? 'It did not recover' : `The recovery was ${event.recovery}`,
    event.recovery === 'durable' || event.recovery === 'contained' ? 'good' : 'bad',
  ],
};

/** `AlertFired` as `alert-fired`. */
function kebab(type: string): string {
  return type.replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** One event in words, or null when it is not told. */
export function timelineEntry(event: IncidentEvent): TimelineEntry | null {
  const tell = TELLERS[event.type] as ((event: IncidentEvent) => Line) | undefined;
  if (tell === undefined) return null;
  const [text, tone] = tell(event);
  const seat = 'seat' in event && event.seat !== SYSTEM_SEAT ? event.seat : '';
  return { seq: event.seq, atMicros: event.atMicros, kind: kebab(event.type), seat, text, tone };
}

/** The timeline of a log for a viewer; `debrief` opens everything to everyone. */
export function timelineOf(
  events: readonly IncidentEvent[],
  viewer: Viewer,
  debrief: boolean,
): TimelineEntry[] {
  return events.flatMap((event) => {
    if (!debrief && !mayKnow(event.audience, viewer)) return [];
    const entry = timelineEntry(event);
    return entry === null ? [] : [entry];
  });
}
