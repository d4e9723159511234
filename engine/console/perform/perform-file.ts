/** Commands about files: rm and truncate as they are seen inside a container. */
import type {
  CommandOutcome,
  ContainerRef,
  RemoveFile,
  TruncateFile,
} from '../../protocol/cluster-commands.ts';
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { writeNote } from '../../cluster/log-records.ts';
import { killProcess } from '../../cluster/processes.ts';
import { removeFile, resolvePath, truncateFile } from '../../cluster/volumes.ts';
import { listFiles, normalPath } from '../exec/container-files.ts';
import type { FileEntry } from '../exec/container-files.ts';
import type { World } from '../../platforms/kubernetes/world.ts';
import { containerProcess } from '../../platforms/kubernetes/topology.ts';
import { done, failed, failedInside } from './outcome.ts';

/** The running process of a container, or the refusal of its kubelet. */
export function enterContainer(world: World, place: ContainerRef): number | CommandOutcome {
  const number = containerProcess(world, place.namespace, place.pod, place.container);
  if (number >= 0) return number;
  return failed(`error: unable to upgrade connection: container not found ("${place.container}")`);
}

/** Removes a file, or everything below a directory. */
export function performRemove(world: World, command: RemoveFile): CommandOutcome {
  const number = enterContainer(world, command.in);
  if (typeof number !== 'number') return number;
  const files = listFiles({ world, seat: '', place: command.in, number, stdin: '' });
  const path = normalPath(command.path);
  const entry = files.get(path);
  const refuse = (cause: string) => failedInside(`rm: cannot remove '${command.path}': ${cause}`);
  if (!entry) return command.force ? done('') : refuse('No such file or directory');
  if (entry.kind === 'directory' && !command.recursive) return refuse('Is a directory');
  const below = entry.kind === 'file' ? [entry] : [...files.values()].filter((one) => isBelow(one, path));
  const fixed = below.find((one) => one.volume < 0);
  if (fixed) return refuse(fixed.text === null ? 'Permission denied' : 'Read-only file system');
  if (entry.kind === 'directory' && entry.volume < 0 && below.length === 0)
    return refuse('Permission denied');
  for (const one of below) {
    if (removeFile(world.cluster, one.volume, one.inner) === 'destroyed') crashUsers(world.cluster, one);
  }
  // The mount itself stays, as its device is in use; what lay in it is gone.
  const main = world.cluster.processes[number];
  const isMount = main.mounts.some((mount) => normalPath(mount.path) === path);
  return isMount ? refuse('Device or resource busy') : done('');
}

function isBelow(entry: FileEntry, path: string): boolean {
  return entry.kind === 'file' && (path === '/' || entry.path.startsWith(`${path}/`));
}

/** Cuts a file to a size. */
export function performTruncate(world: World, command: TruncateFile): CommandOutcome {
  const number = enterContainer(world, command.in);
  if (typeof number !== 'number') return number;
  const files = listFiles({ world, seat: '', place: command.in, number, stdin: '' });
  const path = normalPath(command.path);
  const entry = files.get(path);
  const refuse = (cause: string) =>
    failedInside(`truncate: cannot open '${command.path}' for writing: ${cause}`);
  if (entry?.kind === 'directory') return refuse('Is a directory');
  const main = world.cluster.processes[number];
  const place = resolvePath(main, path);
  if (!place) return refuse(entry ? 'Read-only file system' : 'Permission denied');
  const outcome = truncateFile(world.cluster, place.volume, place.inner, command.bytes);
  if (outcome === 'noSpace') {
    return failedInside(
      `truncate: failed to truncate '${command.path}' at ${command.bytes} bytes: No space left on device`,
    );
  }
  if (outcome === 'destroyed') crashUsers(world.cluster, { ...place });
  return done('');
}

/** The data of a database is gone: it panics. An application that only wrote the file goes on. */
function crashUsers(cluster: Cluster, lost: { volume: number; inner: string }): void {
  for (const user of cluster.processes) {
    const { kind } = cluster.plan.programs[user.program].spec;
    if (kind !== 'database' || user.phase === 'exited' || !needs(cluster, user, lost)) continue;
    writeNote(cluster, user, 'dataDestroyed', 0);
    killProcess(cluster, user.id, 1, 'Error', 'PANIC: could not open data file: No such file or directory');
  }
}

function needs(cluster: Cluster, user: Process, lost: { volume: number; inner: string }): boolean {
  return cluster.plan.programs[user.program].spec.files.precious.some((path) => {
    const place = resolvePath(user, path);
    if (!place || place.volume !== lost.volume) return false;
    return place.inner === '' || lost.inner === place.inner || lost.inner.startsWith(`${place.inner}/`);
  });
}
