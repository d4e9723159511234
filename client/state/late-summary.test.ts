import { expect, it } from 'vitest';
import type { IncidentFrame, TimelineEntry } from '@chaotic-good/engine/protocol/views';
import { joinedLate, lateSummary } from './late-summary.ts';
import { initials } from './initials.ts';

const words = {
  clock: (atMicros: number) => `@${atMicros / 1e6}`,
  nameOf: (seat: string) => ({ s1: 'Ana', s2: 'Bo' })[seat] ?? '',
  mechanism: () => 'Packets are lost',
};
const journey = { completed: 10, bad: 0, objectiveRatio: 0.99 };
const hypothesis = { hypothesisId: 'h1', seat: 's2', component: 'node/worker-3', expectation: '' };
const page = { alertId: 'a1', subject: '', value: 9, acknowledgedBy: null, title: 'Voting burns' };
const ana = { seat: 's1', name: 'Ana', roles: ['incident-commander'], awaySinceMicros: null };

function view(over: object = {}): IncidentFrame {
  return {
    atMicros: 200e6,
    severity: null,
    seats: [ana],
    journeys: [{ ...journey, name: 'vote', title: 'Vote', goodRatio: 1 }],
    alerts: [],
    impact: { failedActions: 0, costCents: 0 },
    hypotheses: [],
    plan: [],
    next: null,
    ...over,
  } as unknown as IncidentFrame;
}

let seq = 0;
function entry(kind: string, atSecond: number, seat = '', text = '', tone = 'neutral'): TimelineEntry {
  return { seq: ++seq, kind, atMicros: atSecond * 1e6, seat, text, tone: tone as TimelineEntry['tone'] };
}

function texts(over: object, timeline: TimelineEntry[] = []): string[] {
  return lateSummary(view(over), timeline, words).map(({ text }) => text);
}

it('says plainly that nothing has happened yet', () => {
  expect(texts({})).toEqual([
    'Nobody has been hurt so far.',
    'No incident is declared. Ana leads.',
    'None is open.',
    'Nothing yet.',
    'Nothing is named. Ask whoever leads what you can take.',
  ]);
});

it('tells who is hurt since when, who leads, what is suspected, done and named', () => {
  const timeline = [
    entry('incident-declared', 84, 's1', 'Declared an incident, SEV2', 'action'),
    entry('alert-fired', 85, '', 'Page', 'bad'),
    entry('cluster-command-ran', 120, 's2', 'kubectl cordon worker-3', 'action'),
  ];
  const over = {
    severity: 'SEV2',
    journeys: [
      { ...journey, name: 'vote', title: 'Vote', goodRatio: 0.7 },
      { ...journey, name: 'read', title: 'Read results', goodRatio: 1 },
    ],
    alerts: [{ ...page, severity: 'page', firedAtMicros: 80e6, resolvedAtMicros: null }],
    impact: { failedActions: 1284, costCents: 0 },
    hypotheses: [
      { ...hypothesis, mechanism: 'packet-loss', verdict: null },
      { ...hypothesis, hypothesisId: 'h2', mechanism: 'cpu-limit', verdict: 'refuted' },
    ],
    next: { seat: 's1', text: 'Move the replica', atMicros: 190e6 },
  };
  expect(texts(over, timeline)).toEqual([
    'Hurt now: Vote, paged since @80 (2 min). 1,284 user actions have failed so far.',
    'SEV2 since @84. Ana leads.',
    '1 open: node/worker-3: Packets are lost. 1 refuted.',
    '@84 Ana: Declared an incident, SEV2\n@120 Bo: kubectl cordon worker-3',
    'Move the replica (Ana)',
  ]);
});

it('tells of a lead who is away, of a harm that is over, and of what is planned', () => {
  const plan = [
    { state: 'done', text: 'Look' },
    { state: 'open', text: 'Restart polls' },
  ];
  const [users, lead, , , next] = texts({
    impact: { failedActions: 12, costCents: 0 },
    seats: [{ ...ana, awaySinceMicros: 150e6 }],
    plan,
  });
  expect(users).toBe('Nobody is being hurt now; 12 user actions have failed so far.');
  expect(lead).toBe('No incident is declared. Ana leads, but is away since @150.');
  expect(next).toBe('Planned, not done yet: Restart polls');
});

it('keeps each of the last three actions to one short line', () => {
  const timeline = [1, 2, 3, 4].map((at) =>
    entry('note-added', at, 's1', `${at} ${'x'.repeat(200)}`, 'action'),
  );
  const lines = texts({}, timeline)[3].split('\n');
  expect(lines.map((line) => line.slice(0, 9))).toEqual(['@2 Ana: 2', '@3 Ana: 3', '@4 Ana: 4']);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(110);
});

it('knows who came in the middle: after the start, and after the calm', () => {
  const early = [entry('seat-joined', 0, 's1'), entry('calm-ended', 90)];
  expect(joinedLate(early, 's1')).toBe(false);
  expect(joinedLate([entry('seat-joined', 40, 's1'), entry('calm-ended', 90)], 's1')).toBe(false);
  expect(joinedLate([...early, entry('seat-joined', 130, 's2')], 's2')).toBe(true);
  expect(joinedLate([entry('seat-joined', 5, 's2')], 's2')).toBe(true);
  expect(joinedLate([], 's2')).toBe(false);
});

it('writes names by their first letters', () => {
  expect(['Ana', 'Bo', 'cy de Jong', 'X', ' '].map(initials)).toEqual(['AN', 'BO', 'CJ', 'X', '']);
});
