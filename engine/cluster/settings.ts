/**
 * Settings and when they are read: the environment once at start, mounted files at start and on reload,
 * and what a program keeps with its own data (ALTER SYSTEM) over both.
 */
import type { Cluster, Process } from './cluster-state.ts';
import { appendFile } from './volumes.ts';
import { writeNote } from './log-records.ts';

/** The value of `key = value` in mounted configuration files; the last line wins. */
function fromFiles(files: Map<string, string>, key: string): string | undefined {
  let found: string | undefined;
  for (const text of files.values()) {
    for (const line of text.split('\n')) {
      const match = /^\s*([A-Za-z0-9_.]+)\s*[=:]\s*(.*?)\s*$/.exec(line.replace(/#.*$/, ''));
      if (match && match[1] === key) found = match[2].replace(/^['"]|['"]$/g, '');
    }
  }
  return found;
}

/** Settings that a program keeps with its data, or null when it keeps none. */
function ownSettings(cluster: Cluster, process: Process): Map<string, string> | null {
  const path = cluster.plan.programs[process.program].rowsPath;
  const place = path < 0 ? null : process.places[path];
  return place ? cluster.volumes[place.volume].settings : null;
}

/** Reads settings; `atStart` reads the environment too. */
export function readSettings(cluster: Cluster, process: Process, atStart: boolean): void {
  const { spec } = cluster.plan.programs[process.program];
  const own = ownSettings(cluster, process);
  let verbose = 0;
  for (const setting of spec.settings) {
    let value = process.settings.get(setting.key);
    if (setting.source === 'file')
      value = own?.get(setting.key) ?? fromFiles(process.configFiles, setting.key);
    else if (atStart) value = process.env.get(setting.key);
    const known = value !== undefined && setting.effects[value] ? value : setting.default;
    process.settings.set(setting.key, known);
    verbose += setting.effects[known]?.verboseBytesPerSpan ?? 0;
  }
  process.verboseBytesPerSpan = verbose / cluster.plan.loadScale;
}

/** A mounted ConfigMap has changed in the container; the program sees it when it next reads. */
export function setConfigFiles(cluster: Cluster, number: number, files: Map<string, string>): void {
  cluster.processes[number].configFiles = files;
}

/** The program reads its files again (SIGHUP, pg_reload_conf). */
export function reloadSettings(cluster: Cluster, number: number): void {
  const process = cluster.processes[number];
  if (process.phase !== 'running') return;
  readSettings(cluster, process, false);
  writeNote(cluster, process, 'reloaded', 0);
}

/**
 * Keeps a setting with the program's data (null = back to the file); read on the next reload.
 *
 * @returns false when its disk is full: nothing was changed.
 */
export function alterSystem(cluster: Cluster, number: number, key: string, value: string | null): boolean {
  const process = cluster.processes[number];
  const own = ownSettings(cluster, process);
  const { rowsPath } = cluster.plan.programs[process.program];
  if (!own || !appendFile(cluster, process, rowsPath, 88)) return false;
  if (value === null) own.delete(key);
  else own.set(key, value);
  return true;
}
