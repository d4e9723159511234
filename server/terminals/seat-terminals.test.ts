import { afterAll, expect, it } from 'vitest';
import type { ServerMessage } from '@chaotic-good/engine/protocol/wire';
import type { HostQuery, IncidentHost, SubmitAnswer } from '../incidents/incident-host.ts';
import { completeLine } from './complete-line.ts';
import { SeatTerminals, userName } from './seat-terminals.ts';
import { TerminalPool } from './terminal-pool.ts';

// Method: real shells in a real thread, an incident that only has three pods and remembers what it was told.

const pool = new TerminalPool(1);
afterAll(() => pool.close());

const READING = { stdout: '', stderr: '', exitCode: 0, observed: [], commands: [], stream: null };

function fakeHost(submitted: string[]) {
  const answer = (query: HostQuery) => {
    if (query.kind !== 'read') return null;
    const line = query.argv.slice(1).join(' ');
    if (line === 'get pods') return { ...READING, stdout: 'a\nb\nc\n' };
    const target = { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: query.argv[3] };
    const command = {
      type: 'DeleteObject',
      target,
      gracePeriodSeconds: null,
      propagationPolicy: 'Background',
    };
    return line.startsWith('delete') ? { ...READING, commands: [command] } : READING;
  };
  const host: Pick<IncidentHost, 'query' | 'submit'> = {
    // Time stands still here, so who sleeps sleeps for ever.
    query: (_id, _seat, query) =>
      query.kind === 'sleep' ? new Promise(() => undefined) : Promise.resolve(answer(query) as never),
    submit: async (_id, { commandId, cause }): Promise<SubmitAnswer> => {
      submitted.push(`${commandId}: ${cause}`);
      const output = { ok: true, stdout: 'deleted\n', stderr: '', exitCode: 0 };
      return { kind: 'ack', ack: { commandId, seq: 1, atMicros: 0, outcome: { ok: true, output } } };
    },
  };
  return host as IncidentHost;
}

function seat() {
  const said: ServerMessage[] = [];
  const submitted: string[] = [];
  const terminals = new SeatTerminals({
    host: fakeHost(submitted),
    pool,
    incidentId: 'TEST0001',
    seat: 'ana',
    user: 'ana',
    clock: () => ({ unixMs: 1_767_708_300_000, rate: 0 }),
    say: (message) => said.push(message),
    onLine: () => undefined,
  });
  const ended = async (lineId: string) => {
    for (;;) {
      const prompt = said.find((one) => one.type === 'prompt' && one.lineId === lineId);
      if (prompt?.type === 'prompt') return prompt;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const printed = (lineId: string) =>
    said.flatMap((one) => (one.type === 'output' && one.lineId === lineId ? [one.text] : [])).join('');
  return { terminals, said, submitted, ended, printed };
}

it('runs lines one after another, in the clock of the incident', { timeout: 30_000 }, async () => {
  const { terminals, ended, printed } = seat();
  terminals.line('t', 'l1', 'kubectl get pods | wc -l');
  terminals.line('t', 'l2', 'cd /tmp; date -u +%H:%M');
  expect(await ended('l2')).toMatchObject({ exitCode: 0, prompt: 'ana:/tmp$ ' });
  expect([printed('l1').trim(), printed('l2').trim()]).toEqual(['3', '14:05']);
});

it('does nothing twice when a line is sent twice', { timeout: 30_000 }, async () => {
  const { terminals, ended, said, submitted } = seat();
  terminals.line('t', 'l1', 'kubectl delete pod a');
  terminals.line('t', 'l1', 'kubectl delete pod a');
  await ended('l1');
  terminals.line('t', 'l1', 'kubectl delete pod a');
  expect(submitted).toEqual(['ana/line-l1-1: kubectl delete pod a']);
  expect(said.filter(({ type }) => type === 'prompt')).toHaveLength(2);
});

it('ends a line by Ctrl-C and forgets those that wait', { timeout: 30_000 }, async () => {
  const { terminals, ended } = seat();
  terminals.line('t', 'l1', 'sleep 1000');
  terminals.line('t', 'l2', 'echo never');
  await new Promise((resolve) => setTimeout(resolve, 300));
  terminals.interrupt('t');
  expect((await ended('l2')).exitCode).toBe(130);
  expect((await ended('l1')).exitCode).not.toBe(0);
});

it('goes on in a fresh terminal when its thread was killed', { timeout: 30_000 }, async () => {
  const { terminals, ended, printed } = seat();
  terminals.line('t', 'l1', 'cd /tmp; sleep 1000');
  await new Promise((resolve) => setTimeout(resolve, 300));
  pool.killThreads();
  expect((await ended('l1')).exitCode).toBe(137);
  expect(printed('l1')).toContain('took too long');
  terminals.line('t', 'l2', 'echo here');
  expect(await ended('l2')).toMatchObject({ exitCode: 0, prompt: 'ana:~$ ' });
  expect(printed('l2')).toBe('here\n');
});

it('makes user names that a shell takes', () => {
  expect(['Ana', 'Zoë K.', '123', '$(rm)', ''].map(userName)).toEqual([
    'ana',
    'zoek',
    'responder',
    'rm',
    'responder',
  ]);
});

const read = async (argv: string[]) => {
  if (argv[5]?.startsWith('jsonpath')) return 'polls log-shipper';
  if (argv[2] === 'pods') return 'pod/polls-1\npod/postgres-0\n';
  if (argv[2] === 'deployments') return 'deployment.apps/polls\n';
  return argv[2] === 'namespaces' ? 'namespace/edge\nnamespace/polls\n' : '';
};

it.each([
  ['kub', { from: 0, items: ['kubectl'] }],
  ['kubectl desc', { from: 8, items: ['describe'] }],
  ['kubectl get po', { from: 12, items: ['pods'] }],
  ['kubectl describe pod pol', { from: 21, items: [] }],
  ['kubectl describe pods pol', { from: 22, items: ['polls-1'] }],
  ['kubectl -n polls logs po', { from: 22, items: ['polls-1', 'postgres-0'] }],
  ['kubectl rollout undo dep', { from: 21, items: ['deployment/polls'] }],
  ['kubectl get pods -n e', { from: 20, items: ['edge'] }],
  ['kubectl logs polls-1 -c lo', { from: 24, items: ['log-shipper'] }],
  ['kubectl set resources deployment/polls --li', { from: 39, items: ['--limits'] }],
  ['kubectl get pods -o w', { from: 20, items: ['wide'] }],
  ['kubectl exec polls-1 -- d', { from: 24, items: ['df', 'du'] }],
  ['kubectl get --al', { from: 12, items: ['--all-namespaces', '--allow-missing-template-keys'] }],
  ['kubectl get pods | gr', { from: 19, items: ['grep'] }],
])('completes %j', async (line, found) => {
  expect(await completeLine(line, line.length, read)).toEqual(found);
});
