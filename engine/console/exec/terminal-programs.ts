/** Programs typed at the terminal that cannot reach the cluster from outside. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal } from '../reading.ts';

/** The database is not open to the outside. */
export function runTerminalPsql(argv: readonly string[]): ConsoleReading {
  const at = argv.findIndex((word) => word === '-h' || word === '--host');
  const host = at > 0 ? (argv[at + 1] ?? '') : '';
  if (host === '') {
    return refusal(
      'psql: error: connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: No ' +
        'such file or directory\n' +
        '\tIs the server running locally and accepting connections on that socket?\n' +
        'The database is reached from inside the cluster: kubectl exec POD -- psql -c …',
      2,
    );
  }
  return refusal(
    `psql: error: could not translate host name "${host}" to address: Name or service not known\n` +
      'The database is reached from inside the cluster: kubectl exec POD -- psql -c …',
    2,
  );
}

/** Nothing in the cluster answers ICMP from outside. */
export function runTerminalPing(argv: readonly string[]): ConsoleReading {
  const host = argv.slice(1).find((word) => !word.startsWith('-'));
  if (host === undefined) return refusal('ping: usage error: Destination address required', 1);
  return refusal(`ping: ${host}: services of the cluster do not answer ping; use curl`, 2);
}
