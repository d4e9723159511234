/**
 * Volumes and their files. A volume fills byte by byte and refuses what does not fit; a removed file
 * that a process holds open keeps its room until that process ends, as on any POSIX file system.
 */
import type { Cluster, FilePlace, Process, Volume } from './cluster-state.ts';
import type { FileSpec } from './system-spec.ts';
import { writeNote } from './log-records.ts';

/** Stands for "not since anything" among times, which are negative during prehistory. */
export const NEVER_MICROS = -4503599627370496;

/** What a new volume is. */
export type NewVolume = {
  /** Name, unique. */
  name: string;
  /** Host that it is bound to, −1 for none. */
  host: number;
  /** Size, bytes. */
  capacityBytes: number;
  /** What already lies there. */
  files: FileSpec[];
};

/** Adds a volume and returns its number. */
export function createVolume(cluster: Cluster, made: NewVolume): number {
  const volume: Volume = {
    name: made.name,
    host: made.host,
    capacityBytes: made.capacityBytes,
    usedBytes: 0,
    files: new Map(),
    heldBytes: new Map(),
    committedRows: 0,
    dataEpoch: 1,
    refusedWrites: 0,
    settings: new Map(),
  };
  for (const file of made.files) {
    volume.files.set(file.path, { bytes: file.bytes, modifiedMicros: cluster.nowMicros });
    volume.usedBytes += file.bytes;
  }
  cluster.volumes.push(volume);
  return cluster.volumes.length - 1;
}

/** Gives a volume a new size, bytes; never below what is used. */
export function resizeVolume(cluster: Cluster, number: number, capacityBytes: number): void {
  const volume = cluster.volumes[number];
  volume.capacityBytes = Math.max(capacityBytes, volume.usedBytes);
}

/** A path in a container as a volume and the path inside it; null when no volume is mounted there. */
export function resolvePath(process: Pick<Process, 'mounts'>, path: string): FilePlace | null {
  let best = -1;
  for (let at = 0; at < process.mounts.length; at++) {
    const mount = process.mounts[at].path;
    const inside = path === mount || path.startsWith(mount.endsWith('/') ? mount : `${mount}/`);
    if (inside && (best < 0 || mount.length > process.mounts[best].path.length)) best = at;
  }
  if (best < 0) return null;
  const mount = process.mounts[best];
  return { volume: mount.volume, inner: path.slice(mount.path.length).replace(/^\/+/, '') };
}

/** Takes room on a volume: as much as is free of what is asked, in bytes; returns what it got. */
function takeRoom(volume: Volume, bytes: number): number {
  const free = volume.capacityBytes - volume.usedBytes;
  const got = bytes <= free ? bytes : Math.max(0, free);
  volume.usedBytes += got;
  if (got < bytes) volume.refusedWrites++;
  return got;
}

/**
 * Notes a failed write; the first of a spell is logged. A write that happens to fit does not end the
 * spell, room does (`housekeeping.ts`): a nearly full disk takes small writes and refuses large ones.
 */
function noteWrite(cluster: Cluster, process: Process, whole: boolean, bytes: number): boolean {
  if (!whole && process.writesFailSinceMicros === NEVER_MICROS) {
    process.writesFailSinceMicros = cluster.nowMicros;
    writeNote(cluster, process, 'writeFailed', bytes);
  }
  return whole;
}

/** Appends to a file, by its number in `plan.paths`, as a process sees it; false when it did not all fit. */
export function appendFile(cluster: Cluster, process: Process, path: number, bytes: number): boolean {
  const place = process.places[path];
  if (!place) return true; // Not on a volume: the container's own layer, which is not modelled.
  const volume = cluster.volumes[place.volume];
  const got = takeRoom(volume, bytes);
  const file = volume.files.get(place.inner);
  if (file) {
    file.bytes += got;
    file.modifiedMicros = cluster.nowMicros;
  } else if (got > 0) volume.files.set(place.inner, { bytes: got, modifiedMicros: cluster.nowMicros });
  return noteWrite(cluster, process, got === bytes, bytes);
}

/** Writes to a process' main log; false when not all of it fitted. Programs that log to stdout succeed. */
export function appendLog(cluster: Cluster, process: Process, bytes: number): boolean {
  process.metrics.logBytes += bytes;
  const path = cluster.plan.programs[process.program].logPath;
  if (path < 0) return true;
  if (!process.logUnlinked) return appendFile(cluster, process, path, bytes);
  const place = process.places[path];
  if (!place) return true;
  const volume = cluster.volumes[place.volume];
  const got = takeRoom(volume, bytes);
  volume.heldBytes.set(process.id, (volume.heldBytes.get(process.id) ?? 0) + got);
  return noteWrite(cluster, process, got === bytes, bytes);
}

/** Whether a process could write now: its volumes are filled to less than `below` (0–1) of their size. */
export function hasRoom(cluster: Cluster, process: Process, below: number): boolean {
  const { logPath, rowsPath } = cluster.plan.programs[process.program];
  for (const path of [logPath, rowsPath]) {
    const place = path < 0 ? null : process.places[path];
    if (!place) continue;
    const volume = cluster.volumes[place.volume];
    if (volume.usedBytes >= volume.capacityBytes * below) return false;
  }
  return true;
}

/** The running process that has this file open as its log, or null. */
function holderOf(cluster: Cluster, number: number, inner: string): Process | null {
  for (const process of cluster.processes) {
    if (process.phase === 'exited' || process.logUnlinked) continue;
    const path = cluster.plan.programs[process.program].spec.files.log;
    const place = path === '' ? null : resolvePath(process, path);
    if (place && place.volume === number && place.inner === inner) return process;
  }
  return null;
}

/** Whether losing a path of this volume destroys data, seen from the programs that mount it. */
function isPrecious(cluster: Cluster, number: number, inner: string): boolean {
  for (const process of cluster.processes) {
    for (const path of cluster.plan.programs[process.program].spec.files.precious) {
      const place = resolvePath(process, path);
      if (!place || place.volume !== number) continue;
      if (inner === place.inner || inner.startsWith(`${place.inner}/`)) return true;
    }
  }
  return false;
}

/** Rows on this volume are gone: what users were told is saved will not be read back. */
function destroyData(volume: Volume): void {
  volume.dataEpoch++;
  volume.committedRows = 0;
}

/**
 * Removes a file of a volume.
 *
 * @returns `destroyed` when data was lost with it: whoever runs on it must crash.
 */
export function removeFile(
  cluster: Cluster,
  number: number,
  path: string,
): 'removed' | 'missing' | 'destroyed' {
  const volume = cluster.volumes[number];
  const file = volume.files.get(path);
  if (!file) return 'missing';
  volume.files.delete(path);
  const holder = holderOf(cluster, number, path);
  if (holder) {
    holder.logUnlinked = true;
    volume.heldBytes.set(holder.id, (volume.heldBytes.get(holder.id) ?? 0) + file.bytes);
  } else volume.usedBytes -= file.bytes;
  if (!isPrecious(cluster, number, path)) return 'removed';
  destroyData(volume);
  return 'destroyed';
}

/** Cuts or extends a file to a size in bytes; extending is capped by the room. Creates it when missing. */
export function truncateFile(
  cluster: Cluster,
  number: number,
  path: string,
  bytes: number,
): 'done' | 'noSpace' | 'destroyed' {
  const volume = cluster.volumes[number];
  const before = volume.files.get(path)?.bytes ?? 0;
  if (bytes > before && volume.usedBytes + bytes - before > volume.capacityBytes) return 'noSpace';
  volume.usedBytes += bytes - before;
  volume.files.set(path, { bytes, modifiedMicros: cluster.nowMicros });
  if (bytes >= before || !isPrecious(cluster, number, path)) return 'done';
  destroyData(volume);
  return 'destroyed';
}

/** Gives back what an ended process held open. */
export function releaseHeldFiles(cluster: Cluster, process: Process): void {
  for (const mount of process.mounts) {
    const volume = cluster.volumes[mount.volume];
    const held = volume.heldBytes.get(process.id);
    if (held === undefined) continue;
    volume.heldBytes.delete(process.id);
    volume.usedBytes -= held;
  }
}
