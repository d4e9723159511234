/**
 * What to look at when something is suspected: by mechanism and kind of component, and by nothing else, so
 * that the list tells nothing of what was drawn. It never sees the state of the system.
 */
import type { MechanismId } from '@chaotic-good/engine/protocol/mechanisms';
import type { FactKind } from '@chaotic-good/engine/protocol/thing-facts';
import { kubectlFor } from './thing-actions.ts';

/** What is suspected: its names only. */
export type Suspect = { kind: FactKind; name: string; namespace: string; home: string };

/** Something that would show, and where. */
export type SuspicionCheck = {
  /** What one would see if it were true. */
  sees: string;
  /** A view with what is asked of it, or a line for the terminal. */
  go: { tab: string; query: Record<string, string> } | { line: string };
};

/** What is to be seen if a mechanism is at work on a component. */
export type Suspicion = {
  /** For the board: what should show. */
  expectation: string;
  /** Two to four places that decide it. */
  checks: SuspicionCheck[];
};

type Table = Partial<Record<MechanismId, (suspect: Suspect) => Suspicion>>;

const idOf = ({ kind, name }: Suspect) => `${kind}/${name}`;
const kubectl = ({ namespace, home }: Suspect) => kubectlFor(namespace, home);

function view(sees: string, tab: string, query: Record<string, string> = {}): SuspicionCheck {
  return { sees, go: { tab, query } };
}

function line(sees: string, text: string): SuspicionCheck {
  return { sees, go: { line: text } };
}

/** Charts: of the pod or node itself, else of all. */
function charts(suspect: Suspect, sees: string): SuspicionCheck {
  const own = suspect.kind === 'pod' || suspect.kind === 'node';
  return view(sees, 'overview', own ? { focus: idOf(suspect) } : {});
}

/** Log lines of it that hold a text. */
function logs({ kind, name, namespace }: Suspect, sees: string, q: string): SuspicionCheck {
  if (kind === 'pod') return view(sees, 'logs', { pod: name, q });
  const works = kind === 'deployment' || kind === 'statefulset' || kind === 'daemonset';
  return view(sees, 'logs', works ? { workload: `${namespace}/${name}`, q } : { q });
}

function drawer(suspect: Suspect, sees: string): SuspicionCheck {
  return view(sees, '', { thing: idOf(suspect) });
}

const NETWORK: Table = {
  'packet-loss': (suspect) => ({
    expectation: 'TCP retransmits climb on its node and on no other; some calls hang, others are fine',
    checks: [
      charts(suspect, 'Retransmits climb, on one node only'),
      logs(suspect, 'Some calls time out, while others are answered at once', 'deadline exceeded'),
      line('What suffers runs on one node', 'kubectl get pods -A -o wide'),
    ],
  }),
  'policy-cut': (suspect) => ({
    expectation: 'every call over one path times out, and a network policy no longer allows that path',
    checks: [
      line('A policy does not name who must come in', `${kubectl(suspect)} get networkpolicies -o yaml`),
      logs(suspect, 'Every call over the path fails in the same way', 'i/o timeout'),
      line('A policy is younger than the others', `${kubectl(suspect)} get networkpolicies`),
    ],
  }),
  'dns-failure': (suspect) => ({
    expectation: 'names do not resolve inside pods, and logs name the lookup that fails',
    checks: [
      logs(suspect, 'Lines name a host that is not found', 'host'),
      line('A service has no address behind its name', `${kubectl(suspect)} get endpoints`),
    ],
  }),
  'certificate-expiry': (suspect) => ({
    expectation: 'handshakes fail from one second on, and logs speak of a certificate',
    checks: [
      logs(suspect, 'Lines speak of a certificate', 'certificate'),
      view('Everything fails from one second on', 'overview'),
    ],
  }),
};

const LIMITS: Table = {
  'disk-full': (suspect) => ({
    expectation: 'a volume of it is at 100 %, and logs say that no space is left on the device',
    checks: [
      drawer(suspect, 'A volume stands at 100 %'),
      logs(suspect, 'Lines say that no space is left', 'no space left'),
      charts(suspect, 'The volume fills steadily, then stays full'),
    ],
  }),
  'cpu-limit': (suspect) => ({
    expectation: 'throttled in most periods, CPU flat at the limit, and the limit is smaller than before',
    checks: [
      charts(suspect, 'CPU is flat at the limit, throttled in most periods'),
      drawer(suspect, 'The CPU limit is small beside what others may use'),
      line('CPU stands at the limit', `${kubectl(suspect)} top pods --containers`),
    ],
  }),
  'memory-limit': (suspect) => ({
    expectation: 'containers end as OOMKilled with exit code 137, and restarts count up',
    checks: [
      drawer(suspect, 'The last end says OOMKilled, restarts count up'),
      charts(suspect, 'Memory climbs to the limit and falls to nothing'),
      line('Pods restart again and again', `${kubectl(suspect)} get pods`),
    ],
  }),
  'memory-leak': (suspect) => ({
    expectation: 'memory climbs steadily for many minutes, whatever the traffic, until a restart',
    checks: [
      charts(suspect, 'Memory climbs steadily, whatever the traffic'),
      line('Memory is far above that of its siblings', `${kubectl(suspect)} top pods`),
    ],
  }),
};

const LOAD: Table = {
  'database-overload': (suspect) => ({
    expectation: 'the database works at its limit, and every query takes longer than before',
    checks: [
      line('The database uses all the CPU it can get', `${kubectl(suspect)} top pods`),
      view('Steps take longer for every journey that reads or writes', 'overview'),
      logs(suspect, 'Lines tell of slow statements', 'statement'),
    ],
  }),
  'pool-exhaustion': (suspect) => ({
    expectation: 'requests wait for a pool connection while the database has capacity left',
    checks: [
      view('Requests wait for a pool connection', 'overview'),
      line('The database is far from its limit', `${kubectl(suspect)} top pods`),
      line('The pool is set small', `${kubectl(suspect)} get configmaps -o yaml`),
    ],
  }),
  'connection-limit': (suspect) => ({
    expectation: 'new connections are refused while old ones go on working',
    checks: [
      logs(suspect, 'Lines say that there are too many connections', 'too many'),
      line('The server is set to accept few', `${kubectl(suspect)} get configmaps -o yaml`),
    ],
  }),
  'traffic-surge': (suspect) => ({
    expectation: 'user actions per second are far above what they were before the page',
    checks: [
      view('User actions are far above what they were', 'overview'),
      line('All replicas work at their limit alike', `${kubectl(suspect)} top pods`),
    ],
  }),
  'retry-storm': (suspect) => ({
    expectation: 'inner calls are several times the user actions, and stay so when the cause is gone',
    checks: [
      view('Calls inside are several times the user actions', 'overview'),
      logs(suspect, 'The same request comes again and again', 'retr'),
    ],
  }),
};

const CHANGE: Table = {
  'bad-deploy': (suspect) => ({
    expectation: 'errors begin with a rollout, and only in pods of the new revision',
    checks: [
      drawer(suspect, 'A new revision came just before it began'),
      logs(suspect, 'Errors that were never seen before', 'error'),
      view('Failures begin at the mark of a deploy', 'overview'),
    ],
  }),
  'node-failure': (suspect) => ({
    expectation: 'the node is NotReady, and nothing that ran on it answers',
    checks: [
      line('The node is NotReady', 'kubectl get nodes'),
      charts(suspect, 'Its figures end at one second'),
      line('All its pods hang or are being replaced', 'kubectl get pods -A -o wide'),
    ],
  }),
};

const ALL: Table = { ...NETWORK, ...LIMITS, ...LOAD, ...CHANGE };

const OF_WORKLOAD: readonly MechanismId[] = [
  'cpu-limit',
  'memory-limit',
  'disk-full',
  'bad-deploy',
  'packet-loss',
  'policy-cut',
  'database-overload',
  'pool-exhaustion',
  'connection-limit',
  'traffic-surge',
  'retry-storm',
  'memory-leak',
  'dns-failure',
  'certificate-expiry',
];

const OF_KIND: Readonly<Record<FactKind, readonly MechanismId[]>> = {
  pod: OF_WORKLOAD,
  deployment: OF_WORKLOAD,
  statefulset: OF_WORKLOAD,
  daemonset: OF_WORKLOAD,
  node: ['packet-loss', 'node-failure', 'disk-full'],
  service: ['policy-cut', 'dns-failure', 'connection-limit', 'certificate-expiry'],
  networkpolicy: ['policy-cut'],
  configmap: ['disk-full', 'pool-exhaustion', 'connection-limit', 'bad-deploy'],
  persistentvolumeclaim: ['disk-full'],
};

/** The mechanisms that can be suspected of a kind, likeliest to be understood first. */
export function suspectable(kind: FactKind): readonly MechanismId[] {
  return OF_KIND[kind];
}

/** What would be seen if the mechanism were at work on the suspect. */
export function suspicionOf(mechanism: MechanismId, suspect: Suspect): Suspicion {
  return ALL[mechanism]?.(suspect) ?? { expectation: '', checks: [] };
}
