/**
 * The simulation against queueing theory at 0.5, 0.8 and 0.95 load, in runs long enough for 2 %: near
 * saturation the mean of a million requests is still 4 % off by chance.
 */
import {
  erlangC,
  erlangLoss,
  measureStation,
  pollaczek,
  WORK_MICROS,
} from '@chaotic-good/engine/testing/queue-laws';
import type { Measured } from '@chaotic-good/engine/testing/queue-laws';
import type { QueueShape } from '@chaotic-good/engine/testing/queue-system';
import type { FigureResult, Gate } from './figure.ts';

const TOLERANCE = 0.02;
const SEEDS = 6;
/** Customers of all seeds together, by load: about (4 / (1 − load)²) / 0.006², for an error of 0.6 %. */
const CUSTOMERS: Readonly<Record<string, number>> = { '0.5': 1e6, '0.8': 3e6, '0.95': 3e7 };

/** A law: the station, and what it says of the mean time (in service times) or the share lost. */
type Law = {
  name: string;
  shape: (load: number) => Omit<QueueShape, 'workMicros'>;
  says: (load: number) => number;
  read: (run: Measured) => number;
};

const perService = ({ meanMicros }: Measured) => meanMicros / WORK_MICROS;

function fifo(servers: number, fixedShare: number, places?: number): Law['shape'] {
  const base = { servers, fixedShare, sharing: false, ...(places === undefined ? {} : { places }) };
  return (load) => ({ ...base, ratePerSecond: (load * servers * 1e6) / WORK_MICROS });
}

const LAWS: Law[] = [
  { name: 'M/M/1', shape: fifo(1, 0), says: (load) => 1 / (1 - load), read: perService },
  { name: 'M/M/4', shape: fifo(4, 0), says: (load) => erlangC(4, 4 * load), read: perService },
  { name: 'M/D/1', shape: fifo(1, 1), says: (load) => pollaczek(load, 0), read: perService },
  {
    name: 'M/G/1-PS',
    shape: (load) => ({ servers: 1, fixedShare: 0.6, ratePerSecond: load * 10, sharing: true }),
    says: (load) => 1 / (1 - load),
    read: perService,
  },
  {
    name: 'M/M/2/8, time of the served',
    shape: fifo(2, 0, 8),
    says: (load) => erlangLoss(2, 8, 2 * load).mean,
    read: perService,
  },
  {
    name: 'M/M/2/8, share turned away',
    shape: fifo(2, 0, 8),
    says: (load) => erlangLoss(2, 8, 2 * load).lostRatio,
    read: ({ lostRatio }) => lostRatio,
  },
  {
    name: 'Little on M/M/4',
    shape: fifo(4, 0),
    says: () => 1,
    read: ({ meanPresent, meanMicros, servedPerSecond }) =>
      (meanPresent * 1e6) / (servedPerSecond * meanMicros),
  },
];

/** One law at one load: the mean over the seeds, and its standard error, relative. */
function tryLaw(law: Law, load: number): { line: string; gate: Gate } {
  // What has a bound on its line settles soon; so does a ratio of two measures of one run.
  const settles = law.name.startsWith('M/M/2/8') || law.name.startsWith('Little');
  const rare = law.says(load) < 0.01 ? 10 : 1;
  const customers = (settles ? rare * 3e6 : CUSTOMERS[String(load)]) / SEEDS;
  const values = Array.from({ length: SEEDS }, (_, seed) =>
    law.read(measureStation(law.shape(load), `theory ${seed}`, customers)),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / SEEDS;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (SEEDS - 1);
  const error = Math.sqrt(spread / SEEDS) / mean;
  const expected = law.says(load);
  const off = mean / expected - 1;
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
  const name = `${law.name} at ${load}`;
  return {
    line:
      `${name.padEnd(36)} ${mean.toFixed(4)}, theory ${expected.toFixed(4)}: ${percent(off)} off, ` +
      `standard error ${percent(error)}`,
    gate: { says: `${name} within ${percent(TOLERANCE)}`, value: 1 - Math.abs(off), atLeast: 1 - TOLERANCE },
  };
}

/** Tries every law at every load; rounds make no difference, for nothing is timed. */
export function benchTheory(): FigureResult {
  const tried = LAWS.flatMap((law) => [0.5, 0.8, 0.95].map((load) => tryLaw(law, load)));
  return { lines: tried.map(({ line }) => line), gates: tried.map(({ gate }) => gate) };
}
