/** The timeline: the debrief's, put into lanes, noise folded away, said so that it stands alone. */
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { PostMortemLane, PostMortemLine } from '@chaotic-good/engine/protocol/post-mortem';
import type { TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { changeThatEndedIt } from './ending.ts';
import { changesOf, lineOf, ofType } from './parts.ts';
import type { PostMortemParts } from './parts.ts';
import { lowerFirst } from './words.ts';

/** Titles of the lanes, in the order in which they are drawn. */
export const LANES: readonly [PostMortemLane, title: string][] = [
  ['journeys', 'Users'],
  ['system', 'System and alerts'],
  ['decisions', 'Decisions'],
  ['changes', 'Changes'],
  ['comms', 'Communication'],
  ['notes', 'Notes'],
];

/** Where each kind of line belongs; what is absent is system. */
const LANE_OF: { [kind: string]: PostMortemLane | undefined } = {
  'impact-began': 'journeys',
  'impact-ended': 'journeys',
  'incident-recovered': 'journeys',
  'incident-relapsed': 'journeys',
  'hold-broken': 'journeys',
  'tickets-opened': 'comms',
  'cluster-command-ran': 'changes',
  'world-written': 'changes',
  'incident-declared': 'decisions',
  'alert-acknowledged': 'decisions',
  'hypothesis-added': 'decisions',
  'hypothesis-closed': 'decisions',
  'diagnosis-filed': 'decisions',
  'resolution-declared': 'decisions',
  'plan-proposed': 'decisions',
  'plan-answered': 'decisions',
  'plan-opened': 'decisions',
  'plan-finished': 'decisions',
  'next-action-named': 'decisions',
  'role-taken': 'decisions',
  'component-claimed': 'decisions',
  'claim-released': 'decisions',
  'hint-taken': 'decisions',
  'message-posted': 'comms',
  'status-posted': 'comms',
  'persona-spoke': 'comms',
  'note-added': 'notes',
  'evidence-pinned': 'notes',
  'event-pinned': 'notes',
};

/** Kinds that say nothing to somebody who was not there; what people said to each other is theirs. */
const FOLDED = new RegExp(
  '^(' +
    [
      'seat-|role-chosen|ready-set|host-passed|room-locked|speed-set|truth-revealed|incident-started',
      'trouble-awaited|warm-up-done|calm-|command-refused|script-line-refused',
      'component-claimed|claim-released',
      'event-pinned|message-posted|plan-finished|next-action-named|alert-resolved|tickets-opened',
      'recovery-judged|invariant-judged',
    ].join('|') +
    ')',
);

/** Lines as they came, by the number of their event. */
type Known = { parts: PostMortemParts; bySeq: ReadonlyMap<number, IncidentEvent> };

/** What a line says when it stands alone, where the frozen one does not. */
function textOf({ parts, bySeq }: Known, entry: TimelineEntry): string {
  const event = bySeq.get(entry.seq);
  switch (event?.type) {
    case 'FaultStarted':
      return `The fault began, unseen: ${lowerFirst(parts.debrief.truth.title)}`;
    case 'AlertFired': {
      const about = event.subject === '' ? '' : ` (${event.subject})`;
      return `${event.severity === 'page' ? 'Page' : 'Ticket'}: ${event.title}${about}`;
    }
    case 'PlanAnswered':
    case 'PlanFinished': {
      const plan = ofType(parts, 'PlanProposed').find(({ planId }) => planId === event.planId);
      return plan === undefined ? entry.text : `${entry.text}: ${plan.text}`;
    }
    case 'HypothesisClosed': {
      const guess = ofType(parts, 'HypothesisAdded').find(
        ({ hypothesisId }) => hypothesisId === event.hypothesisId,
      );
      return guess === undefined ? entry.text : `${entry.text}: ${guess.component}`;
    }
    default:
      return entry.text;
  }
}

/** What a line was to the whole, by the number of its event. */
function markersOf(parts: PostMortemParts): Map<number, string> {
  const { onsetMicros } = parts.debrief.truth;
  const page = ofType(parts, 'AlertFired').find(
    ({ severity, atMicros }) => severity === 'page' && atMicros >= onsetMicros,
  );
  const marked: [number | undefined, string][] = [
    [ofType(parts, 'FaultStarted')[0]?.seq, 'cause'],
    [ofType(parts, 'ImpactBegan')[0]?.seq, 'impact'],
    [page?.seq, 'detection'],
    [ofType(parts, 'IncidentDeclared')[0]?.seq, 'declared'],
    [ofType(parts, 'DiagnosisFiled').at(-1)?.seq, 'diagnosis'],
    [changeThatEndedIt(parts)?.seq, 'repair'],
    [ofType(parts, 'ImpactEnded').at(-1)?.seq, 'recovery'],
    ...ofType(parts, 'IncidentRelapsed').map(({ seq }): [number, string] => [seq, 'relapse']),
    [ofType(parts, 'IncidentClosed').at(-1)?.seq, 'end'],
  ];
  for (const { line, second } of parts.debrief.worse ?? []) {
    const move = changesOf(parts).find(
      (change) => Math.floor(change.atMicros / 1_000_000) === second && lineOf(change) === line,
    );
    marked.push([move?.seq, 'made it worse']);
  }
  return new Map(marked.filter((one): one is [number, string] => one[0] !== undefined));
}

/** When something happened; that users were hurt is known some seconds later than it is so. */
function momentOf({ bySeq }: Known, { seq, atMicros }: TimelineEntry): number {
  const event = bySeq.get(seq);
  return event?.type === 'ImpactBegan' || event?.type === 'ImpactEnded' ? event.second * 1_000_000 : atMicros;
}

/** The lines, in order of time. */
export function timelineLines(parts: PostMortemParts): PostMortemLine[] {
  const known = { parts, bySeq: new Map(parts.events.map((event) => [event.seq, event])) };
  const markers = markersOf(parts);
  let tickets = 0;
  return parts.debrief.timeline
    .filter(({ atMicros }) => atMicros <= parts.debrief.closedAtMicros)
    .map((entry) => {
      const { seq, kind, seat, tone } = entry;
      // The first tickets say that customers noticed; how many came in the end stands under impact.
      const isFirstTicket = kind === 'tickets-opened' && tickets++ === 0;
      return {
        id: `e${seq}`,
        atMicros: momentOf(known, entry),
        lane: LANE_OF[kind] ?? 'system',
        who: seat,
        text: textOf(known, entry),
        typed: kind === 'cluster-command-ran',
        tone,
        marker: markers.get(seq) ?? '',
        pinned: false,
        hidden: FOLDED.test(kind) && !isFirstTicket,
        added: false,
      };
    })
    .sort((left, right) => left.atMicros - right.atMicros);
}
