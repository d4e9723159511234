/** Programs of one line: hostname, date, id, whoami, uname, uptime, echo, pwd, true, false, sleep, which. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown, silence } from '../reading.ts';
import { timestampAt, unixSecondsAt } from '../../platforms/kubernetes/timestamps.ts';
import { podAddress } from './container-files.ts';
import { longTime } from '../kubectl/describe/lines.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext, ExecProgram } from './exec-context.ts';
import { ownerOf } from './ls.ts';

/** `Mon Jan  5 14:05:12 UTC 2026`, or what a format of `+%…` asks for. */
function runDate(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const { kube, cluster } = context.world;
  const time = timestampAt(kube.store, cluster.nowMicros);
  const [weekday, day, month, year, clock] = longTime(time).replace(',', '').split(' ');
  const format = argv.find((word) => word.startsWith('+'));
  if (argv.includes('-Iseconds')) return shown(`${time.slice(0, 19)}+00:00\n`);
  if (argv.includes('-s') || argv.includes('--set'))
    return refusal('date: cannot set date: Operation not permitted');
  if (format === undefined)
    return shown(`${weekday} ${month} ${String(Number(day)).padStart(2)} ${clock} UTC ${year}\n`);
  const fields: { [letter: string]: string } = {
    Y: year,
    m: time.slice(5, 7),
    d: day,
    H: clock.slice(0, 2),
    M: clock.slice(3, 5),
    S: clock.slice(6, 8),
    s: String(unixSecondsAt(kube.store, cluster.nowMicros)),
    F: time.slice(0, 10),
    T: clock,
    a: weekday,
    b: month,
    Z: 'UTC',
    n: '\n',
    '%': '%',
  };
  return shown(
    `${format.slice(1).replace(/%([A-Za-z%])/g, (whole, letter: string) => fields[letter] ?? whole)}\n`,
  );
}

function runUptime(context: ExecContext): ConsoleReading {
  const { kube, cluster } = context.world;
  const clock = timestampAt(kube.store, cluster.nowMicros).slice(11, 19);
  let busy = 0;
  const { host } = mainProcess(context);
  for (const other of cluster.processes) if (other.host === host) busy += other.cpu.jobs.length;
  const load = busy.toFixed(2);
  return shown(
    ` ${clock} up 41 days,  3:12,  0 users,  load average: ${load}, ${load}, ${load}\n`,
    ranProgram(context, 'uptime', ''),
  );
}

function runUname(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const letters = argv.slice(1).join('');
  if (letters.includes('a'))
    return shown(`Linux ${context.place.pod} 6.1.0-28-cloud-amd64 #1 SMP x86_64 GNU/Linux\n`);
  if (letters.includes('r')) return shown('6.1.0-28-cloud-amd64\n');
  if (letters.includes('m')) return shown('x86_64\n');
  return shown(letters.includes('n') ? `${context.place.pod}\n` : 'Linux\n');
}

function runId(context: ExecContext): ConsoleReading {
  const user = ownerOf(context);
  const number = user === 'postgres' ? 999 : 0;
  return shown(`uid=${number}(${user}) gid=${number}(${user}) groups=${number}(${user})\n`);
}

/** The programs by name. */
export const SMALL_PROGRAMS: { readonly [name: string]: ExecProgram } = {
  hostname: (context, argv) =>
    shown(argv.some((word) => /^-[iI]$/.test(word)) ? `${podAddress(context)}\n` : `${context.place.pod}\n`),
  date: runDate,
  id: runId,
  whoami: (context) => shown(`${ownerOf(context)}\n`),
  uname: runUname,
  uptime: runUptime,
  echo: (_context, argv) =>
    shown(argv[1] === '-n' ? argv.slice(2).join(' ') : `${argv.slice(1).join(' ')}\n`),
  printf: (_context, argv) => shown((argv[1] ?? '').replaceAll('\\n', '\n')),
  pwd: () => shown('/\n'),
  true: () => silence(),
  false: () => ({ ...silence(), exitCode: 1 }),
  sync: () => silence(),
  sleep: () => refusal('sleep: waiting inside a container is not possible here; use sleep in the terminal'),
};
