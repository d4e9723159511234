/** The kubelets' statistics of claimed volumes. */
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { putSample } from '../series-store.ts';
import type { Sampler } from '../series-store.ts';

/** Volumes that a living process has mounted: nobody measures a volume that no pod uses. */
function mountedVolumes(world: World, living: Iterable<number>): Set<number> {
  const mounted = new Set<number>();
  for (const number of living) {
    for (const { volume } of world.cluster.processes[number].mounts) mounted.add(volume);
  }
  return mounted;
}

/** Samples every claim whose volume is in use. */
export function sampleClaims(sampler: Sampler, world: World, living: Iterable<number>): void {
  const { claimVolumes } = world.kube;
  if (claimVolumes.size === 0) return;
  const mounted = mountedVolumes(world, living);
  for (const [claim, number] of claimVolumes) {
    if (!mounted.has(number)) continue;
    const [namespace, persistentvolumeclaim] = claim.split('/');
    const scope = { key: claim, labels: { namespace, persistentvolumeclaim } };
    const { capacityBytes, usedBytes } = world.cluster.volumes[number];
    putSample(sampler, 'kubelet_volume_stats_capacity_bytes', scope, capacityBytes);
    putSample(sampler, 'kubelet_volume_stats_used_bytes', scope, usedBytes);
  }
}
