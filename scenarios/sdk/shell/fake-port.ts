/** A port without an incident, for the tests of the shell: three pods, an endless log, a clock of its own. */
import type { ConsoleReading, StreamPiece } from '@chaotic-good/engine/console/console-types';
import type { ShellPort } from './shell-port.ts';

/** What a fake port remembers. */
export type FakePort = ShellPort & {
  /** Commands that were submitted, as `type: cause`. */
  submitted: string[];
  /** Simulated microseconds slept. */
  sleptMicros: number;
};

const PODS = ['polls-a1', 'polls-b2', 'traefik-c3'];

function answer(argv: readonly string[], stdin: string): Partial<ConsoleReading> {
  const line = argv.slice(1).join(' ');
  if (line === 'get pods -o name') return { stdout: PODS.map((pod) => `pod/${pod}\n`).join('') };
  if (line === 'get pods') return { stdout: PODS.map((pod) => `${pod.padEnd(12)}1/1   Running\n`).join('') };
  if (line === 'apply -f -') return { stdout: `applied ${stdin}` };
  if (line.startsWith('logs -f')) {
    return { stdout: '', stream: { kind: 'logs', argv: [...argv], positions: { n: 0 }, namespace: 'polls' } };
  }
  if (line.startsWith('rollout status')) {
    return { stream: { kind: 'rollout', argv: [...argv], lastLine: '', namespace: 'polls' } };
  }
  if (argv[1] === 'delete') {
    const target = { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: argv[3] };
    return {
      commands: [{ type: 'DeleteObject', target, gracePeriodSeconds: null, propagationPolicy: 'Background' }],
    };
  }
  return { stderr: `unknown: ${line}\n`, exitCode: 1 };
}

/** A fake port. */
export function fakePort(): FakePort {
  const port: FakePort = {
    submitted: [],
    sleptMicros: 0,
    read: async (argv, stdin) => ({
      stdout: '',
      stderr: '',
      exitCode: 0,
      observed: [],
      commands: [],
      stream: null,
      ...answer(argv, stdin),
    }),
    submit: async (command, cause) => {
      port.submitted.push(`${command.type}: ${cause}`);
      return { ok: true, stdout: 'done\n', stderr: '', exitCode: 0 };
    },
    observe: async () => {},
    waitFor: async () => ({ ok: true, stdout: 'answered\n', stderr: '', exitCode: 0 }),
    follow: async (stream): Promise<StreamPiece> => {
      if (stream.kind === 'logs') {
        const number = stream.positions.n + 1;
        const stdout = `line ${number} ${number % 3 === 0 ? 'error' : 'fine'}\nha`;
        const rest = { ...stream, positions: { n: number } };
        return { stdout: number > 1 ? `lf ${stdout}` : stdout, stream: rest, exitCode: 0, observed: [] };
      }
      return { stdout: 'rolled out\n', stream: null, exitCode: 0, observed: [] };
    },
    sleep: async (micros) => {
      port.sleptMicros += micros;
    },
    unixMs: () => 1_767_708_300_000 + port.sleptMicros / 1000,
  };
  return port;
}
