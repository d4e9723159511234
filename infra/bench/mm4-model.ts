/**
 * The model that every event kernel is measured on: an M/M/4 queue at 90 % utilisation.
 *
 * Why   Two events a customer and next to no work in either, so the event list is what is measured;
 *       and Erlang's formula says what the mean time in the system must be, so that a kernel cannot be
 *       fast by being wrong.
 */

/** Servers that share one queue. */
export const SERVERS = 4;
/** Mean service time; the answer is given in multiples of it. */
export const MEAN_SERVICE_MICROS = 1e6;
/** Mean time between arrivals: 90 % of what four servers can do. */
export const MEAN_GAP_MICROS = MEAN_SERVICE_MICROS / 3.6;
/** Times of arrival are kept in a ring of this many; the queue is never nearly as long. */
export const SLOTS = 1 << 16;

/** Mean time in the system over the mean service time (Erlang C). */
export function erlangMeanSojourn(servers: number, load: number): number {
  let term = 1;
  let sum = 0;
  for (let busy = 0; busy < servers; busy++) {
    sum += term;
    term *= load / (busy + 1);
  }
  const allBusy = term / (1 - load / servers);
  const waitRatio = allBusy / (sum + allBusy);
  return 1 + waitRatio / (servers - load);
}

/** Marsaglia's xorshift128, the generator of all contenders: cheap, so it hides no difference. */
export type Xorshift128 = { x: number; y: number; z: number; w: number };

/** A generator for a seed, its first outputs thrown away. */
export function createXorshift128(seed: number): Xorshift128 {
  const random = { x: 123456789 ^ seed, y: 362436069, z: 521288629, w: 88675123 };
  for (let skipped = 0; skipped < 32; skipped++) nextExponential(random);
  return random;
}

/** An exponential variate with mean 1. */
export function nextExponential(random: Xorshift128): number {
  const t = random.x ^ (random.x << 11);
  random.x = random.y;
  random.y = random.z;
  random.z = random.w;
  random.w = random.w ^ (random.w >>> 19) ^ t ^ (t >>> 8);
  return -Math.log(((random.w >>> 0) + 0.5) / 4294967296);
}
