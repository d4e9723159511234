/** The map with what flows: nodes with their level, edges with rate, errors and latency. */
import type { MapEdge, MapNode, RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { Level } from './level.ts';
import type { TelemetryState } from './telemetry.svelte.ts';
import type { PodThing } from './things.ts';

/** A node of the map. */
export type MapNodeState = MapNode & { level: Level; why: string };
/** An edge of the map; null = not known. */
export type MapEdgeState = MapEdge & {
  perSecond: number | null;
  /** Share that fails, 0–1. */
  errorRatio: number | null;
  /** Slowest hundredth, ms. */
  latencyMs: number | null;
};

/** Failing share from which a part counts as degraded, and as down. */
const DEGRADED_RATIO = 0.01;
const DOWN_RATIO = 0.5;

function levelOfErrors(ratio: number | null): Level {
  if (ratio === null) return 'unknown';
  if (ratio >= DOWN_RATIO) return 'down';
  return ratio >= DEGRADED_RATIO ? 'degraded' : 'healthy';
}

function ratio(part: number | null, whole: number | null): number | null {
  return whole === null || whole === 0 ? null : (part ?? 0) / whole;
}

function usersEdge(telemetry: TelemetryState): Omit<MapEdgeState, keyof MapEdge> {
  const perSecond = telemetry.rate('journey_attempts_total');
  const slowest = telemetry.series('journey:duration_seconds:p99').map(({ values }) => values.at(-1) ?? 0);
  return {
    perSecond,
    errorRatio: ratio(telemetry.rate('journey_failures_total'), perSecond),
    latencyMs: slowest.length === 0 ? null : Math.max(...slowest) * 1000,
  };
}

function proxyEdge(telemetry: TelemetryState): Omit<MapEdgeState, keyof MapEdge> {
  const perSecond = telemetry.rate('traefik_service_requests_total');
  const codes = telemetry.labelValues('traefik_service_requests_total', 'code');
  let bad = 0;
  for (const code of codes.filter((one) => one.startsWith('5'))) {
    bad += telemetry.rate('traefik_service_requests_total', { code }) ?? 0;
  }
  const slowest = telemetry.latest('service:request_duration_seconds:p99');
  return {
    perSecond,
    errorRatio: ratio(bad, perSecond),
    latencyMs: slowest === null ? null : slowest * 1000,
  };
}

function databaseEdge(telemetry: TelemetryState): Omit<MapEdgeState, keyof MapEdge> {
  const good = telemetry.rate('pg_stat_database_xact_commit');
  const bad = telemetry.rate('pg_stat_database_xact_rollback');
  const refused = telemetry.rate('db_pool_connect_failures_total');
  const failed = (bad ?? 0) + (refused ?? 0);
  const all = good === null ? null : good + failed;
  return { perSecond: all, errorRatio: ratio(failed, all), latencyMs: null };
}

const NOTHING = { perSecond: null, errorRatio: null, latencyMs: null };

/** The edges of the map with what flows over them. */
export function mapEdges({ map }: RoomInfo, telemetry: TelemetryState): MapEdgeState[] {
  const kindOf = new Map(map.nodes.map(({ id, kind }) => [id, kind]));
  return map.edges.map((edge) => {
    const to = kindOf.get(edge.to);
    if (to === 'proxy') return { ...edge, ...usersEdge(telemetry) };
    if (to === 'application') return { ...edge, ...proxyEdge(telemetry) };
    if (to === 'database') return { ...edge, ...databaseEdge(telemetry) };
    return { ...edge, ...NOTHING };
  });
}

/** Pods of a workload: named after it. */
function podsOf(pods: readonly PodThing[], workload: string): PodThing[] {
  const [namespace, name = ''] = workload.split('/');
  return pods.filter((pod) => pod.namespace === namespace && pod.name.startsWith(`${name}-`));
}

/** The nodes of the map with how they fare. */
export function mapNodes(
  { map }: RoomInfo,
  edges: readonly MapEdgeState[],
  pods: readonly PodThing[],
): MapNodeState[] {
  return map.nodes.map((node) => {
    if (node.kind === 'users') {
      const failing = edges.find(({ from }) => from === node.id)?.errorRatio ?? null;
      const why =
        failing !== null && failing >= DEGRADED_RATIO ? `${Math.round(failing * 100)} % of actions fail` : '';
      return { ...node, level: levelOfErrors(failing), why };
    }
    const own = podsOf(pods, node.workload);
    if (own.length === 0) return { ...node, level: 'unknown', why: 'no pods known' };
    const well = own.filter(({ level }) => level !== 'down').length;
    const inward = edges.find(({ to }) => to === node.id)?.errorRatio ?? null;
    const errors = node.kind === 'proxy' ? null : inward;
    if (well === 0) return { ...node, level: 'down', why: `0 of ${own.length} ready` };
    if (well < own.length) return { ...node, level: 'degraded', why: `${well} of ${own.length} ready` };
    if (errors !== null && errors >= DEGRADED_RATIO) {
      return { ...node, level: 'degraded', why: `${Math.round(errors * 100)} % of calls fail` };
    }
    const troubled = own.find(({ level }) => level === 'degraded');
    if (troubled) return { ...node, level: 'degraded', why: troubled.why };
    return { ...node, level: 'healthy', why: `${own.length} of ${own.length} ready` };
  });
}
