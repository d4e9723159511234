import { beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { hashState } from '../kernel/state-hash.ts';
import { snapshotWorld } from '../platforms/kubernetes/world.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { readLine } from './read-line.ts';
import { shownBy, startShop, typeLine } from './test-shop.ts';

let world: World;
let pod = '';

/** Names of pods differ with the way of counting; tests see the first web pod as WEB. */
function shown(line: string, stdin = ''): string {
  return shownBy(world, line.replaceAll('WEB', pod), stdin).replaceAll(pod, 'WEB');
}

beforeAll(() => {
  world = startShop();
  pod = typeLine(world, 'kubectl get pods -l app=web -o jsonpath={.items[0].metadata.name}').stdout;
});

describe('reading', () => {
  it('shows pods as kubectl does', () => {
    const lines = shown('kubectl get pods').split('\n');
    expect(lines[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/);
    expect(lines[1]).toMatch(/^db-0 +1\/1 +Running +0 +60s$/);
    expect(lines[2]).toMatch(/^WEB +1\/1 +Running +0 +60s$/);
  });

  it('takes flags in any position and every way of naming a kind', () => {
    const wanted = shown('kubectl get pod db-0 -n shop');
    for (const line of [
      'kubectl -n shop get po db-0',
      'kubectl --namespace=shop get pods/db-0',
      'k get -nshop pods db-0',
      'kubectl get Pod db-0',
    ]) {
      expect(shown(line)).toBe(wanted);
    }
  });

  it.each([
    ['kubectl get pods -n nope', 'No resources found in nope namespace.\n'],
    ['kubectl get pod nope', 'Error from server (NotFound): pods "nope" not found\n(exit 1)\n'],
    [
      'kubectl get pod bd-0',
      'Error from server (NotFound): pods "bd-0" not found\nDid you mean "db-0"?\n(exit 1)\n',
    ],
    ['kubectl get pods -n shpo', 'No resources found in shpo namespace.\nDid you mean namespace "shop"?\n'],
    [
      'kubectl get pod db-0 -n shpo',
      'Error from server (NotFound): pods "db-0" not found\nDid you mean namespace "shop"?\n(exit 1)\n',
    ],
    [
      'kubectl rollout undo deployment/wbe',
      'Error from server (NotFound): deployments.apps "wbe" not found\nDid you mean "web"?\n(exit 1)\n',
    ],
    [
      'kubectl exec WEB -c wbe -- df',
      'Error from server (BadRequest): container wbe is not valid for pod WEB\n' +
        'Did you mean "web"?\n(exit 1)\n',
    ],
    [
      'kubectl get pdos',
      'error: the server doesn\'t have a resource type "pdos"\nDid you mean "pods"?\n(exit 1)\n',
    ],
    [
      'kubectl gett pods',
      'error: unknown command "gett" for "kubectl"\n\nDid you mean this?\n\tget\n(exit 1)\n',
    ],
    ['kubectl get pods --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n(exit 1)\n"],
    [
      'kubectl edit deploy web',
      'error: kubectl edit needs an editor; use kubectl patch or apply -f -\n(exit 1)\n',
    ],
    ['foo', 'bash: foo: command not found\n(exit 127)\n'],
    ['kubectl get deploy,sts -o name', 'deployment.apps/web\nstatefulset.apps/db\n'],
    ['kubectl rollout status deploy/web', 'deployment "web" successfully rolled out\n'],
    [
      'kubectl rollout history deploy/web',
      'deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n\n',
    ],
    ['kubectl config current-context', 'incident\n'],
    ['kubectl auth can-i delete pods', 'yes\n'],
    ['kubectl get pods -o custom-columns=NAME:.metadata.name,X:.foo -l app=db', 'NAME   X\ndb-0   <none>\n'],
    [
      'kubectl exec WEB -- foo',
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "foo": ' +
        'executable file not found in $PATH: unknown\ncommand terminated with exit code 127\n(exit 127)\n',
    ],
    [
      'kubectl logs db-0 -p',
      'Error from server (BadRequest): previous terminated container "db" in pod "db-0" not ' +
        'found\n(exit 1)\n',
    ],
  ])('%s', (line, output) => {
    expect(shown(line)).toBe(output);
  });

  it('helps with twelve lines that hold for this system', () => {
    const help = shown('help');
    const lines = help.split('\n').filter((line) => line.startsWith('  '));
    expect(lines).toHaveLength(12);
    expect(help).toContain('The namespace is shop');
    expect(help).toContain('kubectl rollout undo deployment/web ');
    for (const line of lines) {
      const [words] = line.trim().split(/ {2,}/);
      if (/ (undo|restart|set|cordon) /.test(words)) continue;
      expect(shown(words)).not.toMatch(/exit \d/);
    }
  });

  it('describes a deployment as kubectl does', () => {
    expect(shown('kubectl describe deploy web').replace(/web-[0-9a-f]{8,10}/g, 'web-HASH'))
      .toMatchInlineSnapshot(`
      "Name:                   web
      Namespace:              shop
      CreationTimestamp:      Tue, 06 Jan 2026 14:00:00 +0000
      Labels:                 app=web
      Annotations:            deployment.kubernetes.io/revision: 1
      Selector:               app=web
      Replicas:               2 desired | 2 updated | 2 total | 2 available | 0 unavailable
      StrategyType:           RollingUpdate
      MinReadySeconds:        0
      RollingUpdateStrategy:  25% max unavailable, 25% max surge
      Pod Template:
        Labels:  app=web
        Containers:
         web:
          Image:      registry.example.org/web:1.0
          Port:       8080/TCP
          Host Port:  0/TCP
          Limits:
            memory:  128Mi
          Requests:
            cpu:      100m
            memory:   64Mi
          Readiness:  http-get http://:8081/readyz delay=0s timeout=1s period=2s #success=1 #failure=3
          Environment:
            DATABASE_HOST:  db
          Mounts:
            /var/log/web from logs (rw)
        Volumes:
         logs:
          Type:          HostPath (bare host directory volume)
          Path:          /var/log/web
          HostPathType:  Directory
        Node-Selectors:  <none>
        Tolerations:     <none>
      Conditions:
        Type           Status  Reason
        ----           ------  ------
        Available      True    MinimumReplicasAvailable
        Progressing    True    NewReplicaSetAvailable
      OldReplicaSets:  <none>
      NewReplicaSet:   web-HASH (2/2 replicas created)
      Events:
        Type    Reason             Age   From                   Message
        ----    ------             ----  ----                   -------
        Normal  ScalingReplicaSet  60s   deployment-controller  Scaled up replica set web-HASH from 0 to 2
      "
    `);
  });

  it('shows the inside of a container', () => {
    expect(shown('kubectl exec WEB -- df -h /var/log/web')).toMatch(
      /^Filesystem +Size +Used Avail Use% Mounted on\n\/dev\/vd\w +100M +61M +40M +6\d% \/var\/log\/web\n$/,
    );
    expect(shown('kubectl exec WEB -- du -sh /var/log/web/old')).toBe('61M\t/var/log/web/old\n');
    expect(shown('kubectl exec WEB -- ls /var/log/web')).toBe('old\nweb.log\n');
    expect(shown('kubectl exec WEB -- tail -n 1 /var/log/web/web.log')).toMatch(
      /POST \/orders 200 [\d.]+ms\n$/,
    );
    expect(shown('kubectl exec WEB -- printenv DATABASE_HOST')).toBe('db\n');
    expect(shown("kubectl exec WEB -- sh -c 'ls /var/log/web/*.log; pwd'")).toBe('/var/log/web/web.log\n/\n');
    expect(shown('kubectl exec WEB -- cat /nope')).toBe(
      'cat: /nope: No such file or directory\ncommand terminated with exit code 1\n(exit 1)\n',
    );
    expect(shown("kubectl exec db-0 -- psql -c 'show log_statement'")).toBe(
      ' log_statement \n---------------\n none\n(1 row)\n\n',
    );
  });

  it('tells what was seen, and nothing else', () => {
    expect(typeLine(world, 'kubectl get pods -l app=db').observed).toEqual([
      { tool: 'get', resource: 'pods', namespace: 'shop', names: ['db-0'], detail: false },
    ]);
    expect(typeLine(world, 'kubectl get pod db-0 -o yaml').observed).toMatchObject([{ detail: true }]);
    expect(typeLine(world, 'kubectl get pod nope').observed).toEqual([]);
    expect(typeLine(world, `kubectl logs ${pod} --tail=1`).observed).toEqual([
      { tool: 'logs', namespace: 'shop', pod, container: 'web', templates: ['access'] },
    ]);
    expect(typeLine(world, 'kubectl exec db-0 -- df -h').observed).toEqual([
      { tool: 'exec', program: 'df', namespace: 'shop', pod: 'db-0', container: 'db', argument: '' },
    ]);
    expect(typeLine(world, 'kubectl top nodes').observed).toMatchObject([{ tool: 'top', resource: 'nodes' }]);
  });
});

describe('any line', () => {
  const word = fc.oneof(
    fc.constantFrom(
      ...(
        'get describe logs exec top pods nodes pod node rollout undo status history restart scale ' +
        'set image env ' +
        'resources patch delete label annotate taint cordon drain apply create replace explain ' +
        'events config auth ' +
        'deploy/web deploy web db-0 pod/db-0 sts,svc all nope -n shop -A -l app=web --all -o yaml ' +
        'json wide name ' +
        'jsonpath={.items[*] custom-columns=A:.b --sort-by .metadata.name -w -f - -p -c web --tail 5 ' +
        '--since 5m ' +
        '--replicas=2 -- df du ls cat head tail rm truncate sh -c ps env curl psql kill -9 1 -h -s 0 ' +
        '/ /etc/hosts ' +
        '/var/log/web/web.log http://web/ select 1 \'{}\' a=b a- a=b:NoSchedule {"spec":{}} --force ' +
        '--grace-period=0'
      ).split(' '),
    ),
    fc.string({ maxLength: 12 }),
  );
  const argv = fc.tuple(
    fc.constantFrom('kubectl', 'curl', 'psql', 'k', 'x'),
    fc.array(word, { maxLength: 9 }),
  );

  it('gets an answer, and reading changes nothing', () => {
    const before = hashState(snapshotWorld(world));
    fc.assert(
      fc.property(argv, fc.string({ maxLength: 40 }), ([program, words], stdin) => {
        const reading = readLine(world, { seat: 'ana', namespace: 'shop' }, [program, ...words], stdin);
        // Only curl may fail without a word: -s asks for that.
        if (reading.exitCode !== 0 && program !== 'curl')
          expect(reading.stderr + reading.stdout).not.toBe('');
        for (const text of [reading.stdout, reading.stderr])
          expect(text).not.toMatch(/undefined|\[object|NaN/);
      }),
      { numRuns: 1500 },
    );
    expect(hashState(snapshotWorld(world))).toBe(before);
  });

  it('inside a container gets an answer too', () => {
    const inside = fc.array(word, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(inside, fc.boolean(), (words, inShell) => {
        const command = inShell ? ['sh', '-c', words.join(' ')] : words;
        const line = ['kubectl', 'exec', 'db-0', '--', ...command];
        const reading = readLine(world, { seat: 'ana', namespace: 'shop' }, line, '');
        expect(reading.stdout + reading.stderr).not.toMatch(/undefined|\[object|NaN/);
      }),
      { numRuns: 1500 },
    );
  });
});
