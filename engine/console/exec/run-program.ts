/** The programs that containers have. */
import type { ConsoleReading } from '../console-types.ts';
import { refusal } from '../reading.ts';
import { runCat, runHeadOrTail } from './cat.ts';
import { runCurl } from './curl.ts';
import { runDf, runMount } from './df.ts';
import { runDu } from './du.ts';
import { runEnv } from './env.ts';
import { mainProcess } from './exec-context.ts';
import type { ExecContext, ExecProgram } from './exec-context.ts';
import { runKill } from './kill.ts';
import { runLs } from './ls.ts';
import { runGetent, runNslookup } from './nslookup.ts';
import { runContainerTop, runFree, runPs } from './ps.ts';
import { runPsql } from './psql.ts';
import { runRm } from './rm.ts';
import { shellProgram } from './sh.ts';
import { SMALL_PROGRAMS } from './small-programs.ts';
import { runTruncate } from './truncate.ts';

const PROGRAMS: { readonly [name: string]: ExecProgram } = {
  ...SMALL_PROGRAMS,
  cat: runCat,
  curl: runCurl,
  df: runDf,
  du: runDu,
  env: runEnv,
  free: runFree,
  getent: runGetent,
  head: runHeadOrTail,
  kill: runKill,
  ls: runLs,
  mount: runMount,
  nslookup: runNslookup,
  printenv: runEnv,
  ps: runPs,
  psql: runPsql,
  rm: runRm,
  tail: runHeadOrTail,
  top: runContainerTop,
  truncate: runTruncate,
};

const SHELLS = ['sh', 'bash', 'ash', 'dash'];

/** Runs a program in a container. */
export function runProgram(context: ExecContext, argv: readonly string[]): ConsoleReading {
  const [path = ''] = argv;
  const name = /^\/(usr\/)?(local\/)?s?bin\/[a-z0-9-]+$/.test(path)
    ? path.slice(path.lastIndexOf('/') + 1)
    : path;
  if (SHELLS.includes(name)) return shellProgram(runProgram)(context, [name, ...argv.slice(1)]);
  const { spec } = context.world.cluster.plan.programs[mainProcess(context).program];
  const present = Object.hasOwn(PROGRAMS, name) && (name !== 'psql' || spec.kind === 'database');
  if (present) return PROGRAMS[name](context, [name, ...argv.slice(1)]);
  return refusal(
    'OCI runtime exec failed: exec failed: unable to start container process: ' +
      `exec: ${JSON.stringify(path)}: executable file not found in $PATH: unknown\ncommand ` +
      'terminated with exit code 127',
    127,
  );
}
