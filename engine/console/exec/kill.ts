/** `kill`: signals to the main process. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, refusal, shown } from '../reading.ts';
import type { SignalProcess } from '../../protocol/cluster-commands.ts';
import type { ExecContext } from './exec-context.ts';

const SIGNALS: { readonly [name: string]: SignalProcess['signal'] } = {
  HUP: 'HUP',
  '1': 'HUP',
  TERM: 'TERM',
  '15': 'TERM',
  KILL: 'KILL',
  '9': 'KILL',
};

/** Answers `kill [-SIGNAL] PID…`. */
export function runKill(context: ExecContext, argv: readonly string[]): ConsoleReading {
  let name = 'TERM';
  let rest = argv.slice(1);
  if (rest[0] === '-l')
    return shown('HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM\n');
  if (rest[0] === '-s') {
    name = rest[1] ?? '';
    rest = rest.slice(2);
  } else if (rest[0]?.startsWith('-') && rest[0] !== '--') {
    name = rest[0].slice(1);
    rest = rest.slice(1);
  }
  if (rest[0] === '--') rest = rest.slice(1);
  const plain = name.toUpperCase().replace(/^SIG/, '');
  if (!Object.hasOwn(SIGNALS, plain)) {
    return refusal(
      /^[A-Z0-9]+$/.test(plain) && plain.length < 6
        ? `kill: signal ${plain} does nothing here; use HUP, TERM or KILL`
        : `kill: ${name}: invalid signal specification`,
    );
  }
  if (rest.length === 0)
    return refusal('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ...', 2);
  const wrong = rest.find((pid) => !/^[0-9]+$/.test(pid));
  if (wrong !== undefined) return refusal(`kill: ${wrong}: arguments must be process or job IDs`);
  const absent = rest.find((pid) => pid !== '1');
  if (absent !== undefined) return refusal(`kill: (${absent}) - No such process`);
  return intends([{ type: 'SignalProcess', in: context.place, signal: SIGNALS[plain] }]);
}
