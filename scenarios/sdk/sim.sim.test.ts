import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

const SCRIPT = `
# Somebody finds a lossy node in the usual way.
00:00   ada  role ops
+01:00  bo   do {"type":"DeclareIncident","severity":"SEV2"}
+01:05  ada  sh kubectl get pods | grep polls | wc -l > n.txt; cat n.txt; date; echo $RANDOM
+01:10  ada  sh for p in $(kubectl get pods -l app=polls -o name); do kubectl logs $p -c polls --tail=3; done
+01:12  bo   sh sleep 10; curl -sS -o /dev/null -w '%{http_code}' http://traefik.edge/results
+01:15  ada  sh kubectl logs -f deploy/polls -c polls --tail=1 | grep -m2 -o 'POST /votes'
+02:20  ada  sh kubectl cordon worker-1
+02:22  ada  sh kubectl delete $(kubectl get pods -l app=polls --field-selector spec.nodeName=worker-1 -oname)
+02:30  bo   do {"type":"FileDiagnosis","component":"node/worker-1","mechanism":"packet-loss"}
+06:00  bo   do {"type":"DeclareResolved"}
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sim-'));
  writeFileSync(join(folder, 'moves.txt'), SCRIPT);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the real command line. */
function sim(args: string[], env: Record<string, string> = {}) {
  const path = process.env.PATH ?? '';
  return spawnSync(NODE, [join(ROOT, 'scenarios/sdk/sim.ts'), ...args], {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: path, ...env },
  });
}

const PLAY = ['--scenario', 'polls-mystery', '--seed', '7', '--load-scale', '0.1'];
const LOSS = ['--fault', 'network', '--instance', 'loss-worker-1'];

it('prints one document, the same bytes whatever the time zone and the language', () => {
  const args = [...PLAY, ...LOSS, '--script', 'moves.txt'];
  const here = sim(args, { TZ: 'UTC', LANG: 'C' });
  const there = sim(args, { TZ: 'Asia/Kathmandu', LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8' });
  expect(here.stderr).toBe('');
  expect(there.stdout).toBe(here.stdout);
  const document = JSON.parse(here.stdout) as {
    outcome: object;
    score: { total: number };
    lines: { typed: string; stdout: string; exitCode: number }[];
  };
  expect(document.outcome).toMatchObject({ closed: 'resolved', recovery: 'contained' });
  expect(document.score.total).toBeGreaterThan(800);
  expect(document.lines.map(({ exitCode }) => exitCode)).toEqual(Array(10).fill(0));
  const answers = document.lines.map(({ stdout }) => stdout);
  expect(answers).toContainEqual(expect.stringMatching(/^3\nTue Jan {2}6 14:0\d:\d\d UTC 2026\n\d+\n$/));
  expect(answers).toContainEqual('POST /votes\nPOST /votes\n');
});

it('without a script nobody does anything, and it does not recover', () => {
  const { stdout } = sim([...PLAY, ...LOSS, '--timeline']);
  expect(stdout).toContain('Page: Voting spends its error budget too fast');
  expect(stdout).toContain('Incident closed: time is up');
  expect(stdout).toContain('It did not recover');
});

it.each([
  [['--scenario', 'polls-mistery'], 'no scenario polls-mistery; did you mean polls-mystery?'],
  [['--seed', '7'], '--scenario ID is missing'],
  [['--scenario', 'polls-mystery', '--seed', 'a b'], 'is no seed'],
  [['--scenario', 'polls-mystery', '--fault', 'netwerk', '--instance', 'x'], 'did you mean network?'],
  [['--scenario', 'polls-mystery', '--sed', '7'], "Unknown option '--sed'"],
  [['--scenario', 'polls-mystery', '--script', 'none.txt'], 'the script cannot be read'],
])('%j is a mistake that it explains', (args, message) => {
  const { status, stdout, stderr } = sim(args);
  expect(stderr).toContain(message);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
});

it('a mistake in a script is told with its line', () => {
  writeFileSync(join(folder, 'wrong.txt'), '00:00 ada role ops\n00:10 ada shh ls\n');
  const { status, stderr } = sim([...PLAY, '--script', 'wrong.txt']);
  expect(stderr).toMatch(/^sim: wrong\.txt:2: no verb shh; .*\bsh\b.*\n$/);
  expect(status).toBe(2);
});

it('checks scenarios and tells what it can do', () => {
  expect(sim(['--check', 'polls-mystery'])).toMatchObject({
    status: 0,
    stdout: 'polls-mystery is in order\n',
  });
  expect(sim(['--help']).stdout).toContain('--script FILE');
});
