import { describe, expect, it } from 'vitest';
import { writtenComponents } from './written-components.ts';

const KNOWN = ['deployment/polls', 'deployment/polls-worker', 'statefulset/postgres', 'node/worker-1'];

describe('a line that writes', () => {
  const LINES: [line: string, components: string[]][] = [
    ['kubectl delete deployment/polls', ['deployment/polls']],
    ['kubectl -n polls delete deploy polls', ['deployment/polls']],
    ['kubectl scale deployment polls --replicas=5', ['deployment/polls']],
    ['kubectl scale --replicas 5 deploy/polls -n polls', ['deployment/polls']],
    ['kubectl rollout restart deployment/polls', ['deployment/polls']],
    ['kubectl rollout undo sts postgres', ['statefulset/postgres']],
    ['kubectl set resources deploy/polls --limits cpu=1', ['deployment/polls']],
    ['kubectl set image deployment polls app=polls:2', ['deployment/polls']],
    [`kubectl patch deploy polls --type merge -p '{"spec": {"a": 1}}'`, ['deployment/polls']],
    ['kubectl cordon worker-1', ['node/worker-1']],
    ['kubectl drain worker-1 --ignore-daemonsets', ['node/worker-1']],
    ['kubectl edit cm polls-config', ['configmap/polls-config']],
    ['kubectl get pods | grep x; kubectl delete svc polls', ['service/polls']],
  ];
  for (const [line, components] of LINES) {
    it(line, () => expect(writtenComponents(line, KNOWN)).toEqual(components));
  }
});

describe('a pod', () => {
  it('belongs to the workload that it is named after, the longest name first', () => {
    expect(writtenComponents('kubectl delete pod polls-7d4-abc', KNOWN)).toEqual([
      'pod/polls-7d4-abc',
      'deployment/polls',
    ]);
    expect(writtenComponents('kubectl delete po polls-worker-7d4-abc', KNOWN)).toContain(
      'deployment/polls-worker',
    );
  });

  it('is written to by exec only when the command destroys', () => {
    const wiped = 'kubectl exec postgres-0 -c postgres -- truncate -s 0 /var/log/x';
    expect(writtenComponents(wiped, KNOWN)).toEqual(['pod/postgres-0', 'statefulset/postgres']);
    expect(writtenComponents(`kubectl exec postgres-0 -- sh -c 'rm -rf /tmp/x'`, KNOWN)).toContain(
      'statefulset/postgres',
    );
    expect(writtenComponents('kubectl exec postgres-0 -- ls /form', KNOWN)).toEqual([]);
  });
});

it('only reads, or names nothing', () => {
  for (const line of [
    '',
    'kubectl get deploy polls',
    'kubectl rollout status deployment/polls',
    'kubectl rollout history deploy polls',
    'kubectl delete',
    'kubectl delete deployment',
    'kubectl apply -f fix.yaml',
    'rm deployment/polls',
    'echo kubectl delete deployment/polls',
  ]) {
    expect(writtenComponents(line, KNOWN), line).toEqual([]);
  }
});
