import { beforeEach, describe, expect, it } from 'vitest';
import type { ClusterCommand, ContainerRef } from '../protocol/cluster-commands.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { followStream } from './follow-stream.ts';
import { performCommand } from './perform-command.ts';
import { runFor, shownBy, startShop, typeLine } from './test-shop.ts';

let world: World;
let pod = '';

beforeEach(() => {
  world = startShop();
  pod = typeLine(world, 'kubectl get pods -l app=web -o jsonpath={.items[0].metadata.name}').stdout;
});

const shown = (line: string, stdin = '') =>
  shownBy(world, line.replaceAll('WEB', pod), stdin).replaceAll(pod, 'WEB');

describe('changing objects', () => {
  it('says what kubectl says', () => {
    expect(shown('kubectl scale deploy/web --replicas=3')).toBe('deployment.apps/web scaled\n');
    expect(shown('kubectl set image deploy/web web=registry.example.org/web:1.1')).toBe(
      'deployment.apps/web image updated\n',
    );
    expect(shown('kubectl set env deploy/web A=b')).toBe('deployment.apps/web env updated\n');
    expect(shown('kubectl set resources deploy/web --limits=memory=256Mi')).toBe(
      'deployment.apps/web resource requirements updated\n',
    );
    expect(shown('kubectl patch deploy web -p \'{"spec":{"minReadySeconds":1}}\'')).toBe(
      'deployment.apps/web patched\n',
    );
    expect(shown('kubectl patch deploy web -p \'{"spec":{"minReadySeconds":1}}\'')).toBe(
      'deployment.apps/web patched (no change)\n',
    );
    expect(shown('kubectl label pod db-0 a=b')).toBe('pod/db-0 labeled\n');
    expect(shown('kubectl annotate pod db-0 a=b')).toBe('pod/db-0 annotated\n');
    expect(shown('kubectl rollout restart deploy/web')).toBe('deployment.apps/web restarted\n');
    expect(shown('kubectl rollout pause deploy/web')).toBe('deployment.apps/web paused\n');
    expect(shown('kubectl delete pod db-0 --wait=false')).toBe('pod "db-0" deleted\n');
    expect(shown('kubectl delete pod nope')).toBe(
      'Error from server (NotFound): pods "nope" not found\n(exit 1)\n',
    );
    expect(shown('kubectl taint nodes worker-1 a=b:NoSchedule')).toBe('node/worker-1 tainted\n');
    expect(shown('kubectl cordon worker-1')).toBe('node/worker-1 cordoned\n');
    expect(shown('kubectl cordon worker-1')).toBe('node/worker-1 already cordoned\n');
  });

  it('a rollout is undone and watched to its end', () => {
    shown('kubectl set env deploy/web A=b');
    runFor(world, 40);
    expect(shown('kubectl rollout undo deploy/web')).toBe('deployment.apps/web rolled back\n');
    const typed = typeLine(world, 'kubectl rollout status deploy/web');
    let text = typed.stdout;
    for (let { stream } = typed, step = 0; stream !== null && step < 120; step++) {
      runFor(world, 1);
      const piece = followStream(world, { seat: 'ana', namespace: 'shop' }, stream);
      text += piece.stdout;
      ({ stream } = piece);
    }
    expect(text).toMatch(/^Waiting for deployment/);
    expect(text).toMatch(/deployment "web" successfully rolled out\n$/);
    expect(shown('kubectl get deploy web -o jsonpath={.spec.template.spec.containers[0].env[*].name}')).toBe(
      'DATABASE_HOST',
    );
  });

  it('what get -o yaml prints can be changed and applied', () => {
    const yaml = shown('kubectl get cm web-config -o yaml');
    expect(shown('kubectl apply -f -', yaml.replace('LOG_LEVEL = info', 'LOG_LEVEL = debug'))).toMatch(
      /^configmap\/web-config configured\nWarning: resource configmaps\/web-config is missing/,
    );
    expect(shown('kubectl get cm web-config -o jsonpath={.data.web\\.conf}')).toBe('LOG_LEVEL = debug\n');
    const again = shown('kubectl get cm web-config -o yaml');
    expect(shown('kubectl apply -f -', again)).toBe('configmap/web-config unchanged\n');
    expect(shown('kubectl create -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n')).toBe(
      'configmap/new created\n',
    );
    expect(shown('kubectl create -f -', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: new}\n')).toBe(
      'Error from server (AlreadyExists): error when creating "STDIN": configmaps "new" already ' +
        'exists\n(exit 1)\n',
    );
  });

  it('a drain evicts, and says so', () => {
    const node = shown('kubectl get pod WEB -o jsonpath={.spec.nodeName}');
    const text = shown(`kubectl drain ${node} --force --ignore-daemonsets`);
    expect(text).toContain(`node/${node} cordoned\n`);
    expect(text).toContain('evicting pod shop/WEB\npod/WEB evicted\n');
    expect(text).toContain(`node/${node} drained\n`);
  });
});

describe('files', () => {
  it('a removed log stays on the disk while its process holds it open', () => {
    const used = () => Number(shown('kubectl exec WEB -- df /var/log/web').split('\n')[1].split(/ +/)[2]);
    const before = used();
    expect(shown('kubectl exec WEB -- rm /var/log/web/web.log')).toBe('');
    expect(used()).toBe(before);
    expect(shown('kubectl exec WEB -- ls /var/log/web')).toBe('old\n');
    expect(shown('kubectl exec WEB -- rm -r /var/log/web/old')).toBe('');
    expect(used()).toBeLessThan(before - 60_000);
  });

  it('a truncated log is empty', () => {
    expect(shown("kubectl exec WEB -- sh -c ': > /var/log/web/web.log'")).toBe('');
    expect(shown('kubectl exec WEB -- cat /var/log/web/web.log')).toBe('');
    expect(shown('kubectl exec WEB -- rm /var/log/web/old')).toBe(
      "rm: cannot remove '/var/log/web/old': Is a directory\ncommand terminated with exit code 1\n(exit 1)\n",
    );
  });

  it('a database whose data is removed panics', () => {
    expect(shown('kubectl exec db-0 -- rm -rf /data/base')).toBe('');
    runFor(world, 1);
    expect(shown('kubectl get pod db-0 --no-headers')).not.toMatch(/1\/1/);
  });
});

describe('requests', () => {
  it('curl is answered by the program', () => {
    expect(shown('kubectl exec WEB -- curl -s http://localhost:8081/readyz')).toBe('{"status":"ok"}\n');
    expect(shown("kubectl exec WEB -- curl -s -o /dev/null -w '%{http_code}' http://web/nope")).toBe('404');
    expect(shown('kubectl exec WEB -- curl http://nope/')).toBe(
      'curl: (6) Could not resolve host: nope\ncommand terminated with exit code 6\n(exit 6)\n',
    );
    expect(shown('kubectl exec WEB -- curl http://localhost:99/')).toMatch(
      /^curl: \(7\) Failed to connect to localhost port 99 after \d+ ms: Connection refused\n/,
    );
    expect(shown('curl -i http://web.shop/healthz')).toMatch(
      /^HTTP\/1.1 200 OK\r\nDate: Tue, 06 Jan 2026 14:01:00 GMT/,
    );
  });

  it('psql counts rows, changes settings and is refused politely', () => {
    expect(shown("kubectl exec db-0 -- psql -c 'select count(*) from orders'")).toMatch(
      /^ count \n-+\n +\d+\n\(1 row\)\n\n$/,
    );
    expect(shown("kubectl exec db-0 -- psql -tc 'select 1'")).toBe('1\n');
    expect(shown('kubectl exec db-0 -- psql -c ALTER_SYSTEM')).toMatch(
      /ERROR: {2}syntax error at or near "ALTER_SYSTEM"/,
    );
    expect(shown("kubectl exec db-0 -- psql -c 'alter system set log_statement = all'")).toBe(
      'ALTER SYSTEM\n',
    );
    expect(shown("kubectl exec db-0 -- psql -c 'select pg_reload_conf()'")).toMatch(/ t\n\(1 row\)/);
    expect(shown("kubectl exec db-0 -- psql -tc 'show log_statement'")).toBe('all\n');
  });

  it('a database that is not there refuses', () => {
    shown('kubectl scale sts/db --replicas=0');
    runFor(world, 40);
    expect(shown('kubectl exec WEB -- curl -m 2 http://db:5432/')).toMatch(/Connection refused/);
  });
});

describe('streams', () => {
  it('a watch prints what changes, below the first rows', () => {
    const typed = typeLine(world, 'kubectl get pods -l app=web -w');
    if (typed.stream === null) throw new Error('no stream');
    typeLine(world, `kubectl delete pod ${pod} --wait=false`);
    runFor(world, 3);
    const piece = followStream(world, { seat: 'ana', namespace: 'shop' }, typed.stream);
    expect(piece.stdout).toMatch(new RegExp(`^${pod} +1/1 +Terminating +0 `));
    expect(piece.stream).not.toBeNull();
  });

  it('a followed log goes on and ends with its process', () => {
    const typed = typeLine(world, `kubectl logs -f ${pod} --tail=1`);
    if (typed.stream === null) throw new Error('no stream');
    runFor(world, 3);
    const piece = followStream(world, { seat: 'ana', namespace: 'shop' }, typed.stream);
    expect(piece.stdout.split('\n').length).toBeGreaterThan(3);
    expect(piece.observed).toMatchObject([{ tool: 'logs', pod, templates: ['access'] }]);
    typeLine(world, `kubectl exec ${pod} -- kill -TERM 1`);
    runFor(world, 5);
    if (piece.stream === null) throw new Error('no stream');
    expect(followStream(world, { seat: 'ana', namespace: 'shop' }, piece.stream).stream).toBeNull();
  });
});

describe('what is gone', () => {
  const gone: ContainerRef = { namespace: 'shop', pod: 'gone', container: 'web' };
  const target = { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name: 'gone' };
  const commands: ClusterCommand[] = [
    {
      type: 'PatchObject',
      target,
      subresource: '',
      patchType: 'merge',
      patch: {},
      fieldManager: 'x',
      said: 'patched',
    },
    { type: 'DeleteObject', target, gracePeriodSeconds: null, propagationPolicy: 'Background' },
    {
      type: 'ReplaceObject',
      target,
      object: { apiVersion: 'apps/v1', kind: 'Deployment' },
      said: 'replaced',
    },
    { type: 'CreateObject', target: { ...target, resource: 'nopes' }, object: {}, said: 'created' },
    { type: 'RemoveFile', in: gone, path: '/x', recursive: false, force: false },
    { type: 'TruncateFile', in: gone, path: '/x', bytes: 0 },
    { type: 'SignalProcess', in: gone, signal: 'HUP' },
    { type: 'RunSql', in: gone, statement: { kind: 'reload' } },
    {
      type: 'SendRequest',
      from: gone,
      to: { service: 'shop/web' },
      port: 80,
      endpoint: 'probe',
      timeoutMicros: 1e6,
      correlationId: '1',
    },
  ];

  it.each(commands)('$type of it is a refusal, not an error', (command) => {
    const outcome = performCommand(world, 'ana', command);
    expect(outcome).toMatchObject({ ok: false, inquiry: null });
    expect(outcome.stderr).not.toBe('');
  });
});
