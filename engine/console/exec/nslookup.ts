/** `nslookup` and `getent hosts`: what cluster DNS answers for services. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import { ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';
import { resolveHost } from './resolve-host.ts';

/** Answers `nslookup NAME`. */
export function runNslookup(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const name = argv.slice(1).find((word) => !word.startsWith('-'));
  if (name === undefined) return refusal('nslookup: give the name, e.g. nslookup postgres');
  const server = 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10#53\n\n';
  const found = resolveHost(context, name);
  const observed = ranProgram(context, 'nslookup', name);
  if (!found) {
    return { ...shown(`${server}** server can't find ${name}: NXDOMAIN\n\n`, observed), exitCode: 1 };
  }
  const lines = found.addresses.map((address) => `Name:\t${found.fullName}\nAddress: ${address}\n`);
  return shown(`${server}${lines.join('')}\n`, observed);
}

/** Answers `getent hosts NAME`. */
export function runGetent(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const [, database, name] = argv;
  if (database !== 'hosts' && database !== 'ahosts')
    return refusal(`getent: unknown database: ${database ?? ''}`);
  if (name === undefined) return refusal('getent: give the name, e.g. getent hosts postgres', 2);
  const found = resolveHost(context, name);
  if (!found) return { ...refusal(''), exitCode: 2 };
  const lines = found.addresses.map((address) => `${address.padEnd(15)} ${found.fullName}\n`);
  return shown(lines.join(''), ranProgram(context, 'getent', name));
}
