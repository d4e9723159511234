/** What psql can be told without asking the server for work: settings, sizes, names. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import type { Process } from '../../cluster/cluster-state.ts';
import { resolvePath } from '../../cluster/volumes.ts';
import { timestampAt } from '../../platforms/kubernetes/timestamps.ts';
import { mainProcess } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { printResult } from './psql-table.ts';
import type { SqlStatement } from './read-sql.ts';
import { tablesOf } from './table-names.ts';

/** Answers a lookup. */
export function answerLookup(context: ExecContext, statement: SqlStatement, bare: boolean): ConsoleReading {
  const one = (column: string, value: string, right = false) =>
    shown(printResult({ columns: [column], rows: [[value]], right: right ? [0] : [] }, bare));
  switch (statement.kind) {
    case 'show':
      return show(context, statement.name, bare);
    case 'size': {
      const bytes = databaseBytes(context);
      return statement.pretty
        ? one('pg_size_pretty', prettySize(bytes))
        : one('pg_database_size', String(bytes), true);
    }
    case 'function':
      return one(statement.name, functionValue(context, statement.name));
    case 'tables': {
      const program = context.world.cluster.plan.programs[mainProcess(context).program];
      const rows = tablesOf(program).map((name) => ['public', name, 'table', 'polls']);
      const text = printResult({ columns: ['Schema', 'Name', 'Type', 'Owner'], rows }, bare);
      return shown(bare ? text : `        List of relations\n${text}`);
    }
    case 'databases': {
      const rows = ['polls', 'postgres', 'template0', 'template1'].map((name) => [name, 'postgres', 'UTF8']);
      const text = printResult({ columns: ['Name', 'Owner', 'Encoding'], rows }, bare);
      return shown(bare ? text : `   List of databases\n${text}`);
    }
    default:
      return refusal('ERROR:  this statement is not answered here');
  }
}

function settingsOf(context: ExecContext): Map<string, string> {
  const { cluster } = context.world;
  const main = mainProcess(context);
  const { spec } = cluster.plan.programs[main.program];
  const settings = new Map<string, string>([
    ['config_file', '/etc/postgresql/postgresql.conf'],
    ['data_directory', dataDirectory(main, spec.files.rows)],
    ['listen_addresses', '*'],
    ['log_directory', directoryOf(spec.files.log) || 'log'],
    ['logging_collector', spec.files.log === '' ? 'off' : 'on'],
    ['max_connections', String(spec.connectionLimit || 100)],
    ['port', String(spec.port)],
    ['server_version', '16.4'],
  ]);
  for (const setting of spec.settings)
    settings.set(setting.key, main.settings.get(setting.key) ?? setting.default);
  return settings;
}

/** Where the volume is mounted that holds the rows. */
function dataDirectory(main: Process, rows: string): string {
  const place = rows === '' ? null : resolvePath(main, rows);
  const mount = place ? main.mounts.find(({ volume }) => volume === place.volume) : undefined;
  return mount?.path ?? '/var/lib/postgresql/data';
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function show(context: ExecContext, name: string, bare: boolean): ConsoleReading {
  const settings = settingsOf(context);
  if (name === 'all') {
    const rows = [...settings]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, value]) => [key, value]);
    return shown(printResult({ columns: ['name', 'setting'], rows }, bare));
  }
  const value = settings.get(name);
  if (value === undefined) return refusal(`ERROR:  unrecognized configuration parameter "${name}"`);
  return shown(printResult({ columns: [name], rows: [[value]] }, bare));
}

/** What lies beside the rows, the log left out. */
function databaseBytes(context: ExecContext): number {
  const { cluster } = context.world;
  const main = mainProcess(context);
  const { files } = cluster.plan.programs[main.program].spec;
  const place = files.rows === '' ? null : resolvePath(main, files.rows);
  if (!place) return 7_600_000;
  return 7_600_000 + (cluster.volumes[place.volume].files.get(place.inner)?.bytes ?? 0);
}

/** As pg_size_pretty: kB, MB … while at least 10 of them. */
function prettySize(bytes: number): string {
  let value = bytes;
  for (const unit of ['bytes', 'kB', 'MB', 'GB']) {
    if (value < 10_240) return `${Math.round(value)} ${unit}`;
    value /= 1024;
  }
  return `${Math.round(value)} TB`;
}

function functionValue(context: ExecContext, name: string): string {
  const { cluster, kube } = context.world;
  const time = (micros: number) => timestampAt(kube.store, micros).replace('T', ' ').replace('Z', '+00');
  switch (name) {
    case 'version':
      return (
        'PostgreSQL 16.4 (Debian 16.4-1.pgdg120+1) on x86_64-pc-linux-gnu, compiled by gcc ' +
        '(Debian 12.2.0-14) 12.2.0, 64-bit'
      );
    case 'now':
      return time(cluster.nowMicros);
    case 'pg_postmaster_start_time':
      return time(mainProcess(context).startedMicros);
    case 'current_database':
      return 'polls';
    case 'current_user':
      return 'postgres';
    case 'pg_is_in_recovery':
      return 'f';
    default:
      return '';
  }
}
