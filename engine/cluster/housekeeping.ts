/** What processes do beside requests: ship logs, and give up when they cannot write for too long. */
import { schedule } from '../kernel/event-queue.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { EVENT_HOUSEKEEPING } from './event-kinds.ts';
import { writeNote } from './log-records.ts';
import { exitProcess, HOUSEKEEPING_MICROS } from './processes.ts';
import { hasRoom, NEVER_MICROS, resolvePath } from './volumes.ts';

/** A disk filled to less than this counts as writable again. */
const ROOM_SHARE = 0.98;

/** Drains the log file that a sidecar ships: as much as its throughput allows, down to what it keeps. */
function shipLogs(cluster: Cluster, process: Process): void {
  const { ships } = cluster.plan.programs[process.program].spec.files;
  if (!ships) return;
  const place = resolvePath(process, ships.file);
  if (!place) return;
  const volume = cluster.volumes[place.volume];
  const file = volume.files.get(place.inner);
  if (!file || file.bytes <= ships.keepBytes) return;
  const most = (ships.bytesPerSecond * HOUSEKEEPING_MICROS) / 1000000;
  const shipped = Math.min(most, file.bytes - ships.keepBytes);
  file.bytes -= shipped;
  volume.usedBytes -= shipped;
  writeNote(cluster, process, 'shipped', shipped);
}

/** Periodic housekeeping of one process. */
export function handleHousekeeping(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  if (process.phase === 'exited') return;
  if (process.phase === 'running') {
    shipLogs(cluster, process);
    const since = process.writesFailSinceMicros;
    if (since !== NEVER_MICROS && hasRoom(cluster, process, ROOM_SHARE))
      process.writesFailSinceMicros = NEVER_MICROS;
    else if (since !== NEVER_MICROS && cluster.nowMicros - since >= process.abortAfterMicros) {
      writeNote(cluster, process, 'abort', cluster.nowMicros - since);
      exitProcess(cluster, process, 1, 'Error', 'No space left on device');
      return;
    }
  }
  schedule(cluster.queue, cluster.nowMicros + HOUSEKEEPING_MICROS, EVENT_HOUSEKEEPING, number, 0);
}
