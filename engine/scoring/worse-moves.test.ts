import { expect, it } from 'vitest';
import type { IncidentEvent, NewEvent } from '../protocol/events.ts';
import type { WrongMove } from '../protocol/scenario-spec.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { worseMoves } from './worse-moves.ts';

// Method: onset at second 100; the database's pod is deleted at 400, with an alert and a piece of evidence.

const MOVE: WrongMove = {
  id: 'restart-db',
  title: 'Restarted the database',
  lines: [],
  harmPoints: 40,
  expectation: { impactAgainst: 'doNothing', atLeastRatio: 1.1, breaks: ['data'] },
  sign: { any: [{ type: 'delete', resource: 'pods', name: 'postgres-*' }] },
};
const everyone = { audience: 'everyone' } as const;
const alert = (alertId: string, title: string): NewEvent => ({
  type: 'AlertFired',
  ...everyone,
  alertId,
  ruleId: alertId,
  title,
  severity: 'page',
  subject: '',
  value: 14,
});
const deleted: NewEvent = {
  type: 'ClusterCommandRan',
  ...everyone,
  seat: 'ana',
  line: 'kubectl delete pod postgres-0',
  command: {
    type: 'DeleteObject',
    gracePeriodSeconds: null,
    propagationPolicy: 'Background',
    target: { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: 'postgres-0' },
  },
  outcome: { ok: true, stdout: '', stderr: '', exitCode: 0 },
};
const broke: NewEvent = {
  type: 'InvariantBroken',
  audience: 'referee',
  invariantId: 'data',
  title: 'No data is lost',
};
const topNodes: NewEvent = {
  type: 'ObservationMade',
  audience: { seat: 'ana' },
  seat: 'ana',
  observation: { tool: 'top', resource: 'nodes', namespace: '', names: ['worker-1', 'worker-2'] },
};

function told(happened: [second: number, event: NewEvent][]) {
  const events: IncidentEvent[] = happened.map(([second, event], at) => ({
    ...event,
    seq: at + 1,
    atMicros: second * 1_000_000,
    commandSeq: 0,
  }));
  const flat = new Float64Array(1200).fill(0.5);
  const input: ScoringInput = {
    mode: 'practice',
    scenario: scenarioFixture({}, { wrongMoves: [MOVE] }),
    fault: 'network',
    instance: 'worker-2-half',
    onsetMicros: 100_000_000,
    events,
    horizonSeconds: 1200,
    badness: { actual: flat, doNothing: flat, golden: flat },
  };
  const values = Array.from({ length: 1200 }, (_, second) =>
    second < 395 ? 1 : second % 2 === 0 ? 0.5 : -1,
  );
  const journeys = [
    { name: 'Vote', values, objectiveRatio: 0.99 },
    { name: 'Read', values: values.map(() => -1), objectiveRatio: 0.95 },
  ];
  return worseMoves(input, { journeys, roleOf: () => 'Ops' });
}

it('names the move, what was visible then, and what would have told it apart', () => {
  const moves = told([
    [200, alert('a', 'Voting fails')],
    [210, topNodes],
    [220, alert('b', 'Disk is full')],
    [300, { type: 'AlertResolved', ...everyone, alertId: 'b', ruleId: 'b', title: 'Disk is full' }],
    [400, deleted],
    [410, broke],
    [420, alert('c', 'Too late to be seen')],
  ]);
  expect(moves).toEqual([
    {
      title: 'Restarted the database',
      second: 400,
      role: 'Ops',
      line: 'kubectl delete pod postgres-0',
      harm: 'it broke “No data is lost”',
      points: -40,
      alerts: ['Voting fails'],
      // Five seconds of 1, then 0.5 at 396 and 398.
      journeys: [
        { title: 'Vote', goodRatio: 6 / 7, objectiveRatio: 0.99 },
        { title: 'Read', goodRatio: null, objectiveRatio: 0.95 },
      ],
      unseen: ['the proxy times out', 'who runs there'],
    },
  ]);
});

it('does not tell a move that only looks wrong: no harm followed', () => {
  expect(told([[400, deleted]])).toEqual([]);
});

it('does not count what was looked at before the onset, or after the move', () => {
  const [move] = told([
    [50, topNodes],
    [400, deleted],
    [410, broke],
    [500, topNodes],
  ]);
  expect(move.unseen).toHaveLength(3);
});

it('is empty when nobody made one', () => {
  expect(told([[200, topNodes]])).toEqual([]);
});
