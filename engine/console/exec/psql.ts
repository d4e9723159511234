/** `psql`: counts are real requests; settings and connections are looked up; changes are meant. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { PlanProgram } from '../../cluster/plan.ts';
import { tablesOf } from './table-names.ts';
import { answerActivity } from './psql-activity.ts';
import { answerLookup } from './psql-lookups.ts';
import { calledProgram } from './called-program.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { readProgramOptions } from './program-options.ts';
import { readSql } from './read-sql.ts';
import type { SqlStatement } from './read-sql.ts';
import { correlationId } from './request-show.ts';
import type { PsqlShow, ShownRequest } from './request-show.ts';
import { resolveHost } from './resolve-host.ts';

/** How long a connection may take when nobody says otherwise: the kernel gives up after about two minutes. */
const TIMEOUT_MICROS = 30_000_000;
const STATEMENTS_MAX = 20;

/** Answers `psql`. */
export function runPsql(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, {
    letters: 'wWtAqxXnl',
    valued: 'UdhpcvPF',
    longs: {
      username: 'U',
      dbname: 'd',
      host: 'h',
      port: 'p',
      command: 'c',
      'tuples-only': 't',
      'no-align': 'A',
      list: 'l',
    },
  });
  if (!read.ok) {
    const { unknown } = read;
    const text = unknown.startsWith('--')
      ? `unrecognized option '${unknown}'`
      : `invalid option -- '${unknown}'`;
    return refusal(`psql: ${text}\npsql: hint: Try "psql --help" for more information.`);
  }
  const { options } = read;
  const text = options.has('l') ? '\\l' : (options.get('c') ?? context.stdin);
  if (text.trim() === '')
    return refusal("psql: a session of its own is not possible here; give the statement: psql -c 'select 1'");
  const statements = text.split(';').filter((part) => part.trim() !== '');
  if (statements.length > STATEMENTS_MAX)
    return refusal(`psql: at most ${STATEMENTS_MAX} statements at once`);
  const host = options.get('h') ?? '';
  const isLocal = host === '' || host === 'localhost' || host === '127.0.0.1' || host.startsWith('/');
  if (isLocal) {
    const refused = refuseConnection(context);
    if (refused !== '') return { ...refusal(refused, 2), observed: ranProgram(context, 'psql', text.trim()) };
  }
  const bare = options.has('t') || options.has('A');
  const readings: ConsoleReading[] = [];
  for (const [ordinal, statement] of statements.entries()) {
    const parsed = readSql(statement);
    const reading = parsed.ok
      ? answer(context, parsed.statement, {
          host: isLocal ? '' : host,
          port: options.get('p') ?? '5432',
          bare,
          ordinal,
        })
      : refusal(parsed.error);
    readings.push(reading);
    if (reading.exitCode !== 0) break;
  }
  return joined([...readings, shown('', ranProgram(context, 'psql', text.trim()))]);
}

/** Why the local server takes no connection; '' when it does. */
function refuseConnection(context: ExecContext): string {
  const main = mainProcess(context);
  const { spec } = context.world.cluster.plan.programs[main.program];
  const socket = 'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: ';
  if (main.phase === 'booting') return `${socket}FATAL:  the database system is starting up`;
  if (main.phase === 'stopping') return `${socket}FATAL:  the database system is shutting down`;
  if (spec.connectionLimit > 0 && main.connections >= spec.connectionLimit) {
    return `${socket}FATAL:  sorry, too many clients already`;
  }
  return '';
}

type Asked = { host: string; port: string; bare: boolean; ordinal: number };

function answer(context: ExecContext, statement: SqlStatement, asked: Asked): ConsoleReading {
  if (statement.kind === 'empty') return shown('');
  if (statement.kind === 'constant')
    return ask(context, 'probe', { column: '?column?', value: { fixed: statement.value } }, asked);
  if (statement.kind === 'count') return count(context, statement.table, asked);
  if (asked.host !== '') {
    return refusal(
      'psql: of another host only select 1 and counts can be asked here; run psql in its own container',
    );
  }
  const change = (command: ClusterCommand) => intends([command]);
  switch (statement.kind) {
    case 'reload':
      return change({ type: 'RunSql', in: context.place, statement: { kind: 'reload' } });
    case 'alterSystem': {
      const { key, value } = statement;
      return change({ type: 'RunSql', in: context.place, statement: { kind: 'alterSystem', key, value } });
    }
    case 'activity':
      return shown(answerActivity(context, statement, asked.bare));
    case 'denied':
      return refusal(statement.message);
    default:
      return answerLookup(context, statement, asked.bare);
  }
}

function count(context: ExecContext, table: string, asked: Asked): ConsoleReading {
  const main = mainProcess(context);
  const { plan } = context.world.cluster;
  const target = asked.host === '' ? plan.programs[main.program] : remoteProgram(context, asked);
  if (target && !tablesOf(target).includes(table)) {
    return refusal(
      `ERROR:  relation "${table}" does not exist\nLINE 1: select count(*) from ${table}\n           ` +
        '                  ^',
    );
  }
  const stem = table.replace(/s$/, '');
  const names = target?.endpointNames ?? [];
  const endpoint =
    names.find((name) => /^(select|count|read|list)/i.test(name) && name.toLowerCase().includes(stem)) ??
    names.find((name) => /^(select|count|read|list)/i.test(name));
  return ask(context, endpoint ?? 'probe', { column: 'count', value: { rowsOf: table } }, asked);
}

function remoteProgram(context: ExecContext, asked: Asked): PlanProgram | null {
  const found = resolveHost(context, asked.host);
  return found ? calledProgram(context, found.to, Number(asked.port)) : null;
}

/** A statement that is a real request to the server. */
function ask(
  context: ExecContext,
  endpoint: string,
  what: Pick<PsqlShow, 'column' | 'value'>,
  asked: Asked,
): ConsoleReading {
  const { cluster } = context.world;
  const found = asked.host === '' ? null : resolveHost(context, asked.host);
  if (asked.host !== '' && !found) {
    return refusal(
      `psql: error: could not translate host name "${asked.host}" to address: Name or service not known`,
      2,
    );
  }
  if (!/^[0-9]{1,5}$/.test(asked.port))
    return refusal(`psql: error: invalid port number: "${asked.port}"`, 2);
  const local = cluster.plan.programs[mainProcess(context).program].spec.port;
  const show: PsqlShow = {
    program: 'psql',
    host: asked.host,
    address: found?.addresses[0] ?? '',
    bare: asked.bare,
    ...what,
  };
  const command: ShownRequest = {
    type: 'SendRequest',
    from: context.place,
    to: found?.to ?? { localhost: true },
    port: found ? Number(asked.port) : local,
    endpoint,
    timeoutMicros: TIMEOUT_MICROS,
    correlationId: correlationId(context.seat, cluster.nowMicros, cluster.lastInquiry, asked.ordinal),
    show,
  };
  return intends([command]);
}
