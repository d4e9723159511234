import { describe, expect, it } from 'vitest';
import type { NewEvent } from '../../protocol/events.ts';
import type { RejectionCode } from '../../protocol/rejection.ts';
import { runningWith, stateAfter, stateFixture } from '../../testing/fixtures.ts';
import type { IncidentState } from '../incident-state.ts';
import { recordEvents } from '../record.ts';
import { decide } from './decide.ts';
import type { StateCommand } from './decide.ts';

// Method: given what happened, when a seat asks, then these events or this refusal; nothing else changes.

type Case = [
  name: string,
  given: IncidentState,
  seat: string,
  when: StateCommand,
  then: object[] | RejectionCode,
];

function after(state: IncidentState, ...events: NewEvent[]): IncidentState {
  for (const event of events) recordEvents(state, 30_000_000, 0, [event]);
  return state;
}

const fired: NewEvent = {
  type: 'AlertFired',
  audience: 'everyone',
  alertId: 'alert-1',
  ruleId: 'vote',
  title: 'Votes fail',
  severity: 'page',
  subject: '',
  value: 15,
};
const guess: NewEvent = {
  type: 'HypothesisAdded',
  audience: 'everyone',
  seat: 'ana',
  hypothesisId: 'hypothesis-1',
  component: 'node/worker-1',
  mechanism: 'packet-loss',
  expectation: 'retransmits',
};
const recovered: NewEvent = { type: 'IncidentRecovered', audience: 'everyone', second: 400, holdSeconds: 90 };
const facilitator: NewEvent = {
  type: 'SeatJoined',
  audience: 'everyone',
  seat: 'eve',
  name: 'Eve',
  kind: 'facilitator',
};
const watching: NewEvent = { type: 'RoleChosen', audience: 'everyone', seat: 'ben', role: 'observer' };
const over: NewEvent = { type: 'IncidentClosed', audience: 'everyone', reason: 'host', recovered: false };
const hypothesis = {
  type: 'AddHypothesis',
  component: 'node/worker-2',
  mechanism: 'packet-loss',
  expectation: 'x',
} as const;

const CASES: Case[] = [
  [
    'the first seat becomes the host',
    stateFixture(),
    'ana',
    { type: 'JoinSeat', name: ' Ana ', kind: 'player' },
    [
      { type: 'SeatJoined', name: 'Ana' },
      { type: 'HostPassed', seat: 'ana' },
    ],
  ],
  [
    'the second seat does not',
    runningWith('ana'),
    'ben',
    { type: 'JoinSeat', name: 'Ben', kind: 'player' },
    [{ type: 'SeatJoined', seat: 'ben' }],
  ],
  [
    'a seat is taken once',
    runningWith('ana'),
    'ana',
    { type: 'JoinSeat', name: 'Ana', kind: 'player' },
    'seat-taken',
  ],
  [
    'a name is not empty',
    stateFixture(),
    'ana',
    { type: 'JoinSeat', name: ' ', kind: 'player' },
    'empty-text',
  ],
  [
    'a host who leaves passes the place on',
    runningWith('ana', 'ben'),
    'ana',
    { type: 'LeaveSeat' },
    [
      { type: 'SeatLeft', seat: 'ana' },
      { type: 'HostPassed', seat: 'ben' },
    ],
  ],
  [
    'only the host removes',
    runningWith('ana', 'ben'),
    'ben',
    { type: 'RemoveSeat', seat: 'ana' },
    'only-host',
  ],
  [
    'anybody renames the own seat',
    runningWith('ana', 'ben'),
    'ben',
    { type: 'RenameSeat', seat: 'ben', name: 'B' },
    [{ type: 'SeatRenamed', seat: 'ben', before: 'ben', name: 'B' }],
  ],
  [
    'the host renames anybody',
    runningWith('ana', 'ben'),
    'ana',
    { type: 'RenameSeat', seat: 'ben', name: ' Benedikt ' },
    [{ type: 'SeatRenamed', seat: 'ben', name: 'Benedikt' }],
  ],
  [
    'nobody else does',
    runningWith('ana', 'ben'),
    'ben',
    { type: 'RenameSeat', seat: 'ana', name: 'A' },
    'only-host',
  ],
  [
    'a facilitator is not the host',
    after(runningWith('ana', 'ben'), facilitator),
    'eve',
    { type: 'RemoveSeat', seat: 'ben' },
    'only-host',
  ],
  [
    'a seat keeps a name',
    runningWith('ana', 'ben'),
    'ana',
    { type: 'RenameSeat', seat: 'ben', name: ' ' },
    'empty-text',
  ],
  [
    'the host removes a player',
    runningWith('ana', 'ben'),
    'ana',
    { type: 'RemoveSeat', seat: 'ben' },
    [{ type: 'SeatLeft', seat: 'ben', name: 'ben', removed: true }],
  ],
  [
    'a seat that is gone is not removed again',
    after(runningWith('ana', 'ben'), {
      type: 'SeatLeft',
      audience: 'everyone',
      seat: 'ben',
      name: 'ben',
      removed: true,
    }),
    'ana',
    { type: 'RemoveSeat', seat: 'ben' },
    'unknown-seat',
  ],
  [
    'the host does not remove the own seat',
    runningWith('ana', 'ben'),
    'ana',
    { type: 'RemoveSeat', seat: 'ana' },
    'own-seat',
  ],
  [
    "presence is the server's word",
    runningWith('ana'),
    'ana',
    { type: 'Disconnected', seat: 'ana' },
    'only-system',
  ],
  [
    'the server notes who is away',
    runningWith('ana'),
    'system',
    { type: 'Disconnected', seat: 'ana' },
    [{ type: 'SeatDisconnected', seat: 'ana' }],
  ],
  [
    "its absence is the server's word, too",
    runningWith('ana'),
    'ana',
    { type: 'ServerReturned', awaySeconds: 7 },
    'only-system',
  ],
  [
    'the server notes that it was away',
    runningWith('ana'),
    'system',
    { type: 'ServerReturned', awaySeconds: 6.6 },
    [{ type: 'ServerReturned', awaySeconds: 7 }],
  ],
  ['only the host starts', stateAfter(), 'ben', { type: 'StartIncident' }, 'unknown-seat'],
  ['nobody starts twice', runningWith('ana'), 'ana', { type: 'StartIncident' }, 'already-started'],
  [
    'nobody pauses a lobby',
    stateAfter({ type: 'HostPassed', audience: 'everyone', seat: 'ana' }),
    'ana',
    { type: 'Pause' },
    'not-started',
  ],
  [
    'the host stops the clock for all, by name',
    runningWith('ana'),
    'ana',
    { type: 'Pause' },
    [{ type: 'IncidentPaused', seat: 'ana' }],
  ],
  [
    'the server does when nobody is there',
    runningWith('ana'),
    'system',
    { type: 'Pause' },
    [{ type: 'IncidentPaused', seat: 'system' }],
  ],
  ['speeds are few', runningWith('ana'), 'ana', { type: 'SetSpeed', speed: 3 }, 'out-of-range'],
  [
    'more time moves the limit',
    runningWith('ana'),
    'ana',
    { type: 'ExtendTime', seconds: 300 },
    [{ type: 'TimeExtended', timeLimitMicros: 1_500_000_000 }],
  ],
  [
    'the host ends',
    runningWith('ana'),
    'ana',
    { type: 'EndIncident' },
    [{ type: 'IncidentClosed', reason: 'host' }],
  ],
  [
    'the server ends what is abandoned',
    runningWith('ana'),
    'system',
    { type: 'EndIncident' },
    [{ type: 'IncidentClosed', reason: 'abandoned' }],
  ],
  [
    'an alert is taken on once it fires',
    runningWith('ana'),
    'ana',
    { type: 'AcknowledgeAlert', alertId: 'alert-1' },
    'unknown-alert',
  ],
  [
    'a firing alert is taken on',
    after(runningWith('ana'), fired),
    'ana',
    { type: 'AcknowledgeAlert', alertId: 'alert-1' },
    [{ type: 'AlertAcknowledged', seat: 'ana', title: 'Votes fail' }],
  ],
  [
    'a hypothesis costs nothing',
    runningWith('ana'),
    'ana',
    hypothesis,
    [{ type: 'HypothesisAdded', hypothesisId: 'hypothesis-1', component: 'node/worker-2' }],
  ],
  [
    'a component is kind/name',
    runningWith('ana'),
    'ana',
    { ...hypothesis, component: 'the network' },
    'unknown-component',
  ],
  [
    'a mechanism is one of the list',
    runningWith('ana'),
    'ana',
    { ...hypothesis, mechanism: 'gremlins' as 'disk-full' },
    'unknown-mechanism',
  ],
  [
    'a hypothesis is refuted',
    after(runningWith('ana'), guess),
    'ana',
    { type: 'CloseHypothesis', hypothesisId: 'hypothesis-1', verdict: 'refuted' },
    [{ type: 'HypothesisClosed' }],
  ],
  [
    'nothing is resolved before it was noticed',
    runningWith('ana'),
    'ana',
    { type: 'DeclareResolved' },
    'no-impact-yet',
  ],
  [
    'an early declaration is recorded and keeps it open',
    after(runningWith('ana'), fired),
    'ana',
    { type: 'DeclareResolved' },
    [{ type: 'ResolutionDeclared', early: true }],
  ],
  [
    'a declaration after the hold closes',
    after(runningWith('ana'), fired, recovered),
    'ana',
    { type: 'DeclareResolved' },
    [
      { type: 'ResolutionDeclared', early: false },
      { type: 'IncidentClosed', reason: 'resolved', recovered: true },
    ],
  ],
  [
    'an observer does not decide',
    after(runningWith('ana', 'ben'), watching),
    'ben',
    { type: 'DeclareResolved' },
    'observer-may-not',
  ],
  [
    'an observer looks',
    after(runningWith('ana', 'ben'), watching),
    'ben',
    { type: 'Observed', observation: { tool: 'top', resource: 'pods', namespace: 'polls', names: [] } },
    [{ type: 'ObservationMade', audience: { seat: 'ben' } }],
  ],
  [
    'a facilitator does not play',
    after(runningWith('ana'), facilitator),
    'eve',
    hypothesis,
    'facilitator-may-not-play',
  ],
  [
    'a facilitator talks',
    after(runningWith('ana'), facilitator),
    'eve',
    { type: 'PostMessage', text: 'Hello' },
    [{ type: 'MessagePosted' }],
  ],
  [
    'a stranger does not talk',
    runningWith('ana'),
    'zoe',
    { type: 'PostMessage', text: 'Hello' },
    'unknown-seat',
  ],
  [
    'a closed incident is diagnosed until the truth is told, which that does',
    after(runningWith('ana'), over),
    'ana',
    { type: 'FileDiagnosis', component: 'node/worker-2', mechanism: 'packet-loss' },
    [{ type: 'DiagnosisFiled' }, { type: 'TruthRevealed', filed: true }],
  ],
  [
    'the truth is told: nothing is diagnosed any more',
    after(runningWith('ana'), over, { type: 'TruthRevealed', audience: 'everyone', filed: false }),
    'ana',
    { type: 'FileDiagnosis', component: 'node/worker-2', mechanism: 'packet-loss' },
    'closed',
  ],
  [
    'a closed incident is talked about',
    after(runningWith('ana'), over),
    'ana',
    { type: 'PostMessage', text: 'Phew' },
    [{ type: 'MessagePosted' }],
  ],
  [
    'a secret event cannot be pinned',
    after(runningWith('ana'), { type: 'ImpactBegan', audience: 'referee', second: 20 }),
    'ana',
    { type: 'PinEvent', eventSeq: 1_000_000_001 },
    'unknown-event',
  ],
];

describe('given what happened, when a seat asks', () => {
  it.each(CASES)('%s', (_name, given, seat, when, then) => {
    const before = JSON.stringify(given.events);
    const decision = decide(given, seat, when);
    if (typeof then === 'string') {
      expect(decision).toMatchObject({ ok: false, rejection: { code: then } });
      if (!decision.ok) expect(decision.rejection.sentence).toMatch(/^[A-Z].*\.$/);
    } else expect(decision).toMatchObject({ ok: true, events: then });
    expect(JSON.stringify(given.events)).toBe(before);
  });
});
