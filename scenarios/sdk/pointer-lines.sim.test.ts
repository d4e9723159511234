/**
 * Nobody needs to type: for each kind of trouble, lines that the panels of the war room write out of choices
 * (`client/drawer/thing-actions.ts`, whose tests hold these very shapes) end it for good.
 */
import { expect, it } from 'vitest';
import { openIncident } from '@chaotic-good/engine/incident/incident';
import { judgeIncident } from '@chaotic-good/engine/incident/judge';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { parseScript } from './parse-script.ts';
import { playScript } from './play-script.ts';
import { findScenario } from './registry.ts';

const PSQL = 'kubectl exec statefulset/postgres -c postgres -- psql -U postgres -c';
const EMPTY = 'truncate -s 0 /var/log/polls/app.log';
const WORKERS = ['worker-1', 'worker-2', 'worker-3'];
/** The panel of a pod writes its name; a script has to ask for it. */
const podOn = (node: string) =>
  `$(kubectl get pods -l app=polls --field-selector spec.nodeName=${node} -o name)`;
const emptyAll = WORKERS.map((node) => `kubectl exec ${podOn(node)} -c log-shipper -- ${EMPTY}`);
const RULE =
  '[{"op":"add","path":"/spec/ingress/-","value":{"from":[{"podSelector":{"matchLabels":{"app":"polls"}}}],' +
  '"ports":[{"protocol":"TCP","port":5432}]}}]';
const admit = [`kubectl patch networkpolicy/postgres-ingress --type=json -p '${RULE}'`];
const quiet = `${PSQL} "alter system set log_statement = 'none'" && ${PSQL} "select pg_reload_conf()"`;
const level = `kubectl patch configmap polls-config --type=merge -p '{"data":{"LOG_LEVEL":"info"}}'`;
const limit = (what: string) => [`kubectl set resources deployment/polls -c polls --limits=${what}`];
const leave = (node: string) => [`kubectl cordon ${node}`, `kubectl delete ${podOn(node)}`];

it.each([
  ['network', 'policy-port', admit, 'durable'],
  ['network', 'policy-selector', admit, 'durable'],
  ['network', 'loss-worker-1', leave('worker-1'), 'contained'],
  ['network', 'loss-worker-2', leave('worker-2'), 'contained'],
  ['network', 'loss-worker-3', leave('worker-3'), 'contained'],
  ['resource-exhaustion', 'cpu-100m', limit('cpu=500m'), 'durable'],
  ['resource-exhaustion', 'cpu-140m', limit('cpu=500m'), 'durable'],
  ['resource-exhaustion', 'memory-128', limit('memory=512Mi'), 'durable'],
  ['resource-exhaustion', 'memory-140', limit('memory=512Mi'), 'durable'],
  [
    'disk-full',
    'app-debug-config',
    [level, 'kubectl rollout restart deployment/polls', ...emptyAll],
    'durable',
  ],
  ['disk-full', 'app-trace-env', ['kubectl rollout undo deployment/polls', ...emptyAll], 'durable'],
  [
    'disk-full',
    'db-all-statements',
    [
      'kubectl exec postgres-0 -c pgbackup -- truncate -s 0 /var/lib/postgresql/data/log/postgresql.log',
      quiet,
    ],
    'durable',
  ],
] as const)('%s/%s is ended by lines of the panels', async (fault, instance, lines, recovery) => {
  const subject = findScenario('polls-mystery');
  if (subject === undefined) throw new Error('the scenario is gone');
  const seed = seedFromText('5');
  const forced = { fault, instance };
  const incident = openIncident({ ...subject, loadScale: 0.1, telemetry: true, seed, forced });
  const text = lines.map((line, at) => `+${180 + 3 * at} ana sh ${line}`).join('\n');
  const ran = await playScript(incident, parseScript(text, 'the panels'), 1200e6);
  judgeIncident(incident);
  expect(ran.map(({ stderr }) => stderr).join('')).toBe('');
  const judged = incident.state.events.findLast((event) => event.type === 'RecoveryJudged');
  expect(judged).toMatchObject({ recovery });
});
