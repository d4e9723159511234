/**
 * What stood in the cluster at time 0: what "lost", "missing" and "changed for the time being" are
 * measured against. Taken before any fault, so an empty cluster can never pass for a healthy one.
 */
import type { KubeObject } from '../platforms/kubernetes/api-types.ts';
import { asJson, flagAt, numberAt, objectAt } from '../platforms/kubernetes/json-access.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readAll } from '../platforms/kubernetes/store-state.ts';

/** Shelves whose objects a fix must leave behind, and the word that players use for each. */
const KEPT_SHELVES: readonly { shelf: string; kind: string }[] = [
  { shelf: 'deployments.apps', kind: 'deployment' },
  { shelf: 'statefulsets.apps', kind: 'statefulset' },
  { shelf: 'daemonsets.apps', kind: 'daemonset' },
  { shelf: 'services', kind: 'service' },
  { shelf: 'networkpolicies.networking.k8s.io', kind: 'networkpolicy' },
  { shelf: 'persistentvolumeclaims', kind: 'persistentvolumeclaim' },
  { shelf: 'configmaps', kind: 'configmap' },
];

/** The cluster at time 0. */
export type Baseline = {
  /** Data epoch of every volume, by volume number. */
  dataEpochs: number[];
  /** Volume of every claim, `namespace/name` → volume number. */
  claims: Map<string, number>;
  /** Nodes that were cordoned. */
  cordoned: string[];
  /** Replicas asked for, by `kind/namespace/name`; −1 where the kind has none. */
  objects: Map<string, number>;
};

/** True when a node takes no new pods. */
export function isCordoned(node: KubeObject): boolean {
  return flagAt(objectAt(asJson(node), 'spec'), 'unschedulable');
}

/** The kept objects that exist now: `kind/namespace/name` → replicas, −1 where the kind has none. */
export function keptObjects(world: World): Map<string, number> {
  const found = new Map<string, number>();
  for (const { shelf, kind } of KEPT_SHELVES) {
    for (const object of readAll(world.kube.store, shelf)) {
      if (object.metadata.deletionTimestamp !== undefined) continue;
      const replicas = numberAt(objectAt(asJson(object), 'spec'), 'replicas') ?? -1;
      found.set(`${kind}/${object.metadata.namespace ?? ''}/${object.metadata.name}`, replicas);
    }
  }
  return found;
}

/** Looks at the cluster. */
export function takeBaseline(world: World): Baseline {
  const nodes = readAll(world.kube.store, 'nodes').filter(isCordoned);
  return {
    dataEpochs: world.cluster.volumes.map((volume) => volume.dataEpoch),
    claims: new Map(world.kube.claimVolumes),
    cordoned: nodes.map((node) => node.metadata.name),
    objects: keptObjects(world),
  };
}
