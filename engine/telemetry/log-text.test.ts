import { describe, expect, it } from 'vitest';
import { killProcess } from '../cluster/processes.ts';
import type { Cluster } from '../cluster/cluster-state.ts';
import { setIngress, setServiceTargets } from '../cluster/service-targets.ts';
import { writeRecord } from '../cluster/log-records.ts';
import * as spans from '../cluster/spans.ts';
import { renderLogLines, requestId } from './log-text.ts';
import { runCluster, sampleCluster } from './sample-system.ts';

/** The newest line of a template. */
function newest(cluster: Cluster, process: number, template: string): string {
  const { lines } = renderLogLines(cluster, process);
  return lines.filter((line) => line.template === template).at(-1)?.text ?? '';
}

describe('calm', () => {
  const { cluster, processes } = sampleCluster();
  runCluster(cluster, 3_000_000);

  it('each kind of program writes time in its own style', () => {
    expect(newest(cluster, processes.proxy, 'access')).toMatch(
      /^- - - \[06\/Jan\/2026:14:05:1\d \+0000\] "(GET|POST) \/ HTTP\/1.1" 200 "web-5d4" \d+ms$/,
    );
    expect(newest(cluster, processes.web, 'access')).toMatch(
      /^\{"time":"2026-01-06T14:05:\S{6}Z","route":"\w+ \/","status":200,"ms":[\d.]+,"id":"[0-9a-f]{16}"\}/,
    );
    expect(newest(cluster, processes.database, 'ready')).toMatch(
      /^2026-01-06 14:05:0\d\.\d{3} UTC \[1\] LOG: {2}database system is ready to accept connections$/,
    );
    expect(newest(cluster, processes.proxy, 'ready')).toMatch(
      /^2026-01-06T14:05:0\dZ INF Starting provider$/,
    );
  });

  it('tail keeps the newest lines, from and since leave out older ones, next goes on', () => {
    const all = renderLogLines(cluster, processes.web);
    expect(renderLogLines(cluster, processes.web, { tail: 3 }).lines).toEqual(all.lines.slice(-3));
    const since = renderLogLines(cluster, processes.web, { sinceMicros: 2_000_000 }).lines;
    expect(since).toEqual(all.lines.filter((line) => line.atMicros >= 2_000_000));
    expect(renderLogLines(cluster, processes.web, { from: all.next }).lines).toEqual([]);
    runCluster(cluster, 3_200_000);
    const more = renderLogLines(cluster, processes.web, { from: all.next }).lines;
    expect(more.length).toBeGreaterThan(0);
    expect(more[0].record).toBe(all.next);
  });

  it('a request has one id at every program', () => {
    expect(requestId(0x101 * 4294967296 + 7)).toMatch(/^[0-9a-f]{16}$/);
    expect(requestId(1)).not.toBe(requestId(2));
  });
});

describe('failures are worded as the real libraries word them', () => {
  const cases: [
    string,
    (cluster: Cluster, p: { proxy: number; web: number; database: number }) => void,
    RegExp,
  ][] = [
    [
      'refused',
      (c, p) => killProcess(c, p.database, 137, 'Error', ''),
      /dial tcp postgres\.shop\.svc:5432: connect: connection refused$/,
    ],
    [
      'no endpoints',
      (c) => {
        setServiceTargets(c, 'shop/postgres', []);
        for (const pool of c.pools) for (const one of pool.connections) one.expiresMicros = 0;
      },
      /dial tcp .*: connect: connection refused$/,
    ],
    [
      'policy',
      (c, p) => {
        setIngress(c, p.database, []);
        for (const pool of c.pools) for (const one of pool.connections) one.expiresMicros = 0;
      },
      /dial tcp postgres\.shop\.svc:5432: i\/o timeout$/,
    ],
    [
      'slow',
      (c, p) => {
        c.hosts[c.processes[p.database].host].dropShare = 1;
        c.hosts[c.processes[p.database].host].dropPort = 5432;
      },
      /context deadline exceeded$/,
    ],
    [
      'many clients',
      (c, p) => {
        c.processes[p.database].connections = 100;
        for (const pool of c.pools) for (const one of pool.connections) one.state = 'closed';
      },
      /FATAL: sorry, too many clients already/,
    ],
    [
      'full disk',
      (c, p) => {
        const volume = c.volumes[c.processes[p.database].mounts[0].volume];
        volume.usedBytes = volume.capacityBytes;
      },
      /ERROR: could not extend file: No space left on device/,
    ],
  ];
  it.each(cases)('%s', (_name, hurt, words) => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    hurt(cluster, processes);
    runCluster(cluster, 6_000_000);
    const failures = renderLogLines(cluster, processes.web).lines.filter(
      (line) => line.template === 'failure',
    );
    expect(failures.map((line) => line.text).join('\n')).toMatch(new RegExp(words.source, 'm'));
    // The application answered, so the proxy passes a 500 on and says so.
    const proxy = renderLogLines(cluster, processes.proxy).lines.filter(
      (line) => line.template === 'failure',
    );
    expect(proxy.map((line) => line.text).join('\n')).toMatch(/WRN 500 500 Internal Server Error$/m);
  });

  it('a pool that is empty for too long says so', () => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    cluster.hosts[0].dropShare = 1;
    cluster.hosts[0].dropPort = 5432;
    runCluster(cluster, 6_000_000);
    const text = renderLogLines(cluster, processes.web).lines.map((line) => line.text);
    expect(text.some((line) => line.endsWith('postgres: pool: timed out waiting for a connection'))).toBe(
      true,
    );
  });

  it('the database writes the error of its own disk', () => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    const volume = cluster.volumes[cluster.processes[processes.database].mounts[0].volume];
    volume.usedBytes = volume.capacityBytes;
    runCluster(cluster, 4_000_000);
    expect(newest(cluster, processes.database, 'failure')).toMatch(
      /UTC \[\d+\] ERROR: {2}could not extend file "\/var\/lib\/postgresql\/\S+": No space left on device$/,
    );
    expect(newest(cluster, processes.database, 'writeFailed')).toMatch(/PANIC: .* No space left on device$/);
  });
});

describe('the proxy answers with its own code when nobody else did', () => {
  it('502 for a backend that is gone', () => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    killProcess(cluster, processes.web, 1, 'Error', '');
    runCluster(cluster, 4_000_000);
    expect(newest(cluster, processes.proxy, 'access')).toContain(' 502 ');
    const failure = newest(cluster, processes.proxy, 'failure');
    expect(failure).toMatch(/WRN 502 dial tcp web-5d4:8080: connect: connection refused$/);
  });

  it('503 without backends', () => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    setServiceTargets(cluster, 'shop/web', []);
    runCluster(cluster, 4_000_000);
    expect(newest(cluster, processes.proxy, 'access')).toContain(' 503 ');
    expect(newest(cluster, processes.proxy, 'failure')).toMatch(/WRN 503 no available server$/);
  });

  it('504 for a backend behind a lossy network', () => {
    const { cluster, processes } = sampleCluster();
    runCluster(cluster, 2_000_000);
    cluster.hosts[1].dropShare = 1;
    cluster.hosts[1].dropPort = 8080;
    runCluster(cluster, 9_000_000);
    expect(newest(cluster, processes.proxy, 'access')).toContain(' 504 ');
    expect(newest(cluster, processes.proxy, 'failure')).toMatch(/i\/o timeout$|context deadline exceeded$/);
  });
});

it('a verbose record shows three lines and counts the rest', () => {
  const { cluster, processes } = sampleCluster();
  runCluster(cluster, 0);
  const web = cluster.processes[processes.web];
  const template = cluster.plan.programs[web.program].templates.get('verbose') ?? -1;
  writeRecord(cluster, web, template, 0, spans.STATUS_OK, 1200, -1, -1, 77);
  const { lines } = renderLogLines(cluster, processes.web, { tail: 4 });
  expect(lines.map((line) => line.text.replace(/^\S+Z /, ''))).toEqual([
    'DEBUG step 1',
    'DEBUG step 2',
    'DEBUG step 3',
    '… 7 more',
  ]);
});
