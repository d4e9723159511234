// Method: one station, or two in series, under Poisson arrivals against the closed formulas, fixed seeds. The
// runs are as long as the spread of what is measured asks for; at 0.95 that is too long here, so there the
// station is held to its own path (queueing-path.sim.test.ts), and the formulas in `npm run bench -- theory`.
import { describe, expect, it } from 'vitest';
import { openChain, watchChain } from '../testing/chain-system.ts';
import { erlangC, erlangLoss, measureStation, pollaczek, WORK_MICROS } from '../testing/queue-laws.ts';

const CUSTOMERS = 400_000;
/** Losses come in bursts, so their share spreads twice as far as the mean time of the others. */
const LOSS_TOLERANCE = 0.05;

/** Relative distance. */
function off(measured: number, expected: number): number {
  return Math.abs(measured / expected - 1);
}

describe('a station against queueing theory, within 2 %', () => {
  it.each([0.5, 0.8])('M/M/1, first come first served, %d busy', (busy) => {
    const shape = { servers: 1, fixedShare: 0, ratePerSecond: busy * 10, sharing: false };
    const run = measureStation(shape, `mm1 ${busy}`, CUSTOMERS);
    expect(off(run.meanMicros, WORK_MICROS / (1 - busy))).toBeLessThan(0.02);
    expect(off(run.utilisation, busy)).toBeLessThan(0.02);
  });

  it.each([0.5, 0.8])('M/M/4, first come first served, %d busy', (busy) => {
    const shape = { servers: 4, fixedShare: 0, ratePerSecond: busy * 40, sharing: false };
    const run = measureStation(shape, `mm4 ${busy}`, 2 * CUSTOMERS);
    expect(off(run.meanMicros, WORK_MICROS * erlangC(4, busy * 4))).toBeLessThan(0.02);
  });

  it.each([0.5, 0.8])('M/D/1, %d busy: waiting is half of that with exponential work', (busy) => {
    const shape = { servers: 1, fixedShare: 1, ratePerSecond: busy * 10, sharing: false };
    const run = measureStation(shape, `md1 ${busy}`, CUSTOMERS);
    expect(off(run.meanMicros, WORK_MICROS * pollaczek(busy, 0))).toBeLessThan(0.02);
  });

  it.each([0, 0.6, 1])(
    'M/G/1 with processor sharing does not care how work varies (fixed share %d)',
    (fixedShare) => {
      const shape = { servers: 1, fixedShare, ratePerSecond: 8, sharing: true };
      const run = measureStation(shape, `ps ${fixedShare}`, CUSTOMERS);
      expect(off(run.meanMicros, WORK_MICROS / 0.2)).toBeLessThan(0.02);
    },
  );

  it.each([0.5, 0.8, 0.95, 1.5])(
    'M/M/2 with 8 places, offered %d of its work: loss and time of the served',
    (busy) => {
      const shape = { servers: 2, fixedShare: 0, ratePerSecond: busy * 20, sharing: false, places: 8 };
      const run = measureStation(shape, `mm2k ${busy}`, CUSTOMERS);
      const { lostRatio, mean } = erlangLoss(2, 8, busy * 2);
      expect(Math.abs(run.lostRatio - lostRatio)).toBeLessThan(LOSS_TOLERANCE * Math.max(lostRatio, 0.02));
      expect(off(run.meanMicros, WORK_MICROS * mean)).toBeLessThan(0.02);
    },
  );

  it('Little: the mean number present is the arrival rate times the mean time', () => {
    const shape = { servers: 4, fixedShare: 0.6, ratePerSecond: 34, sharing: true };
    const run = measureStation(shape, 'little', 3 * CUSTOMERS);
    expect(off(run.meanPresent, (run.servedPerSecond * run.meanMicros) / 1e6)).toBeLessThan(0.02);
  });
});

describe('two stations in series (Jackson)', () => {
  it.each([0.5, 0.8])('take the sum of what each would take alone, %d busy', (busy) => {
    const work = { do: 'cpu', micros: 10_000, fixedShare: 0 } as const;
    const chain = openChain(
      {
        ratePerSecond: busy * 100,
        frontSteps: [work],
        frontAdmission: { loops: 1 },
        backSteps: [work],
        admission: { loops: 1 },
        backWorkers: 100_000,
        backQueue: 0,
        timeoutMicros: 1e9,
        patienceMicros: 1e9,
      },
      `tandem ${busy}`,
    );
    watchChain(chain, 60);
    const front = chain.cluster.processes[chain.front].metrics;
    const before = [front.ok[0], front.latencySumMicros];
    watchChain(chain, CUSTOMERS / (busy * 100));
    const mean = (front.latencySumMicros - before[1]) / (front.ok[0] - before[0]);
    // Each hop takes 150 to 270 microseconds, there and back.
    expect(off(mean - 2 * 210, 2 * (10_000 / (1 - busy)))).toBeLessThan(0.02);
  });
});
