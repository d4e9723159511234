/** Traefik's own metrics, by backend service. */
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { STEP_CALL, STEP_END } from '../../cluster/plan.ts';
import type { PlanEdge } from '../../cluster/plan.ts';
import { noteLatency, windowQuantile } from '../latency-window.ts';
import type { LatencyWindow } from '../latency-window.ts';
import type { LogRecord } from '../log-record.ts';
import { httpCode } from '../http-code.ts';
import { putHistogram } from '../put-histogram.ts';
import { putSample } from '../series-store.ts';
import type { Sampler } from '../series-store.ts';
import { podScope } from './process-scope.ts';

/** What telemetry remembers of a proxy; empty for other programs. */
export type ProxyMemory = {
  /** Edge that each endpoint forwards over, −1 = none. */
  edges: number[];
  /** Failures by `edge|code`: the cluster counts failures, the proxy's log says of which kind. */
  codes: Map<string, number>;
  /** Latency of the last seconds. */
  latency: LatencyWindow;
};

/** Edge over which a program answers an endpoint, −1 when it answers by itself. */
function edgeOfEndpoint(cluster: Cluster, program: number, endpoint: number): number {
  const { plan } = cluster;
  for (let step = plan.programs[program].endpointStart[endpoint]; plan.stepCode[step] !== STEP_END; step++) {
    if (plan.stepCode[step] === STEP_CALL) return plan.stepEdge[step];
  }
  return -1;
}

/** Memory of a process that has just been found. */
export function createProxyMemory(cluster: Cluster, process: Process): ProxyMemory {
  const { spec, endpointStart } = cluster.plan.programs[process.program];
  const starts = spec.kind === 'proxy' ? endpointStart : [];
  const edges = starts.map((_, endpoint) => edgeOfEndpoint(cluster, process.program, endpoint));
  return { edges, codes: new Map(), latency: [] };
}

/** The edges that a proxy forwards over, each once. */
function distinctEdges(cluster: Cluster, memory: ProxyMemory): PlanEdge[] {
  const { edges } = memory;
  const first = edges.filter((edge, endpoint) => edge >= 0 && edges.indexOf(edge) === endpoint);
  return first.map((edge) => cluster.plan.edges[edge]);
}

/** Counts an access record that tells of a failure. */
export function countProxyCode(
  cluster: Cluster,
  process: Process,
  memory: ProxyMemory,
  found: LogRecord,
): void {
  const program = cluster.plan.programs[process.program];
  if (found.template !== program.accessTemplate || found.route < 0) return;
  const edge = memory.edges[program.endpointOfRoute[found.route]];
  const key = `${edge}|${httpCode('proxy', found.status, found.answered)}`;
  memory.codes.set(key, (memory.codes.get(key) ?? 0) + 1);
}

/** Traefik's name of a Kubernetes backend. */
function serviceName(edge: PlanEdge): string {
  return `${edge.spec.to.replace('/', '-')}@kubernetes`;
}

/** Failures that no record told of (overwritten, or no access log) go to the code seen most. */
function settleCodes(codes: Map<string, number>, edge: number, failed: number): void {
  let told = 0;
  let most = `${edge}|500`;
  for (const [key, count] of codes) {
    if (!key.startsWith(`${edge}|`)) continue;
    told += count;
    if (count > (codes.get(most) ?? 0)) most = key;
  }
  if (failed > told) codes.set(most, (codes.get(most) ?? 0) + failed - told);
}

/** Samples requests and latency of a running proxy, each second. */
export function sampleProxySecond(
  sampler: Sampler,
  cluster: Cluster,
  process: Process,
  memory: ProxyMemory,
): void {
  const { metrics } = process;
  const scope = podScope(process);
  for (const edge of distinctEdges(cluster, memory)) {
    let ok = 0;
    let failed = 0;
    for (let endpoint = 0; endpoint < metrics.ok.length; endpoint++) {
      if (memory.edges[endpoint] !== edge.id) continue;
      ok += metrics.ok[endpoint];
      failed += metrics.failed[endpoint];
    }
    settleCodes(memory.codes, edge.id, failed);
    const service = serviceName(edge);
    const name = 'traefik_service_requests_total';
    putSample(sampler, name, scope, ok, 'service', service, 'code', '200');
    for (const [key, count] of memory.codes) {
      const [of, code] = key.split('|');
      if (Number(of) === edge.id) putSample(sampler, name, scope, count, 'service', service, 'code', code);
    }
  }
  noteLatency(memory.latency, metrics.latencyBuckets);
  for (const [word, q] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const seconds = windowQuantile(memory.latency, q);
    if (seconds !== null) putSample(sampler, `service:request_duration_seconds:${word}`, scope, seconds);
  }
}

/** Which servers a proxy holds for healthy; exported where it checks their health. */
function sampleServers(
  sampler: Sampler,
  cluster: Cluster,
  process: Process,
  edge: PlanEdge,
  addresses: ReadonlyMap<string, string>,
): void {
  const number = process.balancerOfEdge[edge.id];
  if (edge.spec.healthCheck === null || number < 0) return;
  const { ejected } = cluster.balancers[number];
  for (const target of cluster.serviceTargets[edge.service]) {
    const server = cluster.processes[target];
    const { port } = cluster.plan.programs[server.program].spec;
    const [namespace, pod = ''] = server.owner.split('/');
    const url = `http://${addresses.get(`pod ${namespace}/${pod}`) ?? pod}:${port}`;
    const up = ejected.has(target) ? 0 : 1;
    const scope = podScope(process);
    putSample(sampler, 'traefik_service_server_up', scope, up, 'service', serviceName(edge), 'url', url);
  }
}

/** Samples the rest of a running proxy, every five seconds. */
export function sampleProxy(
  sampler: Sampler,
  cluster: Cluster,
  process: Process,
  known: { memory: ProxyMemory; addresses: ReadonlyMap<string, string> },
): void {
  const { latencyBuckets, latencySumMicros } = process.metrics;
  const scope = podScope(process);
  const edges = distinctEdges(cluster, known.memory);
  // Latency is counted per process: with several backends it can only be told for the entrypoint.
  const only = edges.length === 1 ? edges[0] : null;
  const word = only === null ? 'entrypoint' : 'service';
  const label = only === null ? 'web' : serviceName(only);
  const labelled = { key: `${scope.key}|${label}`, labels: { ...scope.labels, [word]: label } };
  const name = `traefik_${word}_request_duration_seconds`;
  putHistogram(sampler, name, labelled, latencyBuckets, latencySumMicros);
  putSample(sampler, 'traefik_open_connections', scope, process.liveSpans, 'entrypoint', 'web');
  for (const edge of edges) sampleServers(sampler, cluster, process, edge, known.addresses);
}
