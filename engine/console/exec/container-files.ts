/**
 * The files that a container sees: those of its volumes, mounted configuration, and the few that every
 * container has. Only the engine knows them; nothing here is ever a real file.
 */
import type { Cluster, Process } from '../../cluster/cluster-state.ts';
import { resolvePath } from '../../cluster/volumes.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { mainProcess } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';

/** A file or directory. */
export type FileEntry = {
  /** Absolute path. */
  path: string;
  /** Directories have no size of their own. */
  kind: 'file' | 'directory';
  /** Size, bytes. */
  bytes: number;
  /** Last written, microseconds. */
  modifiedMicros: number;
  /** Volume number, −1 when it lies on none. */
  volume: number;
  /** Path inside the volume. */
  inner: string;
  /** Its text when the simulator knows it. */
  text: string | null;
};

/** Directories that every container has. */
const DIRECTORIES = [
  'bin',
  'dev',
  'etc',
  'home',
  'proc',
  'root',
  'run',
  'sys',
  'tmp',
  'usr',
  'var',
  'var/log',
];

/** An absolute path without `.`, `..` and doubled slashes. */
export function normalPath(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** All files and directories, by path. */
export function listFiles(context: ExecContext): Map<string, FileEntry> {
  const main = mainProcess(context);
  const { cluster } = context.world;
  const entries = new Map<string, FileEntry>();
  const base = { volume: -1, inner: '', modifiedMicros: main.startedMicros };
  addDirectory(entries, '/', base);
  for (const name of DIRECTORIES) addDirectory(entries, `/${name}`, base);
  for (const [path, text] of fixedFiles(context, main))
    addFile(entries, { ...base, path, text, bytes: text.length });
  for (const [path, text] of main.configFiles) {
    addFile(entries, { ...base, path: normalPath(path), text, bytes: text.length });
  }
  for (const mount of main.mounts) addVolume(entries, cluster, mount.path, mount.volume);
  return entries;
}

function addVolume(
  entries: Map<string, FileEntry>,
  cluster: Cluster,
  mountPath: string,
  number: number,
): void {
  const volume = cluster.volumes[number];
  const root = normalPath(mountPath);
  addDirectory(entries, root, { volume: number, inner: '', modifiedMicros: 0 });
  for (const [inner, file] of volume.files) {
    addFile(entries, {
      path: normalPath(`${root}/${inner}`),
      bytes: file.bytes,
      modifiedMicros: file.modifiedMicros,
      volume: number,
      inner,
      text: null,
    });
  }
}

function addFile(entries: Map<string, FileEntry>, file: Omit<FileEntry, 'kind'>): void {
  entries.set(file.path, { ...file, kind: 'file' });
  addDirectory(entries, parentOf(file.path), { ...file, inner: parentOf(`/${file.inner}`).slice(1) });
}

/** Adds a directory and those above it; a directory is as new as the newest in it. */
function addDirectory(
  entries: Map<string, FileEntry>,
  path: string,
  like: { volume: number; inner: string; modifiedMicros: number },
): void {
  const present = entries.get(path);
  if (present) {
    if (present.kind === 'directory' && like.modifiedMicros > present.modifiedMicros) {
      present.modifiedMicros = like.modifiedMicros;
    }
    return;
  }
  const { volume, inner, modifiedMicros } = like;
  entries.set(path, { path, kind: 'directory', bytes: 4096, modifiedMicros, volume, inner, text: null });
  if (path !== '/') addDirectory(entries, parentOf(path), { volume: -1, inner: '', modifiedMicros });
}

/** The directory that holds a path. */
function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** What lies directly in a directory, by name. */
export function childrenOf(entries: ReadonlyMap<string, FileEntry>, path: string): FileEntry[] {
  const children: FileEntry[] = [];
  for (const entry of entries.values()) {
    if (entry.path !== '/' && parentOf(entry.path) === path) children.push(entry);
  }
  return children.sort((a, b) => compareText(a.path, b.path));
}

/** The last part of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Files whose text is the same story in every container. */
function fixedFiles(context: ExecContext, main: Process): [string, string][] {
  const { pod, namespace } = context.place;
  const { command } = context.world.cluster.plan.programs[main.program].spec;
  const ip = podAddress(context);
  return [
    ['/etc/hostname', `${pod}\n`],
    [
      '/etc/hosts',
      '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ' +
        `ip6-loopback\n${ip}\t${pod}\n`,
    ],
    [
      '/etc/resolv.conf',
      `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver ` +
        '10.96.0.10\noptions ndots:5\n',
    ],
    [
      '/etc/os-release',
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
    ],
    ['/proc/1/cmdline', `${command.split(' ').join('\0')}\0`],
    ['/proc/1/environ', [...main.env].map(([key, value]) => `${key}=${value}\0`).join('')],
    [
      '/proc/1/status',
      `Name:\t${command.split(' ')[0].split('/').pop() ?? ''}\nState:\tS (sleeping)\nPid:\t1\n`,
    ],
  ];
}

/** The address of the container's pod, '' before it has one. */
export function podAddress(context: ExecContext): string {
  for (const pod of context.world.kube.pods.values()) {
    if (pod.name === context.place.pod && pod.namespace === context.place.namespace && !pod.orphaned)
      return pod.ip;
  }
  return '';
}

/** The process that writes a file as its log, on this or another container of the host; −1 for none. */
export function logWriter(context: ExecContext, entry: FileEntry): number {
  const { cluster } = context.world;
  if (entry.volume < 0) return -1;
  for (let number = cluster.processes.length - 1; number >= 0; number--) {
    const writer = cluster.processes[number];
    if (writer.phase === 'exited') continue;
    const path = cluster.plan.programs[writer.program].spec.files.log;
    const place = path === '' ? null : resolvePath(writer, path);
    if (place && place.volume === entry.volume && place.inner === entry.inner && !writer.logUnlinked)
      return number;
  }
  return -1;
}

/** The names that a pattern with `*`, `?` stands for; the pattern itself when none does. */
export function expandPattern(entries: ReadonlyMap<string, FileEntry>, pattern: string): string[] {
  if (!/[*?]/.test(pattern) || pattern.length > 1000) return [pattern];
  const wanted = normalPath(pattern).split('/').slice(1);
  const found: string[] = [];
  for (const path of entries.keys()) {
    const parts = path.split('/').slice(1);
    if (parts.length === wanted.length && parts.every((part, index) => matchesPattern(part, wanted[index]))) {
      found.push(path);
    }
  }
  return found.length === 0 ? [pattern] : found.sort(compareText);
}

/** Whether a name fits a pattern of `*` and `?`, in time linear in their product. */
function matchesPattern(name: string, pattern: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false;
  let possible = new Set([0]);
  for (const letter of pattern) {
    const next = new Set<number>();
    for (const at of possible) {
      if (letter === '*') for (let end = at; end <= name.length; end++) next.add(end);
      else if (at < name.length && (letter === '?' || name[at] === letter)) next.add(at + 1);
    }
    possible = next;
  }
  return possible.has(name.length);
}
