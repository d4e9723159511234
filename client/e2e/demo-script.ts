/** What the recorded team does: three people find a node that loses packets, and move away from it. */
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { Role } from '@chaotic-good/engine/protocol/roles';
import type { StatusWord } from '@chaotic-good/engine/protocol/team-commands';

/** The seat that is recorded. */
export const DEMO_SEAT = 'seat-1';

/** What the team calls itself. */
export const DEMO_TEAM = 'Night shift';

/** When the host ends the recording, seconds. */
export const DEMO_END_SECOND = 300;

/** Who plays. */
export const DEMO_SEATS: readonly { seat: string; name: string; role: Role }[] = [
  { seat: DEMO_SEAT, name: 'Ana', role: 'incident-commander' },
  { seat: 'seat-2', name: 'Bo', role: 'ops' },
  { seat: 'seat-3', name: 'Cy', role: 'ops' },
  { seat: 'seat-4', name: 'Di', role: 'comms' },
];

/** Something that somebody does at a second. */
export type DemoStep =
  | { second: number; seat: string; command: Command }
  | { second: number; seat: string; words: readonly string[] };

const [ANA, BO, CY, DI] = DEMO_SEATS.map(({ seat }) => seat);

function say(second: number, seat: string, text: string): DemoStep {
  return { second, seat, command: { type: 'PostMessage', text } };
}

function run(second: number, seat: string, line: string, ...exact: string[]): DemoStep {
  return { second, seat, words: [...line.split(' '), ...exact] };
}

function status(second: number, journeys: string[], state: StatusWord, nextUpdateMinutes: number): DemoStep {
  return {
    second,
    seat: DI,
    command: { type: 'PostStatus', journeys, severity: 'SEV2', state, nextUpdateMinutes },
  };
}

function propose(second: number, seat: string, text: string, line: string, component = ''): DemoStep {
  return { second, seat, command: { type: 'ProposePlan', text, line, component } };
}

/** The chart that told the node apart. */
function pin(second: number): DemoStep {
  const place = '?tab=overview&focus=node%2Fworker-3&from=-60&to=108';
  const text = 'per second: worker-3 31/s, worker-1 0.0/s, worker-2 0.0/s';
  const title = 'Retransmits, node/worker-3';
  return { second, seat: CY, command: { type: 'PinEvidence', kind: 'chart', title, text, place } };
}

const LOST = { component: 'node/worker-3', mechanism: 'packet-loss' } as const;

/** Everything that is done, in order of time. */
export const DEMO_STEPS: readonly DemoStep[] = [
  say(6, DI, 'I take the status page and the clock.'),
  say(78, BO, 'Paged. About a third of the votes hang, then fail.'),
  { second: 80, seat: ANA, command: { type: 'DeclareIncident', severity: 'SEV2' } },
  { second: 82, seat: BO, command: { type: 'AcknowledgeAlert', alertId: 'alert-2' } },
  { second: 84, seat: ANA, command: { type: 'NameNext', text: 'Find out which node loses packets' } },
  run(86, ANA, 'kubectl -n polls get pods -o wide'),
  status(88, ['vote'], 'investigating', 2),
  say(92, CY, 'Retransmits climb on worker-3, nowhere else.'),
  {
    second: 96,
    seat: CY,
    command: { type: 'AddHypothesis', ...LOST, expectation: 'TCP retransmits on it only' },
  },
  {
    second: 104,
    seat: BO,
    command: {
      type: 'AddHypothesis',
      component: 'deployment/polls',
      mechanism: 'cpu-limit',
      expectation: 'throttled share above 20 % on all three replicas',
    },
  },
  pin(108),
  run(112, ANA, 'kubectl top pods -n polls'),
  {
    second: 118,
    seat: BO,
    command: { type: 'CloseHypothesis', hypothesisId: 'hypothesis-2', verdict: 'refuted' },
  },
  propose(119, CY, 'Restart all polls pods', 'kubectl rollout restart deployment/polls'),
  { second: 121, seat: ANA, command: { type: 'AnswerPlan', planId: 'plan-1', approve: false } },
  { second: 122, seat: BO, command: { type: 'ClaimComponent', component: 'node/worker-3', takeOver: false } },
  propose(123, BO, 'Cordon worker-3 and move its replica', 'kubectl cordon worker-3', 'node/worker-3'),
  run(124, ANA, 'kubectl get nodes'),
  { second: 130, seat: ANA, command: { type: 'AnswerPlan', planId: 'plan-2', approve: true } },
  say(132, ANA, 'Cordon worker-3 and move the replica. Bo types, I watch.'),
  run(138, BO, 'kubectl cordon worker-3'),
  run(142, BO, 'kubectl -n polls delete pod', '{pods app=polls node=worker-3}'),
  { second: 144, seat: BO, command: { type: 'FinishPlan', planId: 'plan-2', done: true } },
  { second: 146, seat: ANA, command: { type: 'NameNext', text: 'Watch the votes for a minute' } },
  run(150, ANA, 'kubectl -n polls get pods -o wide'),
  {
    second: 168,
    seat: CY,
    command: { type: 'CloseHypothesis', hypothesisId: 'hypothesis-1', verdict: 'confirmed' },
  },
  {
    second: 176,
    seat: ANA,
    command: {
      type: 'AddNote',
      text: 'worker-3 stays cordoned: have its network looked at',
      followUp: 'node/worker-3',
    },
  },
  { second: 190, seat: ANA, command: { type: 'FileDiagnosis', ...LOST } },
  status(210, ['vote'], 'monitoring', 5),
  say(214, DI, 'Status page: votes work again since a minute, we keep watching.'),
  status(282, [], 'resolved', 30),
  { second: 285, seat: ANA, command: { type: 'DeclareResolved' } },
];
