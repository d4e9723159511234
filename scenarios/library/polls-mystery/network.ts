/** Network trouble: a lossy path to one node, or a policy edit that cuts off the database. */
import type { Predicate } from '@chaotic-good/engine/protocol/predicate';
import type {
  EvidenceSpec,
  FaultChoice,
  FaultInstance,
  Move,
} from '@chaotic-good/engine/protocol/scenario-spec';
import type { Json } from '@chaotic-good/engine/platforms/kubernetes/api-types';
import { kubectl, linesFrom, restartApplication, restartDatabase, rightFix } from './refs.ts';

/** The path itself cannot be repaired from here: keeping pods off the node holds the fault off. */
const NEVER: Predicate = { type: 'any', of: [] };

/** Workers other than the given one. */
function others(node: string): string[] {
  return ['worker-1', 'worker-2', 'worker-3'].filter((name) => name !== node);
}

/** Moves a pod off the node and keeps it off. */
function cordonAndMove(node: string, second: number): Move {
  return {
    id: 'cordon-and-move',
    title: `Cordon ${node} and delete the application pod on it`,
    lines: linesFrom(
      second,
      kubectl(`cordon ${node}`),
      kubectl('delete pod', `{pods app=polls node=${node}}`),
    ),
  };
}

/** Keeps pods off the node by the deployment itself. */
function avoidByAffinity(node: string, second: number): Move {
  const patch = {
    spec: {
      template: {
        spec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: [node] }],
                  },
                ],
              },
            },
          },
        },
      },
    },
  };
  return {
    id: 'avoid-by-affinity',
    title: `Keep the deployment off ${node} with a node affinity`,
    lines: linesFrom(second, kubectl('patch deployment polls -p', JSON.stringify(patch))),
  };
}

/** What tells a lossy path to a node. */
function lossEvidence(node: string): EvidenceSpec[] {
  return [
    {
      id: 'retransmits',
      title: `Segments are sent again to ${node} alone`,
      any: [
        { tool: 'series', name: 'node_netstat_Tcp_RetransSegs', labels: { instance: `${node}*` } },
        { tool: 'series', name: 'node_netstat_Tcp_RetransSegs', labels: { node } },
      ],
    },
    {
      id: 'proxy-errors',
      title: 'The proxy times out towards one replica, which itself answers quickly',
      any: [
        { tool: 'logs', pod: 'traefik-*', template: 'failure' },
        { tool: 'series', name: 'traefik_service_*' },
      ],
    },
    {
      id: 'placement',
      title: 'Which replica runs on which node',
      any: [
        { tool: 'get', resource: 'pods', name: 'polls-*', detail: true },
        { tool: 'get', resource: 'nodes', name: node, detail: true },
      ],
    },
  ];
}

/** Packets to the application on one worker are lost. */
function lossy(node: string, share: number): FaultInstance {
  const [first, second] = others(node);
  return {
    id: `loss-${node}`,
    weight: 1,
    fault: 'packet-drop',
    mechanism: 'packet-loss',
    params: { node, port: 8080, share },
    component: `node/${node}`,
    aliases: [],
    evidence: lossEvidence(node),
    cured: NEVER,
    golden: cordonAndMove(node, 140),
    rightFixes: [
      rightFix(cordonAndMove(node, 170), 'contained'),
      rightFix(avoidByAffinity(node, 170), 'contained'),
    ],
    wrongMoves: [
      {
        id: 'delete-pod-only',
        title: `Delete the pod on ${node}; nothing keeps the next one off it`,
        lines: linesFrom(170, kubectl('delete pod', `{pods app=polls node=${node}}`)),
        expectation: { impactAgainst: 'golden', atLeastRatio: 2 },
        sign: { any: [{ type: 'delete', resource: 'pods', name: 'polls-*' }] },
        harmPoints: 20,
      },
      {
        id: 'move-onto-it',
        title: 'Cordon the healthy workers and move their pods',
        lines: linesFrom(
          150,
          kubectl(`cordon ${first}`),
          kubectl(`cordon ${second}`),
          kubectl('delete pod', `{pods app=polls node=${first}}`),
          kubectl('delete pod', `{pods app=polls node=${second}}`),
        ),
        expectation: { impactAgainst: 'doNothing', atLeastRatio: 1.3 },
        sign: {
          any: [
            { type: 'change', resource: 'nodes', name: first },
            { type: 'change', resource: 'nodes', name: second },
          ],
        },
        harmPoints: 60,
      },
      restartDatabase(170, { impactAgainst: 'golden', atLeastRatio: 3 }),
    ],
    hints: [
      'Look at which replica the failing requests went to.',
      'Compare retransmitted segments between the workers.',
      'Packets are lost on the way to one node.',
    ],
  };
}

/** The rule as it was. */
const GOOD_RULE = {
  from: [{ podSelector: { matchLabels: { app: 'polls' } } }],
  ports: [{ protocol: 'TCP', port: 5432 }],
};

/** Puts the rule back. */
function restoreRule(second: number): Move {
  const patch = JSON.stringify({ spec: { ingress: [GOOD_RULE] } });
  return {
    id: 'restore-rule',
    title: 'Restore the rule of postgres-ingress',
    lines: linesFrom(second, kubectl('patch networkpolicy postgres-ingress --type=merge -p', patch)),
  };
}

/** Adds a rule beside the wrong one. */
function addRule(second: number): Move {
  const patch = JSON.stringify([{ op: 'add', path: '/spec/ingress/-', value: GOOD_RULE }]);
  return {
    id: 'add-rule',
    title: 'Add a rule that admits the application on 5432',
    lines: linesFrom(second, kubectl('patch networkpolicy postgres-ingress --type=json -p', patch)),
  };
}

/** The application is cut from the database by an edit of an existing policy. */
function cut(id: string, ingress: Json): FaultInstance {
  return {
    id,
    weight: 1.5,
    fault: 'policy-edit',
    mechanism: 'policy-cut',
    params: { namespace: 'polls', policy: 'postgres-ingress', ingress },
    component: 'networkpolicy/postgres-ingress',
    aliases: [],
    evidence: [
      {
        id: 'the-rule',
        title: 'postgres-ingress does not admit app=polls on 5432',
        any: [{ tool: 'get', resource: 'networkpolicies', name: 'postgres-ingress', detail: true }],
      },
      {
        id: 'connect-timeouts',
        title: 'The application times out connecting to the database; it is not refused',
        any: [
          { tool: 'logs', pod: 'polls-*', container: 'polls', template: 'failure' },
          { tool: 'request', to: '*postgres*', ok: false, error: '*timeout*' },
        ],
      },
      {
        id: 'idle-database',
        title: 'The database is idle while its clients wait',
        any: [
          { tool: 'series', name: 'pg_stat_activity_count' },
          { tool: 'series', name: 'db_pool_*' },
          { tool: 'top', resource: 'pods', name: 'postgres-0' },
        ],
      },
    ],
    cured: {
      type: 'policyAllows',
      namespace: 'polls',
      fromLabels: { app: 'polls' },
      toLabels: { app: 'postgres' },
      port: 5432,
      notWide: true,
    },
    golden: restoreRule(150),
    rightFixes: [rightFix(restoreRule(180), 'durable'), rightFix(addRule(180), 'durable')],
    wrongMoves: [
      restartApplication(8, { impactAgainst: 'golden', atLeastRatio: 3 }),
      restartDatabase(8, { impactAgainst: 'golden', atLeastRatio: 3 }),
      {
        id: 'open-everything',
        title: 'Delete every network policy',
        lines: linesFrom(
          180,
          kubectl('delete networkpolicy postgres-ingress default-deny-ingress polls-ingress allow-metrics'),
        ),
        expectation: { breaks: ['policies-tight'] },
        sign: { any: [{ type: 'delete', resource: 'networkpolicies' }] },
        harmPoints: 60,
      },
    ],
    hints: [
      'Ask the application what it waits for.',
      'Compare what the database may be asked by with what the application asks.',
      'A network rule no longer admits the application.',
    ],
  };
}

/** Network trouble. */
export const network: FaultChoice = {
  id: 'network',
  instances: [
    lossy('worker-1', 0.75),
    lossy('worker-2', 0.85),
    lossy('worker-3', 1),
    cut('policy-port', [{ ...GOOD_RULE, ports: [{ protocol: 'TCP', port: 5433 }] }]),
    cut('policy-selector', [
      { ...GOOD_RULE, from: [{ podSelector: { matchLabels: { app: 'polls-web' } } }] },
    ]),
  ],
};
