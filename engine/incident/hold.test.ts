import { expect, it } from 'vitest';
import { seedFromText } from '../kernel/chance.ts';
import { testDeployment, testSystem, TEST_SERVICE } from '../platforms/kubernetes/test-world.ts';
import type { Command } from '../protocol/commands.ts';
import { scenarioFixture } from '../testing/fixtures.ts';
import { drawVariant } from './draw.ts';
import { openIncident, runThrough } from './incident.ts';
import type { Incident } from './incident.ts';
import { buildPrehistory } from './prehistory.ts';
import { submitCommand } from './submit.ts';

// Method: a fault that hurts nobody; the only copy of a program is taken away and put back by hand.

const HARMLESS = { params: { node: 'worker-4', port: 8080, share: 0.01 } };
const scenario = scenarioFixture(
  { prehistorySeconds: 30, onsetSeconds: [1, 2], timeLimitSeconds: 1_200, holdSeconds: 60 },
  HARMLESS,
);
const setup = {
  scenario,
  system: testSystem([testDeployment({ replicas: 1 }), TEST_SERVICE]),
  loadScale: 1,
  telemetry: false,
};

let sent = 0;
function say(incident: Incident, command: Command): void {
  const { outcome } = submitCommand(incident, { commandId: `hold ${++sent}`, seat: 'ana', command });
  expect(outcome).toMatchObject({ ok: true });
}

/** Sets the number of copies, and lets so many seconds pass. */
function copies(incident: Incident, replicas: number, seconds: number): void {
  const target = { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'shop', name: 'web' };
  const how = { subresource: '', patchType: 'merge', fieldManager: 'test', said: 'patched' } as const;
  const command = { type: 'PatchObject', target, patch: { spec: { replicas } }, ...how } as const;
  say(incident, { type: 'RunCluster', command });
  runThrough(incident, incident.world.cluster.nowMicros + seconds * 1_000_000);
}

it('a hold that breaks is told to everybody, and is no relapse; a relapse is one turn, not two', () => {
  const seed = seedFromText('hold');
  const prehistory = buildPrehistory(setup, drawVariant(seed));
  const incident = openIncident({ ...setup, seed, prehistory });
  say(incident, { type: 'JoinSeat', name: 'Ana', kind: 'player' });
  say(incident, { type: 'StartIncident' });
  copies(incident, 0, 40);
  copies(incident, 1, 50);
  copies(incident, 0, 40);
  copies(incident, 1, 120);
  copies(incident, 0, 60);
  const turns = incident.state.events.filter(({ type }) =>
    /^(Impact|HoldBroken|IncidentRe(covered|lapsed))/.test(type),
  );
  expect(turns.map(({ type }) => type)).toEqual([
    'ImpactBegan',
    'ImpactEnded',
    'ImpactBegan',
    'HoldBroken',
    'ImpactEnded',
    'IncidentRecovered',
    'IncidentRelapsed',
    'ImpactBegan',
  ]);
  expect(turns[3].audience).toBe('everyone');
});
