/** Every metric that telemetry samples, by name, as the real exporters name and describe them. */
import type { Metric } from './metric.ts';

/** Name, type, unit, help. */
type Row = [name: string, type: Metric['type'], unit: string, help: string];

function served(exporter: string, everySeconds: 1 | 5, rows: Row[]): [string, Metric][] {
  return rows.map(([name, type, unit, help]) => [name, { name, type, unit, help, exporter, everySeconds }]);
}

function histogram(exporter: string, name: string, help: string): [string, Metric][] {
  return served(exporter, 5, [
    [`${name}_bucket`, 'histogram', '', help],
    [`${name}_sum`, 'histogram', 'seconds', help],
    [`${name}_count`, 'histogram', '', help],
  ]);
}

/** All metrics in the order of the catalogue. */
export const METRICS: ReadonlyMap<string, Metric> = new Map([
  ...served('blackbox', 1, [
    ['journey_attempts_total', 'counter', '', 'User journeys that ended.'],
    ['journey_failures_total', 'counter', '', 'User journeys that ended badly, by reason.'],
    ['journey:duration_seconds:p50', 'gauge', 'seconds', 'Median step latency over 10 seconds.'],
    ['journey:duration_seconds:p99', 'gauge', 'seconds', '99th percentile of step latency over 10 seconds.'],
  ]),
  ...histogram('blackbox', 'journey_duration_seconds', 'Latency of journey steps.'),
  ...served('traefik', 1, [
    ['traefik_service_requests_total', 'counter', '', 'Requests processed, by service and status code.'],
    ['service:request_duration_seconds:p50', 'gauge', 'seconds', 'Median latency over 10 seconds.'],
    ['service:request_duration_seconds:p99', 'gauge', 'seconds', '99th percentile over 10 seconds.'],
  ]),
  ...histogram('traefik', 'traefik_service_request_duration_seconds', 'Request latency on a service.'),
  ...histogram('traefik', 'traefik_entrypoint_request_duration_seconds', 'Request latency on an entrypoint.'),
  ...served('traefik', 5, [
    ['traefik_service_server_up', 'gauge', '', 'Whether a server passes its health check, 1 or 0.'],
    ['traefik_open_connections', 'gauge', '', 'Open connections by entrypoint.'],
  ]),
  ...served('application', 5, [
    ['http_requests_total', 'counter', '', 'Requests served, by route and status code.'],
    ['http_requests_rejected_total', 'counter', '', 'Requests refused because no worker was free.'],
    ['http_requests_in_flight', 'gauge', '', 'Requests being worked on.'],
    ['http_requests_queued', 'gauge', '', 'Requests waiting for a worker.'],
    ['db_pool_connections', 'gauge', '', 'Pool connections by state.'],
    ['db_pool_max_connections', 'gauge', '', 'Most connections the pool may open.'],
    ['db_pool_wait_count', 'gauge', '', 'Requests waiting for a pool connection.'],
    ['db_pool_timeouts_total', 'counter', '', 'Waits for a pool connection that timed out.'],
    ['db_pool_connect_failures_total', 'counter', '', 'Connections that could not be made.'],
  ]),
  ...histogram('application', 'http_request_duration_seconds', 'Latency of served requests.'),
  ...served('prometheus', 5, [
    ['up', 'gauge', '', 'Whether the target could be scraped, 1 or 0.'],
    ['process_start_time_seconds', 'gauge', 'seconds', 'Start of the process, Unix time.'],
  ]),
  ...served('postgres_exporter', 5, [
    ['pg_up', 'gauge', '', 'Whether the server answers, 1 or 0.'],
    ['pg_stat_activity_count', 'gauge', '', 'Connections by state.'],
    ['pg_settings_max_connections', 'gauge', '', 'Connections accepted at once.'],
    ['pg_stat_database_xact_commit', 'counter', '', 'Transactions committed.'],
    ['pg_stat_database_xact_rollback', 'counter', '', 'Transactions rolled back.'],
    ['pg_database_size_bytes', 'gauge', 'bytes', 'Disk space used by the database.'],
  ]),
  ...served('cadvisor', 5, [
    ['container_cpu_usage_seconds_total', 'counter', 'seconds', 'CPU time consumed.'],
    ['container_cpu_cfs_periods_total', 'counter', '', 'Elapsed enforcement period intervals.'],
    ['container_cpu_cfs_throttled_periods_total', 'counter', '', 'Throttled period intervals.'],
    ['container_cpu_cfs_throttled_seconds_total', 'counter', 'seconds', 'Time throttled.'],
    ['container_spec_cpu_quota', 'gauge', '', 'CPU quota, microseconds per period of 100,000.'],
    ['container_memory_working_set_bytes', 'gauge', 'bytes', 'Working set.'],
    ['container_spec_memory_limit_bytes', 'gauge', 'bytes', 'Memory limit; 0 = none.'],
  ]),
  ...served('kube-state-metrics', 5, [
    ['kube_pod_info', 'gauge', '', 'Information about the pod.'],
    ['kube_pod_status_phase', 'gauge', '', "The pod's current phase."],
    ['kube_pod_status_ready', 'gauge', '', 'Whether the pod is ready to serve requests.'],
    ['kube_pod_container_status_restarts_total', 'counter', '', 'Container restarts.'],
    ['kube_pod_container_status_waiting_reason', 'gauge', '', 'Why the container is waiting.'],
    ['kube_pod_container_status_last_terminated_reason', 'gauge', '', 'Why the container last ended.'],
    ['kube_deployment_spec_replicas', 'gauge', '', 'Replicas asked for.'],
    ['kube_deployment_status_replicas_available', 'gauge', '', 'Replicas available.'],
    ['kube_deployment_status_replicas_unavailable', 'gauge', '', 'Replicas unavailable.'],
    ['kube_deployment_status_replicas_updated', 'gauge', '', 'Replicas of the newest template.'],
    ['kube_statefulset_replicas', 'gauge', '', 'Replicas asked for.'],
    ['kube_statefulset_status_replicas_ready', 'gauge', '', 'Replicas ready.'],
    ['kube_node_spec_unschedulable', 'gauge', '', 'Whether the node takes new pods: 1 = it does not.'],
    ['kube_node_status_condition', 'gauge', '', 'Whether the condition holds.'],
    ['kube_endpoint_address_available', 'gauge', '', 'Addresses available in an endpoint.'],
    ['kube_endpoint_address_not_ready', 'gauge', '', 'Addresses not ready in an endpoint.'],
  ]),
  ...served('node_exporter', 5, [
    ['node_cpu_seconds_total', 'counter', 'seconds', 'Seconds the CPUs spent in each mode.'],
    ['node_memory_MemTotal_bytes', 'gauge', 'bytes', 'Memory.'],
    ['node_memory_MemAvailable_bytes', 'gauge', 'bytes', 'Memory available.'],
    ['node_filesystem_size_bytes', 'gauge', 'bytes', 'Filesystem size.'],
    ['node_filesystem_avail_bytes', 'gauge', 'bytes', 'Filesystem space available to non-root users.'],
    ['node_netstat_Tcp_RetransSegs', 'counter', '', 'TCP segments sent again.'],
  ]),
  ...served('kubelet', 5, [
    ['kubelet_volume_stats_capacity_bytes', 'gauge', 'bytes', 'Capacity of the volume.'],
    ['kubelet_volume_stats_used_bytes', 'gauge', 'bytes', 'Bytes used in the volume.'],
  ]),
]);
