/** What a contender's process prints: events run, CPU seconds used for them, and the model's answer. */
export type Measured = { events: number; cpuSeconds: number; answer: number };

/**
 * Runs `model(seed, customers)` after a warm-up, and prints what it took. Reads the arguments SEED
 * CUSTOMERS WARM_UP_CUSTOMERS, the same as the C++ contender.
 */
export function measure(model: (seed: number, customers: number) => number): void {
  const [seed, customers, warmUp] = process.argv.slice(2).map(Number);
  model(seed + 1000, warmUp);
  const before = process.cpuUsage();
  const answer = model(seed, customers);
  const used = process.cpuUsage(before);
  const measured: Measured = { events: 2 * customers, cpuSeconds: (used.user + used.system) / 1e6, answer };
  console.log(JSON.stringify(measured));
}
