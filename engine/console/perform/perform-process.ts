/** Commands about running programs: signals, and SQL that changes something. */
import type { CommandOutcome, RunSql, SignalProcess } from '../../protocol/cluster-commands.ts';
import { stopProcess } from '../../cluster/processes.ts';
import { alterSystem, reloadSettings } from '../../cluster/settings.ts';
import { printResult } from '../exec/psql-table.ts';
import type { World } from '../../platforms/kubernetes/world.ts';
import { enterContainer } from './perform-file.ts';
import { done, failedInside } from './outcome.ts';

/** How long a program that was asked to end may take before it is cut off, microseconds. */
const GRACE_MICROS = 30_000_000;

/** Sends a signal to the main process of a container. */
export function performSignal(world: World, command: SignalProcess): CommandOutcome {
  const number = enterContainer(world, command.in);
  if (typeof number !== 'number') return number;
  const { cluster } = world;
  if (command.signal === 'HUP') reloadSettings(cluster, number);
  // The first process of a container has no default handler: SIGKILL from inside is ignored by the kernel.
  else if (command.signal === 'TERM') stopProcess(cluster, number, GRACE_MICROS);
  return done('');
}

/** Runs a statement that changes something. */
export function performSql(world: World, command: RunSql): CommandOutcome {
  const number = enterContainer(world, command.in);
  if (typeof number !== 'number') return number;
  const { cluster } = world;
  const { statement } = command;
  if (statement.kind === 'reload') {
    reloadSettings(cluster, number);
    return done(printResult({ columns: ['pg_reload_conf'], rows: [['t']] }, false));
  }
  const { spec } = cluster.plan.programs[cluster.processes[number].program];
  if (!spec.settings.some(({ key, source }) => key === statement.key && source === 'file')) {
    return failedInside(`ERROR:  unrecognized configuration parameter "${statement.key}"`);
  }
  if (alterSystem(cluster, number, statement.key, statement.value)) return done('ALTER SYSTEM\n');
  return failedInside('ERROR:  could not write to file "postgresql.auto.conf.tmp": No space left on device');
}
