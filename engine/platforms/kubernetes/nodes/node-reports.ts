/** Kubelets report their nodes every five minutes even when nothing changed, as real ones do. */
import { schedule } from '../../../kernel/event-queue.ts';
import type { JsonObject } from '../api-types.ts';
import { conditionOf } from '../conditions.ts';
import { EVENT_NODE_REPORT } from '../event-kinds.ts';
import { expireEvents } from '../events.ts';
import { textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { listObjects } from '../object-reads.ts';
import { writeStatus } from '../object-writes.ts';
import { nodeConditions } from './node-objects.ts';

const PERIOD_MICROS = 300_000_000;

/** Plans the next report. */
export function planNodeReport(world: World): void {
  const { cluster } = world;
  schedule(cluster.queue, cluster.nowMicros + PERIOD_MICROS, EVENT_NODE_REPORT, 0, 0);
}

/** Writes fresh heartbeats and drops events older than the API server keeps them. */
export function handleNodeReport(world: World): void {
  for (const node of listObjects(world, 'nodes')) {
    if (!world.cluster.hosts.some((host) => host.name === node.metadata.name)) continue;
    const since = textAt(conditionOf(node.status, 'Ready'), 'lastTransitionTime');
    const status: JsonObject = { ...(node.status ?? {}), conditions: nodeConditions(world, since) };
    writeStatus(world, 'kubelet', 'nodes', { object: node, status });
  }
  expireEvents(world.kube.store, world.cluster.nowMicros);
  planNodeReport(world);
}
