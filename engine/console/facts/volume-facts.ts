/** Volumes as the running containers of pods see them: how full, and which log file is on them. */
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { containerProcess } from '../../platforms/kubernetes/topology.ts';
import type { FactUse, FactVolume } from '../../protocol/thing-facts.ts';
import { listFiles, normalPath } from '../exec/container-files.ts';
import { mainProcess, ranProgram } from '../exec/exec-context.ts';
import type { ExecContext } from '../exec/exec-context.ts';
import { containerNames } from '../kubectl/choose-container.ts';
import type { FactsAsking } from './facts-asking.ts';

/** The running containers of a pod, last one first: helpers run on while the main program may not. */
function contextsOf({ world, call }: FactsAsking, pod: KubeObject): ExecContext[] {
  const { name, namespace = '' } = pod.metadata;
  return containerNames(pod)
    .names.reverse()
    .flatMap((container) => {
      const number = containerProcess(world, namespace, name, container);
      const place = { namespace, pod: name, container };
      return number < 0 ? [] : [{ world, seat: call.seat, place, number, stdin: '' }];
    });
}

/** The largest file on a volume that some program of the system writes as its log; '' when there is none. */
function logOn(context: ExecContext, volume: number): string {
  const logs = context.world.cluster.plan.programs.map(({ spec }) => spec.files.log);
  const files = [...listFiles(context).values()].filter(
    (file) => file.volume === volume && file.kind === 'file' && logs.includes(file.path),
  );
  return files.sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))[0]?.path ?? '';
}

/** The volumes of pods, each once, with what `df` would say of them. */
export function volumesOfPods(
  asking: FactsAsking,
  pods: readonly KubeObject[],
): { volumes: FactVolume[]; uses: FactUse[] } {
  const known = new Set<number>();
  const volumes: FactVolume[] = [];
  const uses: FactUse[] = [];
  for (const context of pods.flatMap((pod) => contextsOf(asking, pod))) {
    const fresh = mainProcess(context).mounts.filter(({ volume }) => !known.has(volume));
    if (fresh.length > 0) asking.observed.push(...ranProgram(context, 'df', ''));
    for (const { path, volume } of fresh) {
      known.add(volume);
      const { capacityBytes, usedBytes } = asking.world.cluster.volumes[volume];
      const mounted = normalPath(path);
      uses.push({ name: mounted, used: usedBytes, limit: capacityBytes, unit: 'bytes' });
      volumes.push({ ...context.place, path: mounted, log: logOn(context, volume) });
    }
  }
  return { volumes, uses };
}
