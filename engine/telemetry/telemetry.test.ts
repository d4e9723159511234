import { describe, expect, it } from 'vitest';
import type { Cluster } from '../cluster/cluster-state.ts';
import { killProcess, startProcess } from '../cluster/processes.ts';
import { setServiceTargets } from '../cluster/service-targets.ts';
import { schedule } from '../kernel/event-queue.ts';
import { seedFromText } from '../kernel/chance.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { hashState } from '../kernel/state-hash.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { createWorld, runWorld } from '../platforms/kubernetes/world.ts';
import { telemetryFrame } from './frame.ts';
import type { TelemetryCursor } from './frame.ts';
import { observeLogs } from './observe-logs.ts';
import { readSeries, seriesCatalogue } from './read-series.ts';
import { bareWorld, runCluster, SAMPLE_SYSTEM, sampleCluster, sampleStart } from './sample-system.ts';
import { searchLogs } from './search-logs.ts';
import { keptSeries } from './series-store.ts';
import { createTelemetry, sampleTelemetry } from './telemetry.ts';
import type { Telemetry } from './telemetry.ts';

/** Series that a system of the size of `polls` may have live. */
const POLLS_BUDGET = { everySecond: 60, everyFiveSeconds: 400 };
const ALWAYS = { fromMicros: -1e12, toMicros: 1e12, limit: 1000 };

/** Runs a bare world second by second and looks at it. */
function watch(telemetry: Telemetry, world: World, untilSecond: number): void {
  for (let second = Math.floor(world.cluster.nowMicros / 1e6) + 1; second <= untilSecond; second++) {
    runCluster(world.cluster, second * 1e6);
    sampleTelemetry(telemetry, world);
  }
}

/** Newest value of the one series that matches. */
function latest(telemetry: Telemetry, name: string, labels: { [label: string]: string } = {}): number {
  const found = readSeries(telemetry, name, labels, -1e12, 1e12);
  expect(found.length).toBe(1);
  return found[0].values[found[0].values.length - 1];
}

/** Sampled seconds of the one series that matches. */
function seconds(telemetry: Telemetry, name: string, labels: { [label: string]: string }): number[] {
  const found = readSeries(telemetry, name, labels, -1e12, 1e12);
  return found.flatMap(({ atMicros }) => atMicros.map((at) => at / 1e6));
}

function sampled(): { telemetry: Telemetry; world: World; cluster: Cluster } & ReturnType<
  typeof sampleCluster
> {
  const started = sampleCluster();
  const world = bareWorld(started.cluster);
  return { ...started, world, telemetry: createTelemetry(world) };
}

describe('series', () => {
  it('agree with what the cluster counted', () => {
    const { telemetry, world, cluster, processes } = sampled();
    watch(telemetry, world, 20);
    const { good, bad } = cluster.journeys[0];
    expect(latest(telemetry, 'journey_attempts_total', { journey: 'browse' })).toBe(good + bad);
    const { ok } = cluster.processes[processes.web].metrics;
    expect(latest(telemetry, 'http_requests_total', { route: 'GET /', code: '200' })).toBe(ok[0]);
    expect(latest(telemetry, 'traefik_service_requests_total', { code: '200' })).toBe(
      cluster.processes[processes.proxy].metrics.ok[0] + cluster.processes[processes.proxy].metrics.ok[1],
    );
    const { connections } = cluster.processes[processes.database];
    const states = readSeries(telemetry, 'pg_stat_activity_count', {}, 20e6, 20e6).map(
      (one) => one.values[0],
    );
    expect(states.reduce((sum, one) => sum + one, 0)).toBe(connections);
    expect(latest(telemetry, 'container_spec_cpu_quota', { pod: 'web-*' })).toBe(50_000);
    const p99 = latest(telemetry, 'journey:duration_seconds:p99', { journey: 'buy' });
    expect(p99).toBeGreaterThan(0.02);
    expect(p99).toBeLessThan(0.5);
  });

  it('counters never fall but at a restart', () => {
    const { telemetry, world, cluster, processes } = sampled();
    watch(telemetry, world, 20);
    killProcess(cluster, processes.web, 137, 'Error', '');
    const again = startProcess(cluster, sampleStart(cluster, 'web', 'shop/web-5d4/web', 1));
    setServiceTargets(cluster, 'shop/web', [again]);
    watch(telemetry, world, 40);
    const fell: string[] = [];
    for (const { name, type } of seriesCatalogue(telemetry)) {
      if (type === 'gauge') continue;
      for (const { labels, atMicros, values } of readSeries(telemetry, name, {}, -1e12, 1e12)) {
        for (let at = 1; at < values.length; at++) {
          if (values[at] < values[at - 1]) fell.push(`${labels.pod} ${atMicros[at] / 1e6}`);
        }
      }
    }
    expect(fell.length).toBeGreaterThan(5);
    expect([...new Set(fell)]).toEqual(['web-5d4 25']);
  });

  it('a program that is not up has no metrics of its own; its container has, unless it has ended', () => {
    const { telemetry, world, cluster, processes } = sampled();
    cluster.plan.programs[1].spec.boot.medianMicros = 8e6;
    watch(telemetry, world, 10);
    killProcess(cluster, processes.web, 1, 'Error', '');
    watch(telemetry, world, 20);
    const again = startProcess(cluster, sampleStart(cluster, 'web', 'shop/web-5d4/web', 1));
    setServiceTargets(cluster, 'shop/web', [again]);
    watch(telemetry, world, 40);
    cluster.plan.programs[1].spec.boot.medianMicros = 5e5;
    expect(seconds(telemetry, 'http_requests_in_flight', { pod: 'web-5d4' })).toEqual([0, 5, 10, 35, 40]);
    const alive = seconds(telemetry, 'container_cpu_usage_seconds_total', { pod: 'web-5d4' });
    expect(alive).toEqual([0, 5, 10, 25, 30, 35, 40]);
    const up = readSeries(telemetry, 'up', { pod: 'web-5d4' }, -1e12, 1e12)[0];
    expect(up.values).toEqual([1, 1, 1, 0, 0, 1, 1]);
  });

  it('a throttled process still answers the scraper', () => {
    const { telemetry, world, cluster, processes } = sampled();
    cluster.processes[processes.web].cpu.quotaMicros = 2000;
    watch(telemetry, world, 30);
    expect(seconds(telemetry, 'http_requests_in_flight', { pod: 'web-5d4' }).at(-1)).toBe(30);
    const throttled = latest(telemetry, 'container_cpu_cfs_throttled_seconds_total', { pod: 'web-5d4' });
    expect(throttled).toBeGreaterThan(20);
    expect(
      latest(telemetry, 'container_cpu_cfs_throttled_periods_total', { pod: 'web-5d4' }),
    ).toBeGreaterThan(200);
  });

  it('the proxy counts failures by the code that it answered with', () => {
    const { telemetry, world, cluster, processes } = sampled();
    watch(telemetry, world, 5);
    killProcess(cluster, processes.web, 1, 'Error', '');
    watch(telemetry, world, 10);
    setServiceTargets(cluster, 'shop/web', []);
    watch(telemetry, world, 15);
    const { failed } = cluster.processes[processes.proxy].metrics;
    const refused = latest(telemetry, 'traefik_service_requests_total', { code: '502' });
    const empty = latest(telemetry, 'traefik_service_requests_total', { code: '503' });
    expect(refused).toBeGreaterThan(100);
    expect(empty).toBeGreaterThan(100);
    expect(refused + empty).toBe(failed[0] + failed[1]);
  });
});

describe('logs', () => {
  it('are found by pod, level and text, with like lines counted', () => {
    const { telemetry, world, cluster, processes } = sampled();
    watch(telemetry, world, 5);
    killProcess(cluster, processes.database, 1, 'Error', '');
    watch(telemetry, world, 10);
    const bad = searchLogs(telemetry, world, { ...ALWAYS, level: 'error', workload: 'web' });
    const total = bad.lines.reduce((sum, line) => sum + line.count, 0);
    const { failed } = cluster.processes[processes.web].metrics;
    expect(total).toBe(failed[0] + failed[1]);
    expect(bad.lines.length).toBeLessThan(total);
    expect(new Set(bad.lines.map((line) => line.level))).toEqual(new Set(['error']));
    const refused = searchLogs(telemetry, world, { ...ALWAYS, text: 'CONNECTION REFUSED', limit: 5 });
    expect([refused.lines.length, refused.more]).toEqual([5, true]);
    expect(refused.lines.every((line) => line.pod === 'web-5d4')).toBe(true);
    const orders = searchLogs(telemetry, world, ALWAYS).lines.map((line) => line.order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(observeLogs(refused.lines)).toEqual([
      { tool: 'logs', namespace: 'shop', pod: 'web-5d4', container: 'web', templates: ['failure'] },
    ]);
    const before = searchLogs(telemetry, world, { ...ALWAYS, level: 'error', toMicros: 5e6 });
    expect(before.lines).toEqual([]);
  });

  it('what a process overwrote between two looks is counted as lost', () => {
    const { telemetry, world, cluster } = sampled();
    cluster.load.intensity = 10;
    runCluster(cluster, 30e6);
    sampleTelemetry(telemetry, world);
    expect(telemetry.logs.lost).toBeGreaterThan(1000);
  });
});

/** Runs a sample world with Kubernetes on it; `each` is called at the end of every second. */
function runKubernetes(untilSecond: number, each: (world: World, second: number) => void): World {
  const world = createWorld(SAMPLE_SYSTEM, {
    seed: seedFromText('sample'),
    loadScale: 1,
    intensity: 1,
    startSecondOfWeek: 137100,
    startMicros: 0,
  });
  let second = 1;
  schedule(world.cluster.queue, 1e6, 130, 0, 0);
  runWorld(world, untilSecond * 1e6 + 1, () => {
    each(world, second++);
    schedule(world.cluster.queue, second * 1e6, 130, 0, 0);
  });
  return world;
}

/** The same run, watched. */
function watchKubernetes(untilSecond: number): { telemetry: Telemetry; world: World } {
  let telemetry: Telemetry | null = null;
  const world = runKubernetes(untilSecond, (seen) => {
    telemetry ??= createTelemetry(seen);
    sampleTelemetry(telemetry, seen);
  });
  return { telemetry: telemetry as unknown as Telemetry, world };
}

describe('with Kubernetes', () => {
  it('telemetry on or off gives the same world', () => {
    const hash = ({ cluster, kube }: World): string =>
      hashState({ cluster: { ...cluster, plan: null }, kube });
    const { telemetry, world } = watchKubernetes(60);
    telemetryFrame(telemetry, world, null);
    searchLogs(telemetry, world, ALWAYS);
    expect(hash(world)).toBe(hash(runKubernetes(60, () => {})));
    expect(hashState(telemetry)).toBe(hashState(watchKubernetes(60).telemetry));
  });

  it('stays within the budget of a system like polls and shows its pods', () => {
    const { telemetry } = watchKubernetes(60);
    const { live1, live5, dropped } = telemetry.series;
    expect(live1).toBeGreaterThan(10);
    expect(live1).toBeLessThanOrEqual(POLLS_BUDGET.everySecond);
    expect(live5).toBeGreaterThan(200);
    expect(live5).toBeLessThanOrEqual(POLLS_BUDGET.everyFiveSeconds);
    expect(dropped).toBe(0);
    expect(latest(telemetry, 'kube_deployment_status_replicas_available', { deployment: 'web' })).toBe(3);
    const info = readSeries(telemetry, 'kube_pod_info', { pod: 'web-*' }, 60e6, 60e6);
    expect(new Set(info.map((one) => one.labels.node)).size).toBeGreaterThan(1);
    const units = seriesCatalogue(telemetry).find((one) => one.name === 'container_memory_working_set_bytes');
    expect(units).toMatchObject({
      type: 'gauge',
      unit: 'bytes',
      exporter: 'cadvisor',
      everySeconds: 5,
      live: 8,
    });
  });

  it('frames add up to what stands, are JSON, and show worst lines when there are many', () => {
    const shown = new Map<number, number | null>();
    let cursor: TelemetryCursor | null = null;
    let telemetry: Telemetry | null = null;
    let events = 0;
    runKubernetes(40, (world) => {
      telemetry ??= createTelemetry(world);
      sampleTelemetry(telemetry, world);
      const frame = telemetryFrame(telemetry, world, cursor);
      cursor = frame.cursor;
      events += frame.kubeEvents.length;
      expect(JSON.parse(JSON.stringify(frame))).toEqual(frame);
      expect(frame.logLines.length).toBeLessThanOrEqual(100);
      for (const { id, value } of frame.series) shown.set(id, value);
    });
    const now = telemetry as unknown as Telemetry;
    for (const { id, latest: value } of keptSeries(now.series)) {
      expect(shown.get(id)).toBe(value === -1 ? null : value);
    }
    expect(events).toBeGreaterThan(10);
    expect(now.kubeEvents.rows.size).toBeGreaterThan(10);
  });

  it('goes on from a snapshot as if it had never stopped', () => {
    const whole = watchKubernetes(40).telemetry;
    let telemetry: Telemetry | null = null;
    runKubernetes(40, (world) => {
      telemetry ??= createTelemetry(world);
      sampleTelemetry(telemetry, world);
      telemetry = decodeState<Telemetry>(encodeState(telemetry));
    });
    expect(hashState(telemetry)).toBe(hashState(whole));
  });
});
