/** Reads the few statements of SQL that the simulated PostgreSQL answers. */

/** A statement. */
export type SqlStatement =
  | { kind: 'constant'; value: string }
  | { kind: 'count'; table: string }
  | { kind: 'show'; name: string }
  | { kind: 'reload' }
  | { kind: 'alterSystem'; key: string; value: string | null }
  | { kind: 'activity'; select: string[]; groups: boolean; where: string }
  | { kind: 'size'; pretty: boolean }
  | { kind: 'function'; name: string }
  | { kind: 'tables' }
  | { kind: 'databases' }
  | { kind: 'denied'; message: string }
  | { kind: 'empty' };

/** The statement, or PostgreSQL's complaint. */
export type SqlReading = { ok: true; statement: SqlStatement } | { ok: false; error: string };

/** A table with its schema and quotes taken off. */
const TABLE = '(?:only )?(?:public\\.)?"?([a-z_][a-z0-9_]*)';
const ACTIVITY =
  /^select (.+?) from pg_stat_activity(?: where (.+?))?( group by .+?)?( order by .+?)?( limit \d+)?$/;
const FUNCTIONS = [
  'version',
  'now',
  'current_user',
  'current_database',
  'pg_is_in_recovery',
  'pg_postmaster_start_time',
];

const known = (statement: SqlStatement): SqlReading => ({ ok: true, statement });

/** Reads one statement without its semicolon. */
export function readSql(text: string): SqlReading {
  const sql = text.trim().replace(/\s+/g, ' ');
  if (sql === '') return known({ kind: 'empty' });
  if (sql.length > 500) return { ok: false, error: 'ERROR:  statement too long' };
  const lower = sql.toLowerCase();
  const constant = /^select (-?[0-9]+|'([^']*)')$/.exec(lower);
  if (constant)
    return known({ kind: 'constant', value: /^select '/.test(lower) ? sql.slice(8, -1) : constant[1] });
  const show = /^show ([a-z_.]+)$/.exec(lower);
  if (show) return known({ kind: 'show', name: show[1] });
  const setting = /^select current_setting\('([a-z_.]+)'\)$/.exec(lower);
  if (setting) return known({ kind: 'show', name: setting[1] });
  if (/^select pg_reload_conf\( ?\)$/.test(lower)) return known({ kind: 'reload' });
  const alter = /^alter system (?:set ([a-z_.]+) (?:=|to) (.+)|reset ([a-z_.]+))$/i.exec(sql);
  if (alter) {
    const value = alter[3] === undefined ? alter[2].replace(/^'(.*)'$/, '$1') : null;
    return known({
      kind: 'alterSystem',
      key: (alter[1] ?? alter[3]).toLowerCase(),
      value: value?.toLowerCase() === 'default' ? null : value,
    });
  }
  const size =
    /^select (pg_size_pretty\( ?)?pg_database_size\( ?(?:'[a-z0-9_]+'|current_database\(\)) ?\)( ?\))?$/.exec(
      lower,
    );
  if (size && (size[1] === undefined) === (size[2] === undefined))
    return known({ kind: 'size', pretty: size[1] !== undefined });
  if (/ from pg_stat_activity\b/.test(lower)) return readActivity(lower);
  const count = /^select count\( ?(?:\*|1|[a-z_]+) ?\) from (?:public\.)?([a-z_][a-z0-9_]*)$/.exec(lower);
  if (count) return known({ kind: 'count', table: count[1] });
  const call = /^select ([a-z_]+)(?:\(\))?$/.exec(lower);
  if (call && FUNCTIONS.includes(call[1])) return known({ kind: 'function', name: call[1] });
  if (/^\\dt\+?$/.test(lower)) return known({ kind: 'tables' });
  if (/^\\l\+?$/.test(lower)) return known({ kind: 'databases' });
  return readDenied(sql, lower);
}

/** `select state, count(*) from pg_stat_activity where … group by state`. */
function readActivity(lower: string): SqlReading {
  const found = ACTIVITY.exec(lower);
  if (!found) return syntaxError(lower, 'from');
  const select = found[1].split(/,(?![^(]*\))/).map((column) => column.trim().replace(/ as [a-z_]+$/, ''));
  const bad = select.find(
    (column) =>
      !ACTIVITY_COLUMNS.includes(column) && column !== '*' && !/^count\( ?(\*|1|pid) ?\)$/.test(column),
  );
  if (bad !== undefined) {
    const name = /^[a-z_]+$/.test(bad);
    return {
      ok: false,
      error: name
        ? `ERROR:  column "${bad}" does not exist\n${pointer(lower, bad)}`
        : `ERROR:  "${bad}" is not understood here`,
    };
  }
  return known({ kind: 'activity', select, groups: found[3] !== undefined, where: found[2] ?? '' });
}

/** The columns of pg_stat_activity that can be asked for. */
export const ACTIVITY_COLUMNS = [
  'pid',
  'datname',
  'usename',
  'application_name',
  'client_addr',
  'state',
  'backend_type',
];

function readDenied(sql: string, lower: string): SqlReading {
  const denied = (message: string) => known({ kind: 'denied', message: `ERROR:  ${message}` });
  const write = new RegExp(`^(?:insert into|update|delete from|truncate(?: table)?) ${TABLE}`).exec(lower);
  if (write) return denied(`permission denied for table ${write[1]}`);
  const owner =
    '^(?:drop|alter|vacuum(?: full)?|reindex|cluster|analyze)\\b(?: table| index)?(?: if exists)?';
  const owned = new RegExp(`${owner}(?: ${TABLE})?`).exec(lower);
  if (owned) return denied(`must be owner of table ${owned[1] ?? 'pg_class'}`);
  if (/^checkpoint$/.test(lower)) return denied('permission denied to execute CHECKPOINT command');
  if (/^select pg_(terminate|cancel)_backend/.test(lower))
    return denied('permission denied to terminate process');
  if (/^create /.test(lower)) return denied('permission denied for schema public');
  if (/^\\/.test(lower)) return { ok: false, error: `invalid command ${sql.split(' ')[0]}` };
  const table = /^select .+ from (?:public\.)?([a-z_][a-z0-9_]*)/.exec(lower);
  if (table) return denied(`only counts are answered here: select count(*) from ${table[1]}`);
  if (/^(select|with|explain|show|set|begin|commit|copy)\b/.test(lower)) {
    return denied(`this statement is not answered here`);
  }
  return syntaxError(sql, sql.split(' ')[0]);
}

function syntaxError(sql: string, word: string): SqlReading {
  return { ok: false, error: `ERROR:  syntax error at or near "${word}"\n${pointer(sql, word)}` };
}

/** The line with a mark under the word that is wrong. */
function pointer(sql: string, word: string): string {
  return `LINE 1: ${sql}\n        ${' '.repeat(Math.max(0, sql.indexOf(word)))}^`;
}
