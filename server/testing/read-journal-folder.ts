/** Reads the journal of an incident from the folder of a server that has ended, and plays it again. */
import { join } from 'node:path';
import { openIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup } from '@chaotic-good/engine/incident/prehistory';
import { replayIncident } from '@chaotic-good/engine/incident/replay';
import type { Replay } from '@chaotic-good/engine/incident/replay';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { restoreIncident } from '@chaotic-good/engine/incident/snapshot';
import type { CommandRecord, JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { FileJournalStore } from '../journal/file-journal-store.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { SnapshotCache } from '../journal/snapshot-cache.ts';

/** What a server left behind of one incident. */
export type LeftBehind = {
  header: JournalHeader;
  entries: JournalEntry[];
  /** The commands among them. */
  commands: CommandRecord[];
  /** The incident as it was when the server ended in good order, if its snapshot fits the journal's end. */
  atEnd: Incident | undefined;
};

function setupOf({ scenarioId, loadScale }: JournalHeader): IncidentSetup {
  const subject = findScenario(scenarioId);
  if (subject === undefined) throw new Error(`there is no scenario ${scenarioId}`);
  return { ...subject, loadScale, telemetry: true };
}

/** Reads it. The journal is checked as at any opening: damage throws. */
export async function readLeftBehind(dataDir: string, incidentId: string): Promise<LeftBehind> {
  const folder = join(dataDir, 'journals');
  const store = await FileJournalStore.open({ folder, newGameFreeBytes: 0, ballastBytes: 0 });
  try {
    const journal = await store.open(incidentId);
    const { header } = journal;
    const entries: JournalEntry[] = [];
    for await (const entry of journal.read()) entries.push(entry);
    const { engineVersion } = header;
    const snapshot = await new SnapshotCache(folder).load(incidentId, { engineVersion, entries });
    const isLast = snapshot?.position.number === entries.at(-1)?.number;
    const atEnd = snapshot && isLast ? restoreIncident(setupOf(header), snapshot.bytes) : undefined;
    const commands = entries.flatMap(({ record }) => (record.type === 'command' ? [record] : []));
    return { header, entries, commands, atEnd };
  } finally {
    await store.close();
  }
}

/** Plays it again from the start, as nobody ever did while it was played. */
export function replayLeftBehind({ header, entries }: LeftBehind): Replay {
  const setup = setupOf(header);
  const prehistory = buildPrehistory(setup, header.variant);
  const { rules } = header;
  const incident = openIncident({ ...setup, seed: seedFromHex(header.seed), rules, prehistory });
  return replayIncident(
    incident,
    entries.map(({ record }) => record),
  );
}
