/** `pg_stat_activity`: the connections that callers' pools really hold to this process. */
import type { Process } from '../../cluster/cluster-state.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { podOfProcess } from '../../platforms/kubernetes/topology.ts';
import type { ExecContext } from './exec-context.ts';
import { mainProcess } from './exec-context.ts';
import { printResult } from './psql-table.ts';
import { ACTIVITY_COLUMNS } from './read-sql.ts';
import type { SqlStatement } from './read-sql.ts';

type Backend = { [column: string]: string };

const ROWS_MAX = 200;
const HELPERS = [
  'checkpointer',
  'background writer',
  'walwriter',
  'autovacuum launcher',
  'logical replication launcher',
];

/** The result of a statement over pg_stat_activity, printed. */
export function answerActivity(
  context: ExecContext,
  statement: Extract<SqlStatement, { kind: 'activity' }>,
  bare: boolean,
): string {
  const rows = backends(context).filter((row) => passes(row, statement.where));
  const isCount = (column: string) => column.startsWith('count');
  const columns = statement.select.flatMap((column) => (column === '*' ? ACTIVITY_COLUMNS : [column]));
  const titles = columns.map((column) => (isCount(column) ? 'count' : column));
  const right = columns.flatMap((column, index) => (isCount(column) || column === 'pid' ? [index] : []));
  if (!columns.some(isCount)) {
    const cells = rows.slice(0, ROWS_MAX).map((row) => columns.map((column) => row[column] ?? ''));
    return printResult({ columns: titles, rows: cells, right }, bare);
  }
  const groups = new Map<string, { row: Backend; count: number }>();
  for (const row of rows) {
    const key = columns
      .filter((column) => !isCount(column))
      .map((column) => row[column] ?? '')
      .join('\0');
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { row, count: 1 });
  }
  if (groups.size === 0 && columns.every(isCount)) groups.set('', { row: {}, count: 0 });
  const cells = [...groups]
    .sort(([keyA, a], [keyB, b]) => b.count - a.count || compareText(keyA, keyB))
    .map(([, { row, count }]) =>
      columns.map((column) => (isCount(column) ? String(count) : (row[column] ?? ''))),
    );
  return printResult({ columns: titles, rows: cells, right }, bare);
}

/** `state = 'idle'`, `state is not null`; what is not understood lets everything through. */
function passes(row: Backend, where: string): boolean {
  return where.split(' and ').every((condition) => {
    const equal = /^([a-z_]+) ?(=|<>|!=) ?'([^']*)'$/.exec(condition.trim());
    if (equal) return ((row[equal[1]] ?? '') === equal[3]) === (equal[2] === '=');
    const empty = /^([a-z_]+) is (not )?null$/.exec(condition.trim());
    return empty ? ((row[empty[1]] ?? '') === '') === (empty[2] === undefined) : true;
  });
}

/** Clients first, then this very session, then the server's own helpers. */
function backends(context: ExecContext): Backend[] {
  const { cluster, kube } = context.world;
  const main = mainProcess(context);
  const rows: Backend[] = [];
  const client = (state: string, caller: Process | undefined, address: string): Backend => ({
    pid: String(64 + rows.length),
    datname: 'polls',
    usename: 'polls',
    application_name: caller ? cluster.plan.programs[caller.program].name : '',
    client_addr: address,
    state,
    backend_type: 'client backend',
  });
  for (const pool of cluster.pools) {
    for (const connection of pool.connections) {
      if (connection.target !== main.id || connection.state === 'closed' || connection.state === 'connecting')
        continue;
      const place = podOfProcess(context.world, pool.caller);
      const serial = kube.podOfProcess.get(pool.caller);
      const address = place && serial !== undefined ? (kube.pods.get(serial)?.ip ?? '') : '';
      rows.push(
        client(connection.state === 'busy' ? 'active' : 'idle', cluster.processes[pool.caller], address),
      );
    }
  }
  // Connections counted beyond those of pools: callers that open one for each request.
  while (rows.length < Math.min(main.connections, 2000)) rows.push(client('active', undefined, ''));
  rows.push({ ...client('active', undefined, ''), application_name: 'psql', usename: 'postgres' });
  for (const [index, name] of HELPERS.entries()) {
    rows.push({
      pid: String(27 + index),
      datname: '',
      usename: '',
      application_name: '',
      client_addr: '',
      state: '',
      backend_type: name,
    });
  }
  return rows;
}
