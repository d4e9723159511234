/** postgres_exporter beside a database. */
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { resolvePath } from '../../cluster/volumes.ts';
import { putSample } from '../series-store.ts';
import type { Sampler } from '../series-store.ts';
import { podScope } from './process-scope.ts';

function sum(counts: readonly number[]): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

/** Size of the file that rows go to, bytes; 0 when it lies on no volume. */
function databaseBytes(cluster: Cluster, process: Process): number {
  const { rows } = cluster.plan.programs[process.program].spec.files;
  const place = rows === '' ? null : resolvePath(process, rows);
  return place === null ? 0 : (cluster.volumes[place.volume].files.get(place.inner)?.bytes ?? 0);
}

/** Samples a running database. */
export function samplePostgres(sampler: Sampler, cluster: Cluster, process: Process): void {
  const { spec } = cluster.plan.programs[process.program];
  const { metrics, connections } = process;
  const pod = podScope(process);
  const datname = process.owner.split('/')[0];
  const scope = { key: pod.key, labels: { ...pod.labels, datname } };
  const active = Math.min(connections, process.busyWorkers + process.waiting.length);
  putSample(sampler, 'pg_up', pod, 1);
  putSample(sampler, 'pg_stat_activity_count', scope, active, 'state', 'active');
  putSample(sampler, 'pg_stat_activity_count', scope, connections - active, 'state', 'idle');
  putSample(sampler, 'pg_settings_max_connections', pod, spec.connectionLimit);
  putSample(sampler, 'pg_stat_database_xact_commit', scope, sum(metrics.ok));
  putSample(sampler, 'pg_stat_database_xact_rollback', scope, sum(metrics.failed));
  putSample(sampler, 'pg_database_size_bytes', scope, databaseBytes(cluster, process));
}
