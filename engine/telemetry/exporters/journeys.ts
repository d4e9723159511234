/** Probes of the user journeys, as a blackbox exporter would serve them. */
import type { Cluster } from '../../cluster/cluster-state.ts';
import { noteLatency, windowQuantile } from '../latency-window.ts';
import type { LatencyWindow } from '../latency-window.ts';
import { putHistogram } from '../put-histogram.ts';
import { putSample } from '../series-store.ts';
import type { Sampler, Scope } from '../series-store.ts';

function journeyScope(cluster: Cluster, journey: number): Scope {
  const { name } = cluster.plan.journeys[journey].spec;
  return { key: name, labels: { journey: name } };
}

/** Samples traffic, errors and latency of every journey, each second. */
export function sampleJourneysSecond(sampler: Sampler, cluster: Cluster, windows: LatencyWindow[]): void {
  cluster.journeys.forEach((counters, journey) => {
    const scope = journeyScope(cluster, journey);
    putSample(sampler, 'journey_attempts_total', scope, counters.good + counters.bad);
    putSample(sampler, 'journey_failures_total', scope, counters.failed, 'reason', 'error');
    putSample(sampler, 'journey_failures_total', scope, counters.slow, 'reason', 'slow');
    putSample(sampler, 'journey_failures_total', scope, counters.lost, 'reason', 'lost');
    noteLatency(windows[journey], counters.latencyBuckets);
    const p50 = windowQuantile(windows[journey], 0.5);
    const p99 = windowQuantile(windows[journey], 0.99);
    if (p50 !== null) putSample(sampler, 'journey:duration_seconds:p50', scope, p50);
    if (p99 !== null) putSample(sampler, 'journey:duration_seconds:p99', scope, p99);
  });
}

/** Samples the histograms of every journey, every five seconds. */
export function sampleJourneys(sampler: Sampler, cluster: Cluster): void {
  cluster.journeys.forEach(({ latencyBuckets, latencySumMicros }, journey) => {
    const scope = journeyScope(cluster, journey);
    putHistogram(sampler, 'journey_duration_seconds', scope, latencyBuckets, latencySumMicros);
  });
}
