/** What an application says of itself: requests, latency, its connection pools. */
import type { Cluster, Pool, Process } from '../../cluster/cluster-state.ts';
import { putHistogram } from '../put-histogram.ts';
import { putSample } from '../series-store.ts';
import type { Sampler, Scope } from '../series-store.ts';
import { podScope } from './process-scope.ts';

/** Requests that really wait: the line also holds some that have given up. */
function liveWaiters(cluster: Cluster, pool: Pool): number {
  let live = 0;
  for (let at = 0; at < pool.waiters.length; at++) {
    if (cluster.spans.callSerial[pool.waiters[at]] === pool.waiterSerials[at]) live++;
  }
  return live;
}

function samplePool(sampler: Sampler, cluster: Cluster, scope: Scope, pool: Pool): void {
  const { spec } = cluster.plan.edges[pool.edge];
  const target = spec.to.split('/')[1] ?? spec.to;
  const count = { idle: 0, in_use: 0, connecting: 0 };
  for (const { state } of pool.connections) {
    if (state === 'idle') count.idle++;
    else if (state === 'busy') count.in_use++;
    else if (state === 'connecting') count.connecting++;
  }
  const put = (name: string, value: number): void => putSample(sampler, name, scope, value, 'target', target);
  for (const state of ['idle', 'in_use', 'connecting'] as const) {
    putSample(sampler, 'db_pool_connections', scope, count[state], 'target', target, 'state', state);
  }
  put('db_pool_max_connections', spec.pool?.size ?? 0);
  put('db_pool_wait_count', liveWaiters(cluster, pool));
  put('db_pool_timeouts_total', pool.acquireTimeouts);
  put('db_pool_connect_failures_total', pool.connectFailures);
}

/** Samples a running application. */
export function sampleApplication(sampler: Sampler, cluster: Cluster, process: Process): void {
  const program = cluster.plan.programs[process.program];
  const { metrics } = process;
  const scope = podScope(process);
  for (let endpoint = 0; endpoint < metrics.ok.length; endpoint++) {
    const route = program.endpointNames[endpoint];
    const { ok, failed } = metrics;
    putSample(sampler, 'http_requests_total', scope, ok[endpoint], 'route', route, 'code', '200');
    // A code that was never answered with has no series yet, as with the real client libraries.
    if (failed[endpoint] > 0) {
      putSample(sampler, 'http_requests_total', scope, failed[endpoint], 'route', route, 'code', '500');
    }
  }
  putSample(sampler, 'http_requests_rejected_total', scope, metrics.refused);
  putSample(sampler, 'http_requests_in_flight', scope, process.busyWorkers);
  putSample(sampler, 'http_requests_queued', scope, process.waiting.length);
  const { latencyBuckets, latencySumMicros } = metrics;
  putHistogram(sampler, 'http_request_duration_seconds', scope, latencyBuckets, latencySumMicros);
  for (const number of process.poolOfEdge) {
    if (number >= 0) samplePool(sampler, cluster, scope, cluster.pools[number]);
  }
}
