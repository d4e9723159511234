/** Counts how a team worked together, from the whole log. Counted, not scored. */
import type { EventOf, Happening, IncidentEvent } from '../protocol/events.ts';
import type { TeamworkCounts } from '../protocol/teamwork-counts.ts';

type Log = readonly IncidentEvent[];

function ofType<Type extends Happening['type']>(events: Log, type: Type): EventOf<Type>[] {
  return events.filter((event): event is EventOf<Type> => event.type === type);
}

/** What whoever leads proposes is approved by the same command. */
function proposals(events: Log): Pick<TeamworkCounts, 'byLead' | 'answeredInTime'> {
  const opened = new Set(ofType(events, 'PlanOpened').map(({ planId }) => planId));
  const answers = ofType(events, 'PlanAnswered');
  let byLead = 0;
  let answeredInTime = 0;
  for (const { planId, commandSeq } of ofType(events, 'PlanProposed')) {
    const answer = answers.find((one) => one.planId === planId);
    if (answer?.commandSeq === commandSeq) byLead++;
    else if (answer !== undefined && !opened.has(planId)) answeredInTime++;
  }
  return { byLead, answeredInTime };
}

/** A promise is kept by the next update, or by the close. */
function overdueUpdates(events: Log, closedAtMicros: number): number {
  const posted = ofType(events, 'StatusPosted');
  return posted.filter(({ state, atMicros, nextUpdateMinutes }, at) => {
    const keptMicros = posted[at + 1]?.atMicros ?? closedAtMicros;
    return state !== 'resolved' && keptMicros > atMicros + nextUpdateMinutes * 60_000_000;
  }).length;
}

/** Whether users were hurt at a moment, microseconds, as the referee saw it. */
function isHurtAt(events: Log, micros: number): boolean {
  let isHurt = false;
  for (const event of events) {
    if (!('second' in event) || event.second * 1e6 > micros) continue;
    if (event.type === 'ImpactBegan' || event.type === 'IncidentRelapsed') isHurt = true;
    if (event.type === 'ImpactEnded') isHurt = false;
  }
  return isHurt;
}

function falseAllClears(events: Log): number {
  const posted = ofType(events, 'StatusPosted');
  const contradicted = ofType(events, 'PersonaSpoke').filter(({ reason }) => reason === 'false-all-clear');
  return posted.filter(({ state, atMicros }, at) => {
    if (state !== 'resolved') return false;
    const until = posted[at + 1]?.atMicros ?? Infinity;
    const isContradicted = contradicted.some((said) => said.atMicros >= atMicros && said.atMicros < until);
    return isContradicted || isHurtAt(events, atMicros);
  }).length;
}

/** The counts of an incident that closed at a moment, microseconds. */
export function teamworkCounts(events: Log, closedAtMicros: number): TeamworkCounts {
  const claimed = ofType(events, 'ComponentClaimed');
  return {
    proposals: ofType(events, 'PlanProposed').length,
    ...proposals(events),
    openedUnanswered: ofType(events, 'PlanOpened').length,
    done: ofType(events, 'PlanFinished').filter(({ done }) => done).length,
    claims: claimed.filter(({ from }) => from === '').length,
    takeOvers: claimed.filter(({ from }) => from !== '').length,
    statusUpdates: ofType(events, 'StatusPosted').length,
    overdueUpdates: overdueUpdates(events, closedAtMicros),
    falseAllClears: falseAllClears(events),
    pins: ofType(events, 'EvidencePinned').length,
    notes: ofType(events, 'NoteAdded').length,
    tickets: ofType(events, 'TicketsOpened').reduce((sum, { count }) => sum + count, 0),
  };
}
