/**
 * One-second samples of how users fare: the only measure of impact, alerts and recovery. Sample k covers
 * the second [k, k+1) of incident time; prehistory has negative seconds.
 *
 * Why  An `ObservationSource` stands between the fold and the cluster, so that the same alerts, score and
 *      timeline can be folded over samples of a real cluster later.
 */
import type { Cluster } from '../cluster/cluster-state.ts';

/** Numbers kept per journey and second. */
const SAMPLE_FIELDS = ['completed', 'bad', 'failed', 'slow', 'lost'] as const;
const FIELDS = SAMPLE_FIELDS.length;

/** Counts of one journey over some seconds. */
export type JourneyCounts = { completed: number; bad: number; failed: number; slow: number; lost: number };

/** Samples of all journeys. */
export type JourneySamples = {
  /** Second of the first sample. */
  firstSecond: number;
  /** Number of samples. */
  count: number;
  /** Number of journeys. */
  journeys: number;
  /** Counts by second, journey and field. */
  counts: Int32Array;
  /** Totals at the last sample, by journey and field. */
  totals: Float64Array;
};

/** Where cumulative journey counts come from: the simulated cluster is the first. */
export type ObservationSource = {
  /** Number of journeys. */
  journeys: number;
  /** Writes the totals of a journey, in the order of `SAMPLE_FIELDS`, into `into` from `at`. */
  readTotals: (journey: number, into: Float64Array, at: number) => void;
};

/** The simulated cluster as a source. */
export function clusterSource(cluster: Cluster): ObservationSource {
  return {
    journeys: cluster.journeys.length,
    readTotals: (journey, into, at) => {
      const counters = cluster.journeys[journey];
      into[at] = counters.good + counters.bad;
      into[at + 1] = counters.bad;
      into[at + 2] = counters.failed;
      into[at + 3] = counters.slow;
      into[at + 4] = counters.lost;
    },
  };
}

/** No samples yet; the first taken will be of second `firstSecond`. */
export function createJourneySamples(firstSecond: number, journeys: number): JourneySamples {
  return {
    firstSecond,
    count: 0,
    journeys,
    counts: new Int32Array(256 * journeys * FIELDS),
    totals: new Float64Array(journeys * FIELDS),
  };
}

/** Takes the next sample. */
export function takeSample(samples: JourneySamples, source: ObservationSource): void {
  const width = samples.journeys * FIELDS;
  const start = samples.count * width;
  if (start + width > samples.counts.length) {
    const larger = new Int32Array(samples.counts.length * 2);
    larger.set(samples.counts);
    samples.counts = larger;
  }
  const now = new Float64Array(width);
  for (let journey = 0; journey < samples.journeys; journey++)
    source.readTotals(journey, now, journey * FIELDS);
  for (let at = 0; at < width; at++) samples.counts[start + at] = now[at] - samples.totals[at];
  samples.totals = now;
  samples.count++;
}

/** Second after the newest sample. */
export function endSecond(samples: JourneySamples): number {
  return samples.firstSecond + samples.count;
}

/** Counts of a journey over seconds [from, to); seconds without a sample count nothing. */
export function countsBetween(
  samples: JourneySamples,
  journey: number,
  from: number,
  to: number,
): JourneyCounts {
  const sum = [0, 0, 0, 0, 0];
  const first = Math.max(0, from - samples.firstSecond);
  const last = Math.min(samples.count, to - samples.firstSecond);
  for (let sample = first; sample < last; sample++) {
    const start = (sample * samples.journeys + journey) * FIELDS;
    for (let field = 0; field < FIELDS; field++) sum[field] += samples.counts[start + field];
  }
  return { completed: sum[0], bad: sum[1], failed: sum[2], slow: sum[3], lost: sum[4] };
}
