import { expect, it } from 'vitest';
import { claimNotes, claimOn } from './claim-note.ts';

const ports = {
  claims: [
    { component: 'deployment/polls', seat: 'seat-2', atMicros: 127e6 },
    { component: 'node/worker-1', seat: 'seat-1', atMicros: 60e6 },
  ],
  seat: 'seat-1',
  components: ['deployment/polls', 'node/worker-1'],
  nameOf: (seat: string) => (seat === 'seat-2' ? 'Bo' : 'Ana'),
  clock: (atMicros: number) => `14:0${5 + Math.floor(atMicros / 60e6)}`,
};

it('says who is at work on what a line would change', () => {
  const note = ['Bo is at work on deployment/polls since 14:07'];
  expect(claimNotes('kubectl rollout undo deployment/polls', ports)).toEqual(note);
  expect(claimNotes('kubectl delete pod polls-7d4-abc', ports)).toEqual(note);
});

it('says nothing about reading, about other components and about own claims', () => {
  expect(claimNotes('kubectl get deployment polls', ports)).toEqual([]);
  expect(claimNotes('kubectl delete svc polls', ports)).toEqual([]);
  expect(claimNotes('kubectl cordon worker-1', ports)).toEqual([]);
});

it('finds the claim on the workload of a pod', () => {
  expect(claimOn('pod/polls-7d4-abc', ports.claims, ports.components)?.seat).toBe('seat-2');
  expect(claimOn('pod/postgres-0', ports.claims, ports.components)).toBeUndefined();
});
