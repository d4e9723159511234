/**
 * Offered load: the shape of the day and week, slow noise, and the next arrival of each journey.
 *
 * Arrivals are an inhomogeneous Poisson process: arrival n of a journey follows its forerunner when a
 * unit-rate exponential keyed by (journey, n) has been used up by the rate, which is constant within
 * each second. What happens to requests never touches it.
 */
import { drawExponential, drawNormal } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { PURPOSE_ARRIVAL, PURPOSE_LOAD } from '../kernel/purposes.ts';
import type { Cluster } from './cluster-state.ts';
import { EVENT_ARRIVAL } from './event-kinds.ts';

const SECOND_MICROS = 1000000;
const DAY_SECONDS = 86400;
/** Length of one draw of the slow noise, seconds. */
const NOISE_SECONDS = 30;

/** Relative load of one second: hour of the day × weekday × noise; ≥ 0.05. */
function relativeLoad(cluster: Cluster, second: number): number {
  const { load } = cluster.plan.system;
  const ofWeek = (((cluster.load.startSecondOfWeek + second) % 604800) + 604800) % 604800;
  const day = Math.floor(ofWeek / DAY_SECONDS);
  const hour = (ofWeek % DAY_SECONDS) / 3600;
  const whole = Math.floor(hour);
  const part = hour - whole;
  const daily = load.hourly[whole] * (1 - part) + load.hourly[(whole + 1) % 24] * part;
  const slot = Math.floor(second / NOISE_SECONDS);
  const within = second / NOISE_SECONDS - slot;
  const before = drawNormal(cluster.seed, PURPOSE_LOAD, 0, slot, 0);
  const after = drawNormal(cluster.seed, PURPOSE_LOAD, 0, slot + 1, 0);
  const noise = 1 + load.noise * (before * (1 - within) + after * within);
  return Math.max(0.05, daily * load.weekday[day] * noise);
}

/** Arrivals per second of a journey during one second. */
export function arrivalRate(cluster: Cluster, journey: number, second: number): number {
  const { load, plan } = cluster;
  if (load.second !== second) {
    load.second = second;
    load.relative = relativeLoad(cluster, second);
  }
  return plan.journeys[journey].spec.ratePerSecond * load.relative * load.intensity * load.loadScale;
}

/** Schedules the next arrival of a journey after now. */
export function scheduleArrival(cluster: Cluster, journey: number): void {
  const number = cluster.load.arrivals[journey]++;
  let left = drawExponential(cluster.seed, PURPOSE_ARRIVAL, journey, number, 0);
  let at = cluster.nowMicros;
  for (;;) {
    const second = Math.floor(at / SECOND_MICROS);
    const rate = arrivalRate(cluster, journey, second);
    const end = (second + 1) * SECOND_MICROS;
    const room = (rate * (end - at)) / SECOND_MICROS;
    if (left <= room) {
      at += Math.ceil((left / rate) * SECOND_MICROS);
      break;
    }
    left -= room;
    at = end;
  }
  schedule(cluster.queue, at, EVENT_ARRIVAL, journey, number);
}
