import { describe, expect, it } from 'vitest';
import type { Observation } from '../protocol/cluster-commands.ts';
import type { IncidentEvent, NewEvent } from '../protocol/events.ts';
import type { Leftover, RecoveryClass } from '../protocol/recovery.ts';
import type { WrongMove } from '../protocol/scenario-spec.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { scoreIncident } from './score-incident.ts';

// Method: a log of a few events and badness curves whose sums are known by hand. Onset at second 100.

const HORIZON = 1200;

/** Badness 0.5 from second 100 up to `until`. */
function hurtUntil(until: number): Float64Array {
  return new Float64Array(HORIZON).map((_, second) => (second >= 100 && second < until ? 0.5 : 0));
}

type Happened = [second: number, event: NewEvent];

function logOf(happened: Happened[]): IncidentEvent[] {
  return happened.map(([second, event], at) => ({
    ...event,
    seq: at + 1,
    atMicros: second * 1_000_000,
    commandSeq: 0,
  }));
}

function inputOf(
  happened: Happened[],
  over: Partial<ScoringInput> = {},
  wrongMoves: WrongMove[] = [],
): ScoringInput {
  return {
    mode: 'ranked',
    scenario: scenarioFixture({}, { wrongMoves }),
    fault: 'network',
    instance: 'worker-2-half',
    onsetMicros: 100_000_000,
    events: logOf(happened),
    horizonSeconds: HORIZON,
    badness: { actual: hurtUntil(HORIZON), doNothing: hurtUntil(HORIZON), golden: hurtUntil(200) },
    ...over,
  };
}

const everyone = { audience: 'everyone' } as const;
const judged = (recovery: RecoveryClass, heldAtClose: boolean): Happened => [
  900,
  {
    type: 'RecoveryJudged',
    ...everyone,
    recovery,
    heldAtClose,
    causeCured: recovery === 'durable',
    relapsedAfterSeconds: -1,
    runOnSeconds: 1800,
  },
];
const checked = (held: boolean): Happened => [
  900,
  { type: 'InvariantJudged', ...everyone, invariantId: 'data', title: 'No data is lost', held },
];
const left = (...leftovers: Leftover[]): Happened => [
  900,
  { type: 'LeftoversJudged', ...everyone, leftovers },
];
const saw = (second: number, observation: Observation): Happened => [
  second,
  { type: 'ObservationMade', audience: { seat: 'ana' }, seat: 'ana', observation },
];
const diagnosed = (component: string, mechanism: 'packet-loss' | 'disk-full'): Happened => [
  500,
  { type: 'DiagnosisFiled', ...everyone, seat: 'ana', component, mechanism },
];
const topNodes: Observation = {
  tool: 'top',
  resource: 'nodes',
  namespace: '',
  names: ['worker-1', 'worker-2'],
};
const proxyLogs: Observation = {
  tool: 'logs',
  namespace: 'polls',
  pod: 'proxy-7f',
  container: 'proxy',
  templates: ['access', 'timeout'],
};

function points(input: ScoringInput): Record<string, number> {
  return Object.fromEntries(scoreIncident(input).parts.map((part) => [part.id, part.points]));
}

describe('impact avoided', () => {
  it.each([
    // I_doNothing = 550, I_golden = 50.
    ['as golden', 200, 350],
    ['better than golden', 150, 350],
    ['half of it', 700, 175],
    ['as nothing', HORIZON, 0],
  ])('%s', (_name, until, expected) => {
    const badness = { ...inputOf([]).badness, actual: hurtUntil(until) };
    expect(points(inputOf([], { badness })).impact).toBe(expected);
  });

  it('goes down to −70 when worse than nothing', () => {
    const worse = hurtUntil(HORIZON).map((one) => one * 2);
    expect(points(inputOf([], { badness: { ...inputOf([]).badness, actual: worse } })).impact).toBe(-70);
  });
});

describe('diagnosis', () => {
  it('is 200 for place, kind and two pieces of evidence', () => {
    const happened = [saw(200, topNodes), saw(210, proxyLogs), diagnosed('node/worker-2', 'packet-loss')];
    const part = scoreIncident(inputOf(happened)).parts[1];
    expect(part.points).toBe(200);
    expect(part.because.map((reason) => [reason.points, reason.link])).toEqual([
      [80, { kind: 'event', seq: 3 }],
      [80, { kind: 'event', seq: 3 }],
      [20, { kind: 'event', seq: 1 }],
      [20, { kind: 'event', seq: 2 }],
    ]);
  });

  it.each<[string, Happened[], number]>([
    ['an alias is as good', [diagnosed('link/rack-worker-2', 'packet-loss')], 160],
    ['the wrong node', [diagnosed('node/worker-1', 'packet-loss')], 80],
    ['a sibling mechanism gives none', [diagnosed('node/worker-2', 'disk-full')], 80],
    [
      'the last one counts',
      [diagnosed('node/worker-2', 'packet-loss'), diagnosed('node/worker-1', 'disk-full')],
      0,
    ],
    ['the same evidence twice is one', [saw(200, topNodes), saw(300, topNodes)], 20],
    ['what was seen before the onset is none', [saw(99, topNodes)], 0],
    ['nothing', [], 0],
  ])('%s', (_name, happened, expected) => {
    expect(points(inputOf(happened)).diagnosis).toBe(expected);
  });
});

describe('recovery', () => {
  const cordon: Leftover = {
    kind: 'cordoned-node',
    object: 'node/worker-2',
    sentence: 'Still cordoned.',
    handedOver: false,
  };
  it.each<[string, Happened[], number]>([
    ['durable and tidy', [judged('durable', true), checked(true), left()], 200],
    ['contained: 80 + 42 + 40 + 20', [judged('contained', true), checked(true), left()], 182],
    ['masked: 80 + 18 + 40 + 20', [judged('masked', true), checked(true), left()], 158],
    ['something left open', [judged('durable', true), checked(true), left(cordon)], 180],
    ['handed over', [judged('durable', true), checked(true), left({ ...cordon, handedOver: true })], 200],
    ['a broken invariant: 40 + 60 + 0 + 20', [judged('durable', true), checked(false), left()], 120],
    ['cured too late to hold: 0 + 60 + 40 + 20', [judged('durable', false), checked(true), left()], 120],
    ['nothing recovered, nothing earned', [judged('none', false), checked(true), left()], 0],
    ['not judged', [], 0],
  ])('%s', (_name, happened, expected) => {
    expect(points(inputOf(happened)).recovery).toBe(expected);
  });
});

describe('harm', () => {
  const move: WrongMove = {
    id: 'restart-db',
    title: 'Restarted the database',
    lines: [],
    harmPoints: 40,
    expectation: { impactAgainst: 'doNothing', atLeastRatio: 1.1, breaks: ['data'] },
    sign: { any: [{ type: 'delete', resource: 'pods', name: 'postgres-*' }] },
  };
  const deleted = (second: number, name: string, ok = true): Happened => [
    second,
    {
      type: 'ClusterCommandRan',
      ...everyone,
      seat: 'ana',
      line: '',
      command: {
        type: 'DeleteObject',
        gracePeriodSeconds: null,
        propagationPolicy: 'Background',
        target: { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name },
      },
      outcome: { ok, stdout: '', stderr: '', exitCode: ok ? 0 : 1 },
    },
  ];
  const broke: Happened = [
    420,
    { type: 'InvariantBroken', audience: 'referee', invariantId: 'data', title: 'No data is lost' },
  ];
  const worse = hurtUntil(HORIZON).map((one, second) => (second >= 400 && second < 460 ? 1 : one));
  const withWorse = { badness: { ...inputOf([]).badness, actual: worse } };

  it.each<[string, Happened[], Partial<ScoringInput>, WrongMove, number]>([
    ['an invariant broke after it', [deleted(400, 'postgres-0'), broke], {}, move, -40],
    // After: 60 s at 1 and 60 s at 0.5 = 0.75 against 0.5 before: a rise of 0.25, and none with nobody there.
    ['users were hurt more after it', [deleted(400, 'postgres-0')], withWorse, move, -40],
    ['no harm followed', [deleted(400, 'postgres-0')], {}, move, 0],
    ['it was refused', [deleted(400, 'postgres-0', false), broke], {}, move, 0],
    ['another pod', [deleted(400, 'polls-1'), broke], {}, move, 0],
    ['before the onset', [deleted(50, 'postgres-0'), broke], {}, move, 0],
    ['never more than 60', [deleted(400, 'postgres-0'), broke], {}, { ...move, harmPoints: 500 }, -60],
    [
      'made once of two needed',
      [deleted(400, 'postgres-0'), broke],
      {},
      { ...move, sign: { ...move.sign, count: 2 } },
      0,
    ],
    [
      'made twice within a minute',
      [deleted(380, 'postgres-0'), deleted(400, 'postgres-0'), broke],
      {},
      { ...move, sign: { ...move.sign, count: 2 } },
      -40,
    ],
  ])('%s', (_name, happened, over, wrongMove, expected) => {
    expect(points(inputOf(happened, over, [wrongMove])).harm).toBe(expected);
  });

  it('is told in practice, and not charged', () => {
    const made = inputOf([deleted(400, 'postgres-0'), broke], {}, [move]);
    const ranked = scoreIncident(made);
    const practice = scoreIncident({ ...made, mode: 'practice' });
    expect(practice.parts).toEqual(ranked.parts);
    expect(practice.rawPoints - ranked.rawPoints).toBe(40);
  });
});

describe('the whole score', () => {
  it('is rescaled from 750 to 1000', () => {
    const happened = [
      saw(200, topNodes),
      saw(210, proxyLogs),
      diagnosed('node/worker-2', 'packet-loss'),
      judged('contained', true),
      checked(true),
      left(),
    ];
    const badness = { ...inputOf([]).badness, actual: hurtUntil(700) };
    // 175 + 200 + 182 = 557 of 750.
    expect(scoreIncident(inputOf(happened, { badness }))).toMatchObject({
      scoringVersion: 2,
      total: 743,
      rawPoints: 557,
      rawMax: 750,
    });
  });

  it('is less by the share that hints cost', () => {
    const hint = (at: number, priceShare: number): Happened => [
      at,
      { type: 'HintTaken', audience: 'everyone', seat: 'ana', level: 1, text: 'x', priceShare },
    ];
    const badness = { ...inputOf([]).badness, actual: hurtUntil(200) };
    const without = scoreIncident(inputOf([], { badness })).total;
    const score = scoreIncident(inputOf([hint(300, 0.02), hint(400, 0.05)], { badness }));
    expect(score.hintShare).toBeCloseTo(0.07, 12);
    expect(score.total).toBe(Math.round(without * 0.93));
  });

  it('is never below 0', () => {
    const worse = hurtUntil(HORIZON).map((one) => one * 2);
    expect(scoreIncident(inputOf([], { badness: { ...inputOf([]).badness, actual: worse } })).total).toBe(0);
  });
});
