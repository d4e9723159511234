import { expect, it } from 'vitest';
import { kindOfAct } from './kind-of-act.ts';

it.each([
  ['kubectl rollout restart deployment/polls', 'a restart'],
  ['kubectl -n polls rollout undo deployment/polls', 'a rollback'],
  ['k scale deploy/polls --replicas=5', 'a change of replicas'],
  ['kubectl --namespace polls set resources deploy/polls --limits=cpu=2', 'a change of limits'],
  ['kubectl delete networkpolicy polls-ingress', 'a deletion'],
  ['kubectl patch cm polls-config -p {}', 'a change of the cluster'],
  ['kubectl cordon worker-2', 'taking a node out'],
  ['', 'a proposal'],
  ['ask Ana to look', 'a proposal'],
])('%j is %s', (line, kind) => expect(kindOfAct(line)).toBe(kind));
