import { describe, expect, it } from 'vitest';
import { journeyFixture, samplesFixture, times } from '../testing/fixtures.ts';
import type { SecondFixture } from '../testing/fixtures.ts';
import { badnessBetween, badnessBySecond, costBetween, impactTurn } from './impact.ts';
import type { ImpactState } from './impact.ts';
import { countsBetween } from './journey-samples.ts';
import { insideObjectives, recoveryTurn } from './resolution.ts';

const VOTE = journeyFixture({ name: 'vote', weight: 0.6, objectiveRatio: 0.99, failureCostCents: 30 });
const READ = journeyFixture({ name: 'read', weight: 0.4, objectiveRatio: 0.9, failureCostCents: 5 });

describe('samples', () => {
  it('keep what was new in each second, also of the past', () => {
    const samples = samplesFixture(
      [
        [
          [10, 1],
          [20, 0],
          [5, 5],
        ],
      ],
      -2,
    );
    expect(countsBetween(samples, 0, -2, 1)).toEqual({ completed: 35, bad: 6, failed: 6, slow: 0, lost: 0 });
    expect(countsBetween(samples, 0, 0, 100)).toMatchObject({ completed: 5, bad: 5 });
    expect(countsBetween(samples, 0, -100, -2)).toMatchObject({ completed: 0 });
  });
});

describe('badness', () => {
  it('is the weighted share of failures beyond the budget', () => {
    // vote: b = 0.5, (0.5 − 0.01) / 0.99 = 0.494949…; read: b = 0.05 < 0.1, inside its objective.
    const samples = samplesFixture([[[10, 5]], [[20, 1]]]);
    expect(badnessBetween([VOTE, READ], samples, 0, 1)).toBeCloseTo(0.6 * 0.494949494949, 10);
  });

  it('is 1 when nothing works, and 0 without traffic', () => {
    const samples = samplesFixture([
      [
        [10, 10],
        [0, 0],
      ],
      [
        [20, 20],
        [0, 0],
      ],
    ]);
    expect([...badnessBySecond([VOTE, READ], samples)]).toEqual([1, 0]);
  });

  it('leaves prehistory out', () => {
    expect([
      ...badnessBySecond(
        [VOTE],
        samplesFixture(
          [
            [
              [1, 1],
              [1, 1],
              [1, 0],
            ],
          ],
          -2,
        ),
      ),
    ]).toEqual([0]);
  });

  it('costs what the failed actions cost', () => {
    const samples = samplesFixture([[[10, 4]], [[20, 2]]]);
    expect(costBetween([VOTE, READ], samples, 0, 1)).toEqual({ failedActions: 6, costCents: 130 });
  });
});

/** Runs the turns over growing samples, as an incident does. */
function turnsOf(seconds: SecondFixture[]): string[] {
  const turns: string[] = [];
  const state: ImpactState = { beganSecond: -1, endedSecond: -1 };
  for (let length = 1; length <= seconds.length; length++) {
    const turn = impactTurn([VOTE], samplesFixture([seconds.slice(0, length)]), state);
    if (turn?.turn === 'began') {
      if (state.beganSecond < 0) state.beganSecond = turn.second;
      state.endedSecond = -1;
    }
    if (turn?.turn === 'ended') state.endedSecond = turn.second;
    if (turn !== null) turns.push(`${turn.turn} ${turn.second}, known at ${length}`);
  }
  return turns;
}

describe('impact', () => {
  const good = (count: number) => times(count, [20, 0]);
  const hurt = (count: number) => times(count, [20, 10]);

  it('starts in the first bad second of two bad windows', () => {
    expect(turnsOf([...good(30), ...hurt(40)])).toEqual(['began 30, known at 50']);
  });

  it('does not start with a blip', () => {
    expect(turnsOf([...good(30), ...hurt(6), ...good(60)])).toEqual([]);
  });

  it('ends where two good windows begin, and may begin again', () => {
    expect(turnsOf([...hurt(40), ...good(40), ...hurt(30)])).toEqual([
      'began 0, known at 20',
      'ended 40, known at 60',
      'began 80, known at 100',
    ]);
  });
});

describe('recovery', () => {
  const options = { recovered: false, impactOver: true, holdSeconds: 90 };

  it('needs every journey inside its objective for the hold window', () => {
    const early = samplesFixture([[...times(10, [20, 10]), ...times(84, [20, 0])]]);
    expect(recoveryTurn([VOTE], early, options)).toBeNull();
    // The window may hold what the budget allows: 10 of 1,800 is 0.56 %.
    const held = samplesFixture([[...times(10, [20, 10]), ...times(89, [20, 0])]]);
    expect(recoveryTurn([VOTE], held, options)).toBe('recovered');
    expect(recoveryTurn([VOTE], held, { ...options, impactOver: false })).toBeNull();
  });

  it('is not met without traffic', () => {
    expect(insideObjectives([VOTE], samplesFixture([times(90, [0, 0])]), 0, 90)).toBe(false);
  });

  it('counts an objective that is met exactly', () => {
    expect(insideObjectives([VOTE], samplesFixture([[[100, 1]]]), 0, 1)).toBe(true);
    expect(insideObjectives([VOTE], samplesFixture([[[100, 2]]]), 0, 1)).toBe(false);
  });

  it('relapses when the last half minute is bad', () => {
    const samples = samplesFixture([[...times(100, [20, 0]), ...times(3, [20, 20])]]);
    // 60 bad of 600: (0.1 − 0.01) / 0.99 × 0.6 = 0.0545.
    expect(recoveryTurn([VOTE], samples, { ...options, recovered: true })).toBe('relapsed');
  });
});
