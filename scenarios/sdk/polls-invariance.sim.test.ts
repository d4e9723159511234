/**
 * What must not matter to an incident, on the real scenario: how its time is sliced, whether it was taken
 * down and up again, whether anybody watches, idle company; and before the onset, which fault was drawn.
 */
import { describe, expect, it } from 'vitest';
import type { ForcedDraw } from '@chaotic-good/engine/incident/draw';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { playLine } from '@chaotic-good/engine/incident/script';
import { incidentHash, restoreIncident, snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import type { ObjectRef } from '@chaotic-good/engine/protocol/cluster-commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { preOnsetRecord } from '@chaotic-good/engine/testing/pre-onset-record';
import { polls } from '../systems/polls/system.ts';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';

const SECOND = 1_000_000;
const SEED = seedFromText('invariance');

/** Prehistories by whether telemetry runs. */
const pasts = new Map<boolean, ReturnType<typeof buildPrehistory>>();

function optionsOf(telemetry: boolean, forced: ForcedDraw) {
  const setup = { scenario: pollsMystery, system: polls, loadScale: 0.5, telemetry };
  const prehistory = pasts.get(telemetry) ?? buildPrehistory(setup, drawVariant(SEED));
  pasts.set(telemetry, prehistory);
  return { ...setup, seed: SEED, prehistory, forced };
}

const CPU: ForcedDraw = { fault: 'resource-exhaustion', instance: 'cpu-100m' };

function say(incident: Incident, commandId: string, command: Command): void {
  submitCommand(incident, { commandId, seat: 'ana', command });
}

/** A started incident. */
function started(telemetry: boolean, forced = CPU): Incident {
  const incident = openIncident(optionsOf(telemetry, forced));
  say(incident, 'join', { type: 'JoinSeat', name: 'Ana', kind: 'player' });
  say(incident, 'start', { type: 'StartIncident' });
  return incident;
}

/** Plays five minutes with two lines, advancing by whatever `advance` does up to each moment. */
function played(incident: Incident, advance: (to: number) => void): string {
  advance(150.5 * SECOND);
  playLine(incident, 'ana', ['kubectl', '-n', 'polls', 'rollout', 'restart', 'deployment/polls']);
  advance(201_234_567);
  playLine(incident, 'ana', ['kubectl', '-n', 'polls', 'rollout', 'undo', 'deployment/polls']);
  advance(300 * SECOND);
  return incidentHash(incident);
}

/** The hash of the played incident, run in whole stretches. */
function plainHash(telemetry: boolean): string {
  const incident = started(telemetry);
  return played(incident, (to) => runIncident(incident, to));
}

describe('an incident of polls-mystery comes to the same state', () => {
  it.each([7, 100, 1000])('in slices of %d ms', (slice) => {
    const incident = started(false);
    const hash = played(incident, (to) => {
      const { cluster } = incident.world;
      while (cluster.nowMicros < to) runIncident(incident, Math.min(to, cluster.nowMicros + slice * 1000));
    });
    expect(hash).toBe(plainHash(false));
  });

  it('with telemetry on and off', () => {
    expect(plainHash(true)).toBe(plainHash(false));
  });

  it('taken down and up again every 20 seconds', () => {
    let incident = started(false);
    const { setup } = incident;
    const advance = (to: number): void => {
      while (incident.world.cluster.nowMicros < to) {
        runIncident(incident, Math.min(to, incident.world.cluster.nowMicros + 20 * SECOND));
        incident = restoreIncident(setup, snapshotIncident(incident));
      }
    };
    advance(150.5 * SECOND);
    playLine(incident, 'ana', ['kubectl', '-n', 'polls', 'rollout', 'restart', 'deployment/polls']);
    advance(201_234_567);
    playLine(incident, 'ana', ['kubectl', '-n', 'polls', 'rollout', 'undo', 'deployment/polls']);
    advance(300 * SECOND);
    expect(incidentHash(incident)).toBe(plainHash(false));
  });
});

/** Its name. */
const IDLE: ObjectRef = { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: 'idle' };

/** An idle pod on a node that serves no request of the journeys' programs. */
const IDLE_POD: Command = {
  type: 'RunCluster',
  command: {
    type: 'CreateObject',
    target: IDLE,
    object: {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'idle', namespace: 'polls', labels: { app: 'idle' } },
      spec: { containers: [{ name: 'idle', image: 'registry.k8s.io/pause:3.9' }] },
    },
    said: 'created',
  },
};

describe('idle company', () => {
  it('a pod that comes and goes, and chat, leave every request as it was: work, delay, outcome', () => {
    const alone = started(false);
    const beside = started(false);
    runIncident(alone, 120 * SECOND);
    runIncident(beside, 20 * SECOND);
    say(beside, 'pod', IDLE_POD);
    say(beside, 'chat', { type: 'PostMessage', text: 'anybody here?' });
    runIncident(beside, 70 * SECOND);
    const running = beside.world.cluster.processes.some((one) => one.owner.startsWith('polls/idle/'));
    expect(running).toBe(true);
    say(beside, 'gone', {
      type: 'RunCluster',
      command: {
        type: 'DeleteObject',
        target: IDLE,
        gracePeriodSeconds: 0,
        propagationPolicy: 'Background',
      },
    });
    runIncident(beside, 120 * SECOND);
    expect(beside.state.samples).toEqual(alone.state.samples);
    expect(beside.world.cluster.journeys).toEqual(alone.world.cluster.journeys);
    const served = ({ world }: Incident) =>
      world.cluster.processes
        .filter((one) => !one.owner.startsWith('polls/idle/'))
        .map(({ owner, metrics, cpu }) => ({ owner, metrics, used: cpu.usedMicros }));
    expect(served(beside)).toEqual(served(alone));
  });
});

const PROBES = [
  'kubectl get pods -n polls -o json',
  'kubectl get networkpolicies -n polls -o yaml --show-managed-fields',
  'kubectl get deployments,replicasets,statefulsets,configmaps,pvc -A -o json',
  'kubectl get events -A',
  'kubectl describe nodes',
  'kubectl top pods -n polls',
  'kubectl -n polls logs deploy/polls -c polls --tail=20',
  'kubectl -n edge logs deploy/traefik --tail=20',
  'kubectl -n polls exec postgres-0 -c postgres -- df -k',
].map((line) => line.split(' '));

describe('before the onset', () => {
  it('nothing tells which of all draws it will be: frames, answers, UIDs, versions, sizes', () => {
    const draws = pollsMystery.faults.flatMap(({ id, instances }) =>
      instances.map((one) => ({ fault: id, instance: one.id })),
    );
    expect(draws.length).toBeGreaterThan(10);
    const records = draws.map((forced) => preOnsetRecord(optionsOf(true, forced), PROBES));
    expect(records[0].length).toBeGreaterThan(100_000);
    expect(records.filter((record) => record !== records[0])).toEqual([]);
  });
});
