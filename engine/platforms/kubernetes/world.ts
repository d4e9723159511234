/**
 * A world: machines with a Kubernetes on them, made from the description of a system.
 *
 * Reads   the system's hosts and manifests. Emits   nodes, namespaces and the system's objects, as if an
 *         installer had applied them one by one; pods appear as controllers and kubelets get to it.
 */
import { createCluster } from '../../cluster/create-cluster.ts';
import type { Cluster } from '../../cluster/cluster-state.ts';
import type { ClusterOptions } from '../../cluster/create-cluster.ts';
import type { SystemSpec } from '../../cluster/system-spec.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { ApiRequest, Json, JsonObject } from './api-types.ts';
import { apiRequest } from './entrance.ts';
import { isObject, objectAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import type { Kube, World } from './kube-state.ts';
import { planMetricsSample } from './metrics-api.ts';
import { nodeObject, nodeStatus } from './nodes/node-objects.ts';
import { planNodeReport } from './nodes/node-reports.ts';
import { getObject } from './object-reads.ts';
import { writeStatus } from './object-writes.ts';
import { findKind } from './resources.ts';
import { createStore } from './store.ts';

export { apiRequest } from './entrance.ts';
export { runWorld, type IncidentHandler } from './run-world.ts';
export { restoreWorld, snapshotWorld } from './snapshot-world.ts';
export type { Kube, World } from './kube-state.ts';

const INSTALLER = 'system:installer';

function newKube(cluster: Cluster, options: ClusterOptions): Kube {
  const store = createStore(options.seed, options.startSecondOfWeek);
  return {
    store,
    routedVersion: store.resourceVersion,
    work: new Map(),
    workByKey: new Map(),
    lastWork: 0,
    nodes: cluster.hosts.map(() => ({ images: [], lastOctet: 0, policyDueMicros: -1, policies: new Map() })),
    pods: new Map(),
    podSerials: new Map(),
    lastPodSerial: 0,
    podOfProcess: new Map(),
    ordinals: new Map(),
    probeFlights: new Map(),
    answers: [],
    seenPods: new Map(),
    unschedulable: new Map(),
    serviceProcesses: new Map(),
    spreading: new Map(),
    lastSpread: 0,
    resizing: new Map(),
    claimVolumes: new Map(),
    revisions: new Map(),
    garbageDue: false,
    usage: new Map(),
  };
}

/** Creates an object as the installer; a refusal is the author's mistake and stops the world. */
function install(world: World, manifest: JsonObject): void {
  const apiVersion = textAt(manifest, 'apiVersion');
  const kind = findKind(apiVersion, textAt(manifest, 'kind'));
  invariant(kind !== undefined, `no kind ${apiVersion} ${textAt(manifest, 'kind')} is served`);
  const meta = objectAt(manifest, 'metadata');
  const request: ApiRequest = {
    verb: 'create',
    group: kind.group,
    version: kind.version,
    resource: kind.plural,
    query: { fieldManager: 'kubectl-client-side-apply' },
    body: cloneJson<Json>(manifest),
    seat: INSTALLER,
  };
  if (kind.namespaced) request.namespace = textAt(meta, 'namespace') || 'default';
  const answer = apiRequest(world, request);
  const name = textAt(meta, 'name');
  invariant(
    answer.ok,
    answer.ok ? '' : `manifest ${kind.kind} ${name} was refused: ${answer.status.message}`,
  );
}

/** Creates the cluster, its nodes and the system's objects; nothing runs before time passes. */
export function createWorld(system: SystemSpec, options: ClusterOptions): World {
  const cluster = createCluster(system, options);
  const world: World = { cluster, kube: newKube(cluster, options) };
  for (const name of ['default', 'kube-system']) {
    install(world, { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  system.hosts.forEach((spec, host) => {
    install(world, nodeObject(spec, host));
    const object = getObject(world, 'nodes', '', spec.name);
    if (object !== undefined) {
      writeStatus(world, 'kubelet', 'nodes', { object, status: nodeStatus(world, spec, host) });
    }
  });
  for (const manifest of system.manifests) {
    const json = manifest as Json;
    invariant(isObject(json), 'a manifest is an object');
    // An author may declare a namespace that every cluster has anyway.
    const present =
      textAt(json, 'kind') === 'Namespace' &&
      getObject(world, 'namespaces', '', textAt(objectAt(json, 'metadata'), 'name')) !== undefined;
    if (!present) install(world, json);
  }
  planMetricsSample(world);
  planNodeReport(world);
  return world;
}
