import { beforeEach, expect, it } from 'vitest';
import { createShell } from './create-shell.ts';
import type { Shell } from './create-shell.ts';
import { fakePort } from './fake-port.ts';
import type { FakePort } from './fake-port.ts';
import { LINE_OUTPUT_BYTES_MAX } from './shell-limits.ts';

let port: FakePort;
let shell: Shell;
let luck: number;

beforeEach(() => {
  luck = 0;
  port = fakePort();
  shell = createShell({ port, random: () => (luck = (luck + 0.3) % 1), user: 'ada' });
});

/** Standard output of a line. */
async function out(line: string): Promise<string> {
  return (await shell.run(line)).stdout;
}

it('pipes what kubectl prints through the usual tools', async () => {
  expect(await out('kubectl get pods | grep polls | wc -l')).toBe('2\n');
  expect(await out("k get pods | awk '{print $3, $1}' | sort -r | head -1")).toBe('Running traefik-c3\n');
  expect(await out('printf "é\\n" | kubectl apply -f -')).toBe('applied é\n');
});

it('loops over pods, and what is done carries the line as its cause', async () => {
  const line = 'for p in $(kubectl get pods -o name); do kubectl delete pod $p; done';
  expect(await out(line)).toBe('done\ndone\ndone\n');
  expect(port.submitted).toEqual(Array(3).fill(`DeleteObject: ${line}`));
});

it('knows aliases and the short options of xargs', async () => {
  await shell.run('alias kg="kubectl get"');
  expect(await out('kg pods -o name | head -1')).toBe('pod/polls-a1\n');
  expect(await out('kubectl get pods -o name | xargs -n1 kubectl delete pod')).toBe('done\ndone\ndone\n');
  expect(await out('kubectl get pods -o name | head -1 | xargs -I{} echo {} -n1')).toBe('pod/polls-a1 -n1\n');
});

it('keeps files, variables, place and exit code between lines', async () => {
  await shell.run('kubectl get pods > pods.txt; N=2; export M=3; mkdir -p /tmp/x; cd /tmp/x');
  expect(await out('wc -l < ~/pods.txt; echo $N $M; pwd; cd -')).toMatch(
    /^\s*3\n2 3\n\/tmp\/x\n\/home\/ada\n$/,
  );
  expect(shell.cwd()).toBe('/home/ada');
  await shell.run('kubectl nonsense');
  expect(await out('echo $?')).toBe('1\n');
});

it('has the incident clock and seeded luck', async () => {
  expect(await out('date; date +%s; touch f; stat -c %Y f')).toMatch(
    /^Tue Jan {2}6 14:05:00 UTC 2026\n1767708300\n/,
  );
  expect(await out('echo $RANDOM')).toBe(`${Math.floor(0.3 * 32768)}\n`);
  expect(await out('sleep 2m; date +%s')).toBe('1767708420\n');
  expect(port.sleptMicros).toBe(120_000_000);
  // Outside a line nothing has changed.
  expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(60_000);
});

it('ends loops, recursion and floods, and says so', async () => {
  const loop = await shell.run('while true; do :; done');
  expect(loop.exitCode).not.toBe(0);
  expect(loop.stderr).toContain('this terminal allows no more');
  expect((await shell.run('f() { f; }; f')).stderr).toContain('recursion');
  const flood = await shell.run('x=0123456789; for i in {1..15}; do x=$x$x; done; echo $x | fold -w 100');
  expect(flood.cut).toBe(true);
  expect(Buffer.byteLength(flood.stdout)).toBeLessThanOrEqual(LINE_OUTPUT_BYTES_MAX);
  expect(flood.stderr).toContain('output cut after 256 kB');
  const calls = await shell.run('for i in {1..300}; do kubectl get pods -o name; done | wc -l');
  expect(calls.stdout.trim()).toBe('600');
  expect(calls.stderr).toContain('one line may call this 200 times');
  expect((await shell.run(`echo ${'x'.repeat(9000)}`)).stderr).toContain('longer than 8192');
  expect(await out('echo still here')).toBe('still here\n');
});

it('reaches neither the machine nor a network', async () => {
  expect(await out('cat /etc/passwd /proc/self/environ; ls /work; echo $PATH')).not.toMatch(/root|work/);
  for (const program of ['python3', 'node', 'sqlite3', 'wget', 'timeout']) {
    expect((await shell.run(program)).stderr).toContain('not found');
  }
});

it('puts a stream through filters line by line', async () => {
  const seen: string[] = [];
  const { stdout, exitCode } = await shell.run('P=polls; kubectl logs -f $P | grep -i ERROR | head -n 2', {
    onOutput: (text) => seen.push(text),
  });
  expect(stdout).toBe('half line 3 error\nhalf line 6 error\n');
  expect(seen).toEqual(['half line 3 error\n', 'half line 6 error\n']);
  expect(exitCode).toBe(0);
  expect(await out("k logs -f p | awk '{print $NF}' | sed 's/f.ne/ok/' | head -2")).toBe('ok\nok\n');
});

it('writes a stream to a file, ends it by a signal, and refuses what cannot be streamed', async () => {
  await shell.run('kubectl logs -f p | head -1 > log.txt');
  expect(await out('cat log.txt')).toBe('line 1 fine\n');
  const stop = new AbortController();
  let lines = 0;
  const watch = { signal: stop.signal, onOutput: () => ++lines === 3 && stop.abort() };
  expect((await shell.run('kubectl logs -f p', watch)).exitCode).toBe(130);
  expect((await shell.run('kubectl logs -f p | tee x')).stderr).toContain('tee cannot be streamed');
  expect((await shell.run('kubectl logs -f p | while read l; do echo $l; done')).stderr).toContain('loop');
  expect((await shell.run('for p in a b; do kubectl logs -f $p; done')).stderr).toContain('must be the last');
});

it('awaits a rollout wherever it stands', async () => {
  expect(await out('kubectl delete pod x && kubectl rollout status deploy/polls')).toBe('done\nrolled out\n');
  expect(await out('for d in a b; do kubectl rollout status deploy/$d; done')).toBe(
    'rolled out\nrolled out\n',
  );
  expect(await out('false && kubectl rollout status deploy/polls')).toBe('');
});

it('says when a stream cannot be written, and throws what the port throws', async () => {
  const { stderr, exitCode } = await shell.run('kubectl logs -f p | head -1 > nowhere/x.txt');
  expect({ stderr, exitCode }).toEqual({ stderr: expect.stringContaining('nowhere/x.txt'), exitCode: 1 });
  port.read = () => Promise.reject(new Error('broken'));
  await expect(shell.run('kubectl get pods || true')).rejects.toThrow('broken');
  await expect(shell.run('kubectl logs -f p')).rejects.toThrow('broken');
});

it('asks what a mistyped command meant, after the complaint and on standard error only', async () => {
  const typed = await shell.run('kubctl get pods; echo $?');
  expect(typed).toMatchObject({ stdout: '127\n', exitCode: 0 });
  expect(typed.stderr).toBe('bash: kubctl: command not found\nDid you mean "kubectl"?\n');
  expect(await shell.run('qqqq')).toMatchObject({ stderr: 'bash: qqqq: command not found\n', exitCode: 127 });
  expect((await shell.run('hepl')).stderr).toContain('Did you mean "help"?');
});
