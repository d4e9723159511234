/** A world as state that can be encoded, hashed and brought back. */
import { compilePlan } from '../../cluster/compile-plan.ts';
import type { Cluster } from '../../cluster/cluster-state.ts';
import type { SystemSpec } from '../../cluster/system-spec.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { Kube, World } from './kube-state.ts';

/** All that is state: the world without the plan. It shares memory with the world: encode it at once. */
export function snapshotWorld(world: World): unknown {
  const { plan: _plan, ...cluster } = world.cluster;
  return { cluster, kube: world.kube };
}

/** The world of a decoded snapshot; the tree becomes the world's own and must not be used again. */
export function restoreWorld(system: SystemSpec, snapshotTree: unknown): World {
  invariant(isTree(snapshotTree), 'a snapshot holds a cluster and its Kubernetes');
  const { cluster, kube } = snapshotTree;
  return { cluster: { ...cluster, plan: compilePlan(system, cluster.load.loadScale) }, kube };
}

type Tree = { cluster: Omit<Cluster, 'plan'>; kube: Kube };

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && 'cluster' in value && 'kube' in value;
}
