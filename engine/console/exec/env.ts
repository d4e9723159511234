/** `env` and `printenv`. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown, silence } from '../reading.ts';
import { mainProcess, ranProgram } from './exec-context.ts';
import type { ExecContext } from './exec-context.ts';

/** Answers `env` and `printenv`. */
export function runEnv(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const all = new Map<string, string>([
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['HOSTNAME', context.place.pod],
    ...mainProcess(context).env,
    ['HOME', '/root'],
  ]);
  const names = argv.slice(1);
  const observed = ranProgram(context, 'env', names.join(' '));
  if (names.length === 0)
    return shown([...all].map(([key, value]) => `${key}=${value}\n`).join(''), observed);
  if (argv[0] === 'env') return refusal(`env: only printing the environment is possible here`, 125);
  const missing = names.some((name) => !all.has(name));
  const text = names.map((name) => (all.has(name) ? `${all.get(name) ?? ''}\n` : '')).join('');
  return { ...silence(), stdout: text, observed, exitCode: missing ? 1 : 0 };
}
