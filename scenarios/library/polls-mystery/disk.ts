/** A volume filled by logs: the log partition of an application replica, or the database's own volume. */
import type {
  EvidenceSpec,
  FaultChoice,
  FaultInstance,
  Move,
} from '@chaotic-good/engine/protocol/scenario-spec';
import type { Json } from '@chaotic-good/engine/platforms/kubernetes/api-types';
import { kubectl, linesFrom, restartApplication, restartDatabase, rightFix } from './refs.ts';

const APP_LOG = '/var/log/polls/app.log';
const DB_DATA = '/var/lib/postgresql/data';
const DB_LOG = `${DB_DATA}/log/postgresql.log`;

/** Cuts the application's log on every worker, through the sidecar: it runs even in a crash loop. */
const truncateAppLogs = ['worker-1', 'worker-2', 'worker-3'].map((node) =>
  kubectl('exec', `{pod app=polls node=${node}}`, '-c', 'log-shipper', '--', 'truncate', '-s', '0', APP_LOG),
);

/** Sets the level back where it came from and makes room. */
function setBack(id: string, title: string, second: number, how: string[][]): Move {
  return { id, title, lines: linesFrom(second, ...how, ...truncateAppLogs) };
}

/** Through the ConfigMap and a restart that reads it. */
function byConfigMap(second: number): Move {
  return setBack('config-and-truncate', 'Set LOG_LEVEL back in the ConfigMap, restart, truncate', second, [
    kubectl('patch configmap polls-config --type=merge -p', '{"data":{"LOG_LEVEL":"info"}}'),
    kubectl('rollout restart deployment/polls'),
  ]);
}

/** Through the pod template, which wins over the ConfigMap. */
function byEnvironment(second: number): Move {
  return setBack('env-and-truncate', 'Set LOG_LEVEL in the deployment, truncate', second, [
    kubectl('set env deployment/polls LOG_LEVEL=info'),
  ]);
}

/** Through a rollback of the template. */
function byUndo(second: number): Move {
  return setBack('undo-and-truncate', 'Roll the deployment back, truncate', second, [
    kubectl('rollout undo deployment/polls'),
  ]);
}

/** What tells full log partitions of the workers. */
const appLogEvidence: EvidenceSpec[] = [
  {
    id: 'full-partition',
    title: 'The log partition of a worker is full, and app.log is what grows',
    any: [
      { tool: 'exec', program: 'df' },
      { tool: 'exec', program: 'du' },
      { tool: 'exec', program: 'ls', argument: '*var/log/polls*' },
      { tool: 'series', name: 'node_filesystem_avail_bytes', labels: { mountpoint: '/var/log/polls' } },
    ],
  },
  {
    id: 'no-space',
    title: 'The application says: no space left on device',
    any: [
      { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'writeFailed' },
      { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'startRefused' },
      { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'abort' },
      { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'failure' },
    ],
  },
  {
    id: 'debug-level',
    title: 'LOG_LEVEL is debug',
    any: [
      { tool: 'get', resource: 'configmaps', name: 'polls-config', detail: true },
      { tool: 'get', resource: 'deployments', name: 'polls', detail: true },
      { tool: 'exec', program: 'env' },
      { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'verbose' },
      { tool: 'rollout', verb: 'history' },
    ],
  },
];

/** Verbose logging of the application fills the workers' log partitions, the fullest first. */
function appLogs(id: string, component: string, params: Json, golden: Move, fixes: Move[]): FaultInstance {
  return {
    id,
    weight: 1,
    fault: 'log-flood',
    mechanism: 'disk-full',
    params,
    component,
    aliases: ['deployment/polls', 'configmap/polls-config', 'pod/polls-*', 'node/worker-2'],
    evidence: appLogEvidence,
    cured: {
      type: 'all',
      of: [
        { type: 'settingIs', program: 'polls', key: 'LOG_LEVEL', value: 'info' },
        { type: 'volumeUsedBelow', volumePrefix: 'worker-', ratio: 0.97 },
      ],
    },
    golden,
    rightFixes: fixes.map((fix) => rightFix(fix, 'durable')),
    wrongMoves: [
      restartApplication(260, { impactAgainst: 'golden', atLeastRatio: 1.5 }),
      {
        id: 'remove-open-log',
        title: 'Remove the log that the application holds open',
        lines: linesFrom(
          220,
          kubectl('exec', '{pod app=polls node=worker-2}', '-c', 'log-shipper', '--', 'rm', APP_LOG),
        ),
        expectation: { impactAgainst: 'golden', atLeastRatio: 1.5 },
        sign: { any: [{ type: 'removeFile', path: APP_LOG }] },
        harmPoints: 20,
      },
      {
        id: 'remove-audit-trail',
        title: 'Make room by removing the audit trail',
        lines: linesFrom(
          220,
          kubectl(
            'exec',
            '{pod app=polls node=worker-2}',
            '-c',
            'log-shipper',
            '--',
            'rm',
            '/var/log/polls/audit.log',
          ),
        ),
        expectation: { breaks: ['no-data-lost'] },
        sign: { any: [{ type: 'removeFile', path: '*/audit.log' }] },
        harmPoints: 60,
      },
    ],
    hints: [
      'One replica fails what the others do.',
      'Compare free space between the workers, and what grows.',
      'Logs have filled a disk.',
    ],
  };
}

/** A line of SQL through the database's own container. */
function psql(sql: string): string[] {
  return kubectl('exec postgres-0 -c postgres -- psql -U postgres -c', sql);
}

const quietStatements = [psql("alter system set log_statement = 'none'"), psql('select pg_reload_conf()')];
const truncateDbLog = kubectl('exec postgres-0 -c pgbackup -- truncate -s 0', DB_LOG);

/** Makes room first: ALTER SYSTEM needs a few bytes itself. */
function truncateAndQuiet(second: number): Move {
  return {
    id: 'truncate-and-quiet',
    title: 'Truncate the log, then turn statement logging off',
    lines: linesFrom(second, truncateDbLog, ...quietStatements),
  };
}

/** Grows the volume, then ends the cause. */
function growAndQuiet(second: number): Move {
  const patch = '{"spec":{"resources":{"requests":{"storage":"4Gi"}}}}';
  return {
    id: 'grow-and-quiet',
    title: 'Grow the volume, then turn statement logging off',
    lines: [
      ...linesFrom(second, kubectl('patch pvc pgdata-postgres-0 -p', patch)),
      ...linesFrom(second + 45, ...quietStatements),
    ],
  };
}

/** What tells a full volume of the database. */
const databaseLogEvidence: EvidenceSpec[] = [
  {
    id: 'full-volume',
    title: 'The database volume is full, and its log is what grows',
    any: [
      { tool: 'exec', program: 'df', pod: 'postgres-0' },
      { tool: 'exec', program: 'du', pod: 'postgres-0' },
      { tool: 'exec', program: 'ls', pod: 'postgres-0' },
      { tool: 'series', name: 'kubelet_volume_stats_*' },
    ],
  },
  {
    id: 'no-space',
    title: 'The database says: No space left on device',
    any: [
      { tool: 'logs', pod: 'postgres-0', container: 'postgres', template: 'failure' },
      { tool: 'logs', pod: 'postgres-0', container: 'postgres', template: 'writeFailed' },
      { tool: 'logs', pod: 'postgres-0', container: 'postgres', template: 'startRefused' },
      { tool: 'logs', pod: 'postgres-0', container: 'postgres', template: 'abort' },
    ],
  },
  {
    id: 'statement-logging',
    title: 'Every statement is logged',
    any: [
      { tool: 'logs', pod: 'postgres-0', container: 'postgres', template: 'verbose' },
      { tool: 'exec', program: 'psql', pod: 'postgres-0' },
      { tool: 'exec', program: 'cat', pod: 'postgres-0' },
    ],
  },
];

/** Statement logging of the database fills its volume. */
function databaseLogs(id: string, value: string): FaultInstance {
  return {
    id,
    weight: 1,
    fault: 'log-flood',
    mechanism: 'disk-full',
    params: { how: 'alterSystem', program: 'postgres', key: 'log_statement', value },
    component: 'statefulset/postgres',
    aliases: ['pod/postgres-0', 'persistentvolumeclaim/pgdata-postgres-0', 'service/postgres'],
    evidence: databaseLogEvidence,
    cured: {
      type: 'all',
      of: [
        { type: 'settingIs', program: 'postgres', key: 'log_statement', value: 'none' },
        { type: 'volumeUsedBelow', volumePrefix: 'polls/pgdata-', ratio: 0.97 },
      ],
    },
    golden: truncateAndQuiet(190),
    rightFixes: [rightFix(truncateAndQuiet(205), 'durable'), rightFix(growAndQuiet(160), 'durable')],
    wrongMoves: [
      restartDatabase(220, { impactAgainst: 'golden', atLeastRatio: 1.5 }),
      {
        id: 'remove-wal',
        title: 'Make room by removing the write-ahead log',
        lines: linesFrom(220, kubectl('exec postgres-0 -c pgbackup -- rm -rf', `${DB_DATA}/pg_wal`)),
        expectation: { breaks: ['no-data-lost'] },
        sign: { any: [{ type: 'removeFile', path: '*/pg_wal*' }] },
        harmPoints: 60,
      },
      {
        id: 'remove-open-log',
        title: 'Remove the log that the database holds open',
        lines: linesFrom(220, kubectl('exec postgres-0 -c pgbackup -- rm', DB_LOG)),
        expectation: { impactAgainst: 'golden', atLeastRatio: 1.5 },
        sign: { any: [{ type: 'removeFile', path: DB_LOG }] },
        harmPoints: 20,
      },
    ],
    hints: [
      'Look at what the database refuses and what it still does.',
      'Compare free space on the volumes, and what grows.',
      'Logs have filled the volume of the database.',
    ],
  };
}

/** A volume filled by logs. */
export const disk: FaultChoice = {
  id: 'disk-full',
  instances: [
    appLogs(
      'app-debug-config',
      'configmap/polls-config',
      {
        how: 'configMap',
        namespace: 'polls',
        configMap: 'polls-config',
        key: 'LOG_LEVEL',
        value: 'debug',
        deployment: 'polls',
        configVersion: '118',
        changeCause: 'config 118',
      },
      byConfigMap(210),
      [byConfigMap(240), byEnvironment(240)],
    ),
    appLogs(
      'app-trace-env',
      'deployment/polls',
      {
        how: 'environment',
        namespace: 'polls',
        deployment: 'polls',
        container: 'polls',
        key: 'LOG_LEVEL',
        value: 'trace',
        changeCause: 'release 2.14.1',
      },
      byUndo(190),
      [byUndo(220), byEnvironment(220)],
    ),
    databaseLogs('db-all-statements', 'all'),
  ],
};
