/** `polls-mystery`: votes fail, and the cause is one of several that the seed draws. */
import type { ScenarioSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { disk } from './disk.ts';
import { network } from './network.ts';
import { kubectl, linesFrom, POLLS, POSTGRES } from './refs.ts';
import { resources } from './resources.ts';

/** The scenario. */
export const pollsMystery: ScenarioSpec = {
  schema: 1,
  id: 'polls-mystery',
  title: 'Votes are failing',
  level: 'intro',
  story:
    'An ordinary Tuesday afternoon. People vote, results are read. Something will go wrong; find out what, ' +
    'stop the harm, and make sure that it stays stopped.',
  system: 'polls',
  namespace: 'polls',
  localStart: 'Tue 14:05',
  prehistorySeconds: 900,
  onsetSeconds: [25, 70],
  timeLimitSeconds: 1200,
  holdSeconds: 90,
  warmUps: [
    {
      id: 'vote-rate',
      title: 'Find the vote rate',
      how: 'Point at the chart “User actions”, or click “Vote” in it: what is normal?',
      tab: 'overview',
      any: [{ tool: 'chart', title: 'User actions' }],
    },
    {
      id: 'list-pods',
      title: 'List the pods',
      how: 'Type: kubectl get pods',
      tab: 'terminal',
      any: [{ tool: 'get', resource: 'pods' }],
    },
    {
      id: 'open-log',
      title: 'Open a log',
      how: 'Every line of every pod; a click on a word filters by it.',
      tab: 'logs',
      any: [{ tool: 'logs' }],
    },
  ],
  page: 'Users report that voting fails or hangs.',
  alerts: [
    {
      id: 'vote-burn',
      title: 'Voting spends its error budget too fast',
      severity: 'page',
      condition: {
        type: 'burnRate',
        sli: 'vote',
        objectiveRatio: 0.99,
        windows: [{ longSeconds: 120, shortSeconds: 30, factor: 5 }],
        forSeconds: 40,
      },
    },
    {
      id: 'results-burn',
      title: 'Reading results spends its error budget too fast',
      severity: 'page',
      condition: {
        type: 'burnRate',
        sli: 'read-results',
        objectiveRatio: 0.99,
        windows: [{ longSeconds: 120, shortSeconds: 30, factor: 8 }],
        forSeconds: 60,
      },
    },
    {
      id: 'volume-filling',
      title: 'A volume is nearly full',
      severity: 'ticket',
      condition: { type: 'threshold', signal: 'volumeUsedRatio', above: 0.9, forSeconds: 60 },
    },
    {
      id: 'containers-restarting',
      title: 'A container restarts again and again',
      severity: 'ticket',
      condition: { type: 'threshold', signal: 'containerRestarts', above: 2, forSeconds: 0 },
    },
  ],
  backdrop: [
    {
      // A recent, harmless edit of a policy: monitoring may scrape one more port.
      atSecond: -260,
      request: {
        verb: 'patch',
        group: 'networking.k8s.io',
        version: 'v1',
        resource: 'networkpolicies',
        namespace: 'polls',
        name: 'allow-metrics',
        query: { patchType: 'json', fieldManager: 'ci-deployer' },
        body: [{ op: 'add', path: '/spec/ingress/0/ports/-', value: { protocol: 'TCP', port: 9187 } }],
        seat: 'ci-deployer',
      },
    },
  ],
  faults: [network, disk, resources],
  cheats: [
    {
      id: 'restart-everything',
      title: 'Restart everything',
      lines: [
        ...linesFrom(
          200,
          kubectl('rollout restart deployment/polls'),
          kubectl('rollout restart statefulset/postgres'),
          ['kubectl', '-n', 'edge', 'rollout', 'restart', 'deployment/traefik'],
        ),
      ],
    },
    {
      id: 'delete-every-suspect',
      title: 'Delete every suspect',
      lines: linesFrom(
        200,
        kubectl('delete networkpolicy --all'),
        kubectl('delete pod', '{pods app=polls}'),
        kubectl('delete pod postgres-0'),
      ),
    },
    {
      id: 'scale-to-zero',
      title: 'Scale the application to zero',
      lines: linesFrom(200, kubectl('scale deployment/polls --replicas=0')),
    },
  ],
  invariants: [
    { id: 'no-data-lost', title: 'No saved vote and no audit line is lost', holds: { type: 'noDataLost' } },
    {
      id: 'application-kept',
      title: 'The application keeps at least two replicas',
      holds: { type: 'workloadReplicasAtLeast', workload: POLLS, replicas: 2 },
    },
    {
      id: 'database-kept',
      title: 'The database stays',
      holds: { type: 'workloadReplicasAtLeast', workload: POSTGRES, replicas: 1 },
    },
    {
      id: 'policies-tight',
      title: 'The database is not open to everybody',
      holds: { type: 'policyNotWide', namespace: 'polls', toLabels: { app: 'postgres' } },
    },
  ],
};
