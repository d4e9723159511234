/** A live incident for tests: a light load, a clock that the test moves, a disk that can fail. */
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident } from '@chaotic-good/engine/incident/incident';
import { SCRIPT_RULES } from '@chaotic-good/engine/protocol/game-rules';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedToHex } from '@chaotic-good/engine/incident/seed-hex';
import { JOURNAL_VERSION } from '@chaotic-good/engine/protocol/journal-record';
import type { JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { findScenario } from '@chaotic-good/scenarios/sdk/registry';
import { FileJournalStore } from '../../journal/file-journal-store.ts';
import { createFaultyDisk } from '../../journal/testing/faulty-file.ts';
import type { FaultyDisk } from '../../journal/testing/faulty-file.ts';
import { LiveIncident } from '../live-incident.ts';
import type { LiveNews } from '../live-incident.ts';
import { roomInfo } from '../room-info.ts';

const SEED = seedFromText('live');
const LOAD_SCALE = 0.05;

const subject = findScenario('polls-mystery');
if (subject === undefined) throw new Error('polls-mystery is gone');

/** What the incident is made of. */
export const setup: IncidentSetup = { ...subject, loadScale: LOAD_SCALE, telemetry: true };

let built: Prehistory | undefined;

/** A new incident at time 0. */
function freshIncident(): Incident {
  built ??= buildPrehistory(setup, drawVariant(SEED));
  return openIncident({ ...setup, seed: SEED, prehistory: built });
}

/** The prehistory that it begins with. */
export function prehistory(): Prehistory {
  built ??= buildPrehistory(setup, drawVariant(SEED));
  return built;
}

/** A live incident and what surrounds it. */
export type LiveFixture = {
  live: LiveIncident;
  disk: FaultyDisk;
  store: FileJournalStore;
  header: JournalHeader;
  news: LiveNews[];
  /** Lets real time pass, slice by slice. */
  pass: (ms: number) => Promise<void>;
};

/** Begins one in a folder. */
export async function startLive(folder: string, incidentId = 'TEST0001'): Promise<LiveFixture> {
  const disk = createFaultyDisk();
  const store = await FileJournalStore.open({
    folder,
    openFile: disk.openFile,
    newGameFreeBytes: 0,
    ballastBytes: 0,
  });
  const incident = freshIncident();
  const header: JournalHeader = {
    type: 'header',
    journalVersion: JOURNAL_VERSION,
    engineVersion: 'test',
    scenarioId: 'polls-mystery',
    scenarioHash: '',
    systemHash: '',
    prehistoryHash: '',
    variant: incident.state.variant,
    seed: seedToHex(SEED),
    rules: SCRIPT_RULES,
    loadScale: LOAD_SCALE,
    startedAtUnixMs: 0,
    roomId: incidentId,
  };
  const news: LiveNews[] = [];
  let nowMs = 0;
  const live = new LiveIncident({
    incident,
    journal: await store.create(incidentId, header),
    reopen: () => store.open(incidentId),
    snapshots: { save: async () => undefined },
    room: roomInfo({ code: incidentId, incidentId, round: 1, seedDay: null }, setup),
    clockFactor: 1,
    nowMs: () => nowMs,
    tell: (one) => news.push(one),
  });
  const pass = async (ms: number) => {
    for (let left = ms; left > 0; left -= 100) {
      nowMs += Math.min(100, left);
      live.slice();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { live, disk, store, header, news, pass };
}
