/** What the recorded team does: three people find a node that loses packets, and move away from it. */
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { Role } from '@chaotic-good/engine/protocol/roles';

/** The seat that is recorded. */
export const DEMO_SEAT = 'seat-1';

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

const LOST = { component: 'node/worker-3', mechanism: 'packet-loss' } as const;

/** Everything that is done, in order of time. */
export const DEMO_STEPS: readonly DemoStep[] = [
  say(6, DI, 'I take the status page and the clock.'),
  say(78, BO, 'Paged. About a third of the votes hang, then fail.'),
  { second: 80, seat: ANA, command: { type: 'DeclareIncident', severity: 'SEV2' } },
  { second: 82, seat: BO, command: { type: 'AcknowledgeAlert', alertId: 'alert-2' } },
  run(86, ANA, 'kubectl -n polls get pods -o wide'),
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
  run(112, ANA, 'kubectl top pods -n polls'),
  {
    second: 118,
    seat: BO,
    command: { type: 'CloseHypothesis', hypothesisId: 'hypothesis-2', verdict: 'refuted' },
  },
  run(124, ANA, 'kubectl get nodes'),
  say(132, ANA, 'Cordon worker-3 and move the replica. Bo types, I watch.'),
  run(138, BO, 'kubectl cordon worker-3'),
  run(142, BO, 'kubectl -n polls delete pod', '{pods app=polls node=worker-3}'),
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
  say(214, DI, 'Status page: votes work again since a minute, we keep watching.'),
  { second: 285, seat: ANA, command: { type: 'DeclareResolved' } },
];
