/**
 * From an incident in play through the disk to the same incident again.
 *
 * Method   A tiny system, played as the server plays: stamped, durable, then done. The process "dies" by
 *          leaving everything as it is; a second one finds the folder.
 */
import { expect, it, vi } from 'vitest';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { replayIncident } from '@chaotic-good/engine/incident/replay';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { incidentHash, restoreIncident, snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import {
  testDeployment,
  testSystem,
  TEST_SERVICE,
} from '@chaotic-good/engine/platforms/kubernetes/test-world';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import { scenarioFixture } from '@chaotic-good/engine/testing/fixtures';
import { FileJournalStore } from './file-journal-store.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { SnapshotCache } from './snapshot-cache.ts';
import { sampleHeader } from './testing/sample-records.ts';
import { withTemporaryFolder } from './testing/temporary-folder.ts';

// On a busy machine the simulation takes its time.
vi.setConfig({ testTimeout: 60_000 });

const ID = 'ROOM0001';
const scenario = scenarioFixture({ prehistorySeconds: 20, onsetSeconds: [5, 15], timeLimitSeconds: 120 }, {});
const setup = {
  scenario,
  system: testSystem([testDeployment(), TEST_SERVICE]),
  loadScale: 1,
  telemetry: false,
};
const { seed: seedText } = sampleHeader(ID);
const seed = seedFromHex(seedText);
const header = { ...sampleHeader(ID), scenarioId: scenario.id, variant: drawVariant(seed) };

/** One command as the server takes it in: nothing happens before it is durable. */
async function say(incident: Incident, journal: Journal, commandId: string, command: Command): Promise<void> {
  const envelope = { commandId, seat: 'ana', command };
  const seq = incident.state.commandSeq + 1;
  await journal.append([{ type: 'command', seq, atMicros: incident.world.cluster.nowMicros, envelope }]);
  submitCommand(incident, envelope);
}

/** Half a minute with a message each second, a mark each second, a hash at the end. */
async function playHalfMinute(incident: Incident, journal: Journal): Promise<void> {
  await say(incident, journal, 'join', { type: 'JoinSeat', name: 'Ana', kind: 'player' });
  await say(incident, journal, 'start', { type: 'StartIncident' });
  for (let second = 1; second <= 30; second++) {
    runIncident(incident, second * 1_000_000);
    void journal.append([{ type: 'mark', atMicros: second * 1_000_000 }]);
    await say(incident, journal, `say ${second}`, { type: 'PostMessage', text: `At ${second} s` });
  }
  await journal.append([{ type: 'hash', atMicros: 30_000_000, stateHash: incidentHash(incident) }]);
}

async function entriesOf(journal: Journal): Promise<JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const entry of journal.read()) entries.push(entry);
  return entries;
}

it('an incident comes back from its journal, whole and from a snapshot on, and goes on the same', () =>
  withTemporaryFolder(async (folder) => {
    const options = { folder, newGameFreeBytes: 0, ballastBytes: 0 };
    const store = await FileJournalStore.open(options);
    const journal = await store.create(ID, header);
    const cache = new SnapshotCache(folder);
    const played = openIncident({ ...setup, seed });
    await playHalfMinute(played, journal);
    await cache.save(ID, {
      engineVersion: header.engineVersion,
      position: journal.position,
      atMicros: 30_000_000,
      stateHash: incidentHash(played),
      bytes: snapshotIncident(played),
    });
    await say(played, journal, 'last', { type: 'DeclareIncident', severity: 'SEV2' });
    await store.close();

    const later = await FileJournalStore.open(options);
    const again = await later.open(ID);
    expect(again.header).toEqual(header);
    const entries = await entriesOf(again);
    const replay = replayIncident(
      openIncident({ ...setup, seed: seedFromHex(again.header.seed) }),
      entries.map(({ record }) => record),
    );
    expect(replay).toMatchObject({ stop: null, hashesAgreed: 1, end: null });
    expect(incidentHash(replay.incident)).toBe(incidentHash(played));

    const snapshot = await cache.load(ID, { engineVersion: header.engineVersion, entries });
    const restored = restoreIncident(setup, snapshot!.bytes);
    expect(incidentHash(restored)).toBe(snapshot!.stateHash);
    const rest = entries.slice(snapshot!.position.number + 1).map(({ record }) => record);
    expect(rest).toHaveLength(1);
    expect(replayIncident(restored, rest).stop).toBeNull();
    for (const incident of [played, replay.incident, restored]) runIncident(incident, 60_000_000);
    expect(incidentHash(restored)).toBe(incidentHash(played));
    expect(incidentHash(replay.incident)).toBe(incidentHash(played));
    await later.close();
  }));
