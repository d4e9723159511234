// Method: two processes contend for one core, Poisson arrivals, twelve simulated hours, fixed seeds. With
// exponential work any order of service that is blind to the work left gives the mean of M/M/1.
import { expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { bareCluster, runBare, startBare } from '../testing/bare-cluster.ts';
import { queueSystem } from '../testing/queue-system.ts';
import { setCpuShares } from './host-cpu.ts';
import { setServiceTargets } from './service-targets.ts';

const WORK_MICROS = 10_000;

it.each([
  [0.5, 1024],
  [0.8, 1024],
  [0.8, 100],
])('two processes on one core at %d are one M/M/1 within 2 %, weights 1024 and %d', (load, shares) => {
  const shape = {
    servers: 1,
    workMicros: WORK_MICROS,
    fixedShare: 0,
    ratePerSecond: load * 100,
    sharing: true,
  };
  const system = queueSystem(shape);
  system.hosts[0].sharesCpu = true;
  const cluster = bareCluster(system, { seed: seedFromText(`two on one ${load}`) });
  const numbers = [0, 1].map(() => startBare(cluster, { program: 'station', host: 'host' }));
  setCpuShares(cluster, numbers[1], shares);
  setServiceTargets(cluster, 'test/station', numbers);
  runBare(cluster, 12 * 3600e6);
  let sum = 0;
  let served = 0;
  for (const { metrics } of cluster.processes) {
    sum += metrics.latencySumMicros;
    served += metrics.ok[0];
  }
  expect(Math.abs(sum / served / (WORK_MICROS / (1 - load)) - 1)).toBeLessThan(0.02);
});
