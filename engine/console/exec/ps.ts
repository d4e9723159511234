/** `ps`, `top -b` and `free`: the processes of the container and what they take. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import { memoryBytes } from '../../cluster/memory.ts';
import { timestampAt } from '../../platforms/kubernetes/timestamps.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { ownerOf } from './ls.ts';
import { alignCells, humanSize } from './sizes.ts';

type Row = {
  pid: number;
  parent: number;
  user: string;
  cpu: string;
  memory: string;
  kib: number;
  command: string;
  cpuMicros: number;
};

/** The process id that the asking program itself gets. */
const ASKING_PID = 997;

/** The processes that a container shows: its program, its helpers, and the asking program itself. */
function processRows(context: ExecContext, asking: string): Row[] {
  const { cluster } = context.world;
  const main = mainProcess(context);
  const { spec } = cluster.plan.programs[main.program];
  const host = cluster.hosts[main.host];
  const bytes = memoryBytes(cluster, main);
  const lived = Math.max(1, cluster.nowMicros - main.startedMicros);
  const user = ownerOf(context);
  const share = (part: number, whole: number) => ((part * 100) / whole).toFixed(1);
  const row = (pid: number, parent: number, command: string, weight: number, micros: number): Row => ({
    pid,
    parent,
    user,
    cpu: share(micros, lived),
    memory: share(bytes * weight, host.memoryBytes),
    kib: Math.round((bytes * weight) / 1024),
    command,
    cpuMicros: micros,
  });
  const rows = [row(1, 0, spec.command, spec.kind === 'database' ? 0.3 : 1, main.cpu.usedMicros)];
  if (spec.kind === 'database') {
    const helpers = [
      'checkpointer',
      'background writer',
      'walwriter',
      'autovacuum launcher',
      'logical replication launcher',
    ];
    rows.push(...helpers.map((name, index) => row(27 + index, 1, `postgres: ${name}`, 0.02, 0)));
    const shownMax = Math.min(main.connections, 40);
    const busy = Math.min(main.busyWorkers, shownMax);
    for (let index = 0; index < shownMax; index++) {
      rows.push(row(64 + index, 1, `postgres: polls polls ${index < busy ? 'active' : 'idle'}`, 0.01, 0));
    }
  }
  rows.push({
    pid: ASKING_PID,
    parent: 0,
    user,
    cpu: '0.0',
    memory: '0.0',
    kib: 3412,
    command: asking,
    cpuMicros: 0,
  });
  return rows;
}

/** Answers `ps`. */
export function runPs(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const letters = argv.slice(1).join('').replaceAll('-', '');
  if (/[^auxefwlAHo,=a-z]/.test(letters))
    return refusal('error: unsupported option\n\nUsage:\n ps [options]');
  const { kube } = context.world;
  const main = mainProcess(context);
  const rows = processRows(context, argv.join(' '));
  const start = timestampAt(kube.store, main.startedMicros).slice(11, 16);
  const observed = ranProgram(context, 'ps', argv.slice(1).join(' '));
  const time = (micros: number) => {
    const seconds = Math.floor(micros / 1_000_000);
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  };
  const row = (cells: readonly (string | number)[], widths: readonly number[]) =>
    `${cells
      .map((cell, at) => {
        // A negative width stands to the left; the last column is never padded.
        const width = widths[at] ?? 0;
        return width < 0 ? String(cell).padEnd(-width) : String(cell).padStart(width);
      })
      .join(' ')}\n`;
  if (letters.includes('u')) {
    const widths = [-8, 7, 4, 4, 6, 5, -8, -4, 5, 6];
    const header = ['USER', 'PID', '%CPU', '%MEM', 'VSZ', 'RSS', 'TTY', 'STAT', 'START', 'TIME', 'COMMAND'];
    const lines = rows.map((one) => {
      const state = one.command === argv.join(' ') ? 'R' : 'Ss';
      const memory = [one.cpu, one.memory, one.kib * 3, one.kib];
      return [one.user, one.pid, ...memory, '?', state, start, time(one.cpuMicros), one.command];
    });
    return shown([header, ...lines].map((cells) => row(cells, widths)).join(''), observed);
  }
  if (letters.includes('f') || letters.includes('l')) {
    const widths = [-8, 7, 7, 2, 5, -8, 8];
    const header = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'];
    const lines = rows.map((one) => [
      ...[one.user, one.pid, one.parent, 0, start, '?', longClock(one.cpuMicros), one.command],
    ]);
    return shown([header, ...lines].map((cells) => row(cells, widths)).join(''), observed);
  }
  const lines = rows
    .filter(({ pid }) => letters !== '' || pid === 1 || pid === ASKING_PID)
    .map((one) => [one.pid, '?', longClock(one.cpuMicros), shortName(one.command)]);
  const all = [['PID', 'TTY', 'TIME', 'CMD'], ...lines].map((cells) => row(cells, [7, -8, 8]));
  return shown(all.join(''), observed);
}

/** `00:00:18`. */
function longClock(micros: number): string {
  const seconds = Math.floor(micros / 1_000_000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** The program's own name: `/app/polls serve` is `polls`, a helper of PostgreSQL is `postgres`. */
function shortName(command: string): string {
  const first = command.split(' ')[0].replace(/:$/, '');
  return first.slice(first.lastIndexOf('/') + 1);
}

/** Answers `top -b -n1`. */
export function runContainerTop(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const letters = argv.slice(1).join('');
  if (!letters.includes('b')) return refusal('top: failed tty get; use top -b -n1');
  const { cluster, kube } = context.world;
  const main = mainProcess(context);
  const host = cluster.hosts[main.host];
  const now = timestampAt(kube.store, cluster.nowMicros).slice(11, 19);
  const rows = processRows(context, 'top');
  const head =
    `top - ${now} up 41 days,  3:12,  0 users\n` +
    `Tasks: ${rows.length} total,   1 running, ${rows.length - 1} sleeping,   0 stopped,   0 zombie\n` +
    `MiB Mem : ${(host.memoryBytes / 1_048_576).toFixed(1)} total\n\n`;
  const header = ['PID', 'USER', '%CPU', '%MEM', 'RES', 'COMMAND'];
  const cells = rows.map((row) => [
    String(row.pid),
    row.user,
    row.cpu,
    row.memory,
    String(row.kib),
    shortName(row.command),
  ]);
  return shown(head + alignCells([header, ...cells], [1, 5]), ranProgram(context, 'top', ''));
}

/** Answers `free`: as in any container, what it tells is the node's memory. */
export function runFree(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const { cluster } = context.world;
  const main = mainProcess(context);
  const host = cluster.hosts[main.host];
  let used = 734_003_200;
  for (const other of cluster.processes) if (other.host === main.host) used += memoryBytes(cluster, other);
  const total = host.memoryBytes;
  const free = Math.max(0, total - used);
  const flag = argv.slice(1).join('');
  const text = (bytes: number) => {
    if (flag.includes('h')) return bytes === 0 ? '0B' : `${humanSize(bytes)}i`;
    return String(
      Math.round(
        bytes /
          (flag.includes('m')
            ? 1_048_576
            : flag.includes('g')
              ? 1_073_741_824
              : flag.includes('b')
                ? 1
                : 1024),
      ),
    );
  };
  const width = 12;
  const line = (title: string, amounts: readonly string[]) =>
    `${title.padEnd(8)}${amounts.map((amount) => amount.padStart(width)).join('')}\n`;
  const head = line('', ['total', 'used', 'free', 'shared', 'buff/cache', 'available']);
  const memory = line('Mem:', [total, used, free * 0.4, 0, free * 0.6, free].map(text));
  return shown(head + memory + line('Swap:', [0, 0, 0].map(text)), ranProgram(context, 'free', ''));
}
