/** `df`: what every mounted file system has and has left. */
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown } from '../reading.ts';
import { listFiles, normalPath } from './container-files.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions, unknownOption } from './program-options.ts';
import { alignCells, humanSize } from './sizes.ts';

type FileSystem = { device: string; type: string; bytes: number; usedBytes: number; mounted: string };

const GIBIBYTE = 1_073_741_824;

/** The file systems of a container: its own layer, shared memory, and its volumes. */
function fileSystems(context: ExecContext): FileSystem[] {
  const { cluster } = context.world;
  const main = mainProcess(context);
  return [
    // The node's own disk is not modelled: it is large and never fills.
    { device: 'overlay', type: 'overlay', bytes: 94 * GIBIBYTE, usedBytes: 21 * GIBIBYTE, mounted: '/' },
    { device: 'tmpfs', type: 'tmpfs', bytes: 64 * 1_048_576, usedBytes: 0, mounted: '/dev' },
    { device: 'shm', type: 'tmpfs', bytes: 64 * 1_048_576, usedBytes: 0, mounted: '/dev/shm' },
    ...main.mounts.map(({ path, volume }) => ({
      device: deviceName(volume),
      type: 'ext4',
      bytes: cluster.volumes[volume].capacityBytes,
      usedBytes: cluster.volumes[volume].usedBytes,
      mounted: normalPath(path),
    })),
  ];
}

/** `/dev/vdb`, `/dev/vdc` … by volume number. */
function deviceName(volume: number): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const at = volume + 1;
  const first = at >= 26 ? letters[(Math.floor(at / 26) - 1) % 26] : '';
  return `/dev/vd${first}${letters[at % 26]}`;
}

/** Answers `df`. */
export function runDf(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'hkHPTmai',
    longs: { 'human-readable': 'h', 'print-type': 'T', portability: 'P', all: 'a', inodes: 'i' },
  });
  if (!read.ok) return refusal(unknownOption('df', read.unknown));
  const { options, words } = read;
  const all = fileSystems(context);
  const chosen: FileSystem[] = [];
  let errors = '';
  const files = words.length > 0 ? listFiles(context) : null;
  for (const word of words) {
    const path = normalPath(word);
    if (!files?.has(path)) {
      errors += `df: ${word}: No such file or directory\n`;
      continue;
    }
    const holder = all
      .filter(({ mounted }) => path === mounted || mounted === '/' || path.startsWith(`${mounted}/`))
      .sort((a, b) => b.mounted.length - a.mounted.length)[0];
    chosen.push(holder);
  }
  const listed = words.length > 0 ? chosen : all;
  const observed = ranProgram(context, 'df', words.join(' '));
  if (listed.length === 0) return refusal(errors);
  const reading = shown(
    options.has('i') ? printInodes(context, listed) : printSystems(listed, options),
    observed,
  );
  return errors === '' ? reading : joined([reading, refusal(errors)]);
}

function printSystems(systems: readonly FileSystem[], options: ReadonlyMap<string, string>): string {
  const human = options.has('h') || options.has('H');
  const unit = options.has('m') ? 1_048_576 : 1024;
  const size = (bytes: number) => (human ? humanSize(bytes) : String(Math.ceil(bytes / unit)));
  const sizeTitle = human
    ? 'Size'
    : options.has('m')
      ? '1M-blocks'
      : options.has('P')
        ? '1024-blocks'
        : '1K-blocks';
  const withType = options.has('T');
  const titles = human
    ? ['Size', 'Used', 'Avail', 'Use%']
    : [sizeTitle, 'Used', 'Available', options.has('P') ? 'Capacity' : 'Use%'];
  // GNU df gives each column of sizes at least five characters.
  const padded = titles.map((title, index) => (index < 3 ? title.padStart(5) : title));
  const header = ['Filesystem'.padEnd(14), ...(withType ? ['Type'.padEnd(4)] : []), ...padded, 'Mounted on'];
  const rows = systems.map(({ device, type, bytes, usedBytes, mounted }) => {
    const free = Math.max(0, bytes - usedBytes);
    const percent = usedBytes + free === 0 ? '-' : `${Math.ceil((usedBytes * 100) / (usedBytes + free))}%`;
    return [device, ...(withType ? [type] : []), size(bytes), size(usedBytes), size(free), percent, mounted];
  });
  return alignCells([header, ...rows], withType ? [0, 1, 6] : [0, 5]);
}

/** Inodes never run out here: files are few and large. */
function printInodes(context: ExecContext, systems: readonly FileSystem[]): string {
  const files = [...listFiles(context).keys()];
  const header = ['Filesystem'.padEnd(14), 'Inodes', 'IUsed', 'IFree', 'IUse%', 'Mounted on'];
  const rows = systems.map(({ device, bytes, mounted }) => {
    const inodes = Math.ceil(bytes / 16384);
    const used = 11 + files.filter((path) => path.startsWith(mounted === '/' ? '/' : `${mounted}/`)).length;
    return [
      device,
      String(inodes),
      String(used),
      String(inodes - used),
      `${Math.ceil((used * 100) / inodes)}%`,
      mounted,
    ];
  });
  return alignCells([header, ...rows], [0, 5]);
}

/** Answers `mount`. */
export function runMount(context: ExecContext): ConsoleReading {
  const lines = fileSystems(context).map(
    ({ device, type, mounted }) => `${device} on ${mounted} type ${type} (rw,relatime)\n`,
  );
  return shown(lines.join(''), ranProgram(context, 'mount', ''));
}
