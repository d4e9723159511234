/**
 * What the incidents' thread does: opens and recovers incidents, slices their time, each with a phase of its
 * own, and answers for them. Everything that crosses to other threads is plain data.
 */
import { openIncident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { horizonSeconds } from '@chaotic-good/engine/incident/scoring-input';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import type { CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import { JOURNAL_VERSION } from '@chaotic-good/engine/protocol/journal-record';
import type { CommandRecord, JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import { FileJournalStore } from '../journal/file-journal-store.ts';
import type { Journal, JournalEntry } from '../journal/journal.ts';
import { SnapshotCache } from '../journal/snapshot-cache.ts';
import { debriefSystem } from '../post-mortem/debrief-system.ts';
import { pinnedCharts } from '../post-mortem/pinned-charts.ts';
import type { TellNews } from '../workers/serve-calls.ts';
import { answerQuery } from './answer-query.ts';
import { archiveJournal } from './archive-journal.ts';
import { bytesHash } from './content-hash.ts';
import type { HostQuery, IncidentSummary, Onlooker, OpenRequest, SubmitAnswer } from './incident-host.ts';
import { LiveIncident } from './live-incident.ts';
import type { LiveNews } from './live-incident.ts';
import { ObservationBook } from './observation-book.ts';
import { PrehistoryCache } from './prehistory-cache.ts';
import { recoverIncident } from './recover-incident.ts';
import { roomInfo } from './room-info.ts';
import { SliceClock } from './slice-clock.ts';
import { hashedSubject } from './subject-hashes.ts';

/** How the thread is set up. */
export type IncidentThreadOptions = {
  /** Folder of the journals. */
  journalFolder: string;
  /** Folder of the prehistories. */
  prehistoryFolder: string;
  /** Which engine this is. */
  engineVersion: string;
  /** Multiplies the speed of every incident; 1 in play. */
  clockFactor: number;
  /** Share of the load; 1 in play. */
  loadScale: number;
};

/** For how long nobody ran the incidents, and who is still there. */
export type Absence = {
  /** Real seconds. */
  awaySeconds: number;
  /** Seats whose connections outlived it, by incident. */
  present: { [incidentId: string]: string[] };
};

/** What a new incident is opened with. */
export type NewIncident = Omit<OpenRequest, 'seed'> & {
  seedHex: string;
  prehistory: Prehistory;
  /** Wall-clock time of the opening. */
  openedAtUnixMs: number;
};

/** What became of a journal at boot. */
export type Recovered =
  | { incidentId: string; outcome: 'live'; summary: IncidentSummary }
  | { incidentId: string; outcome: 'over' | 'interrupted' | 'kept'; sentence: string };

/** When the fault of an incident begins, and for how long its impact counts. Secret until the debrief. */
export type Trouble = { header: JournalHeader; onsetMicros: number; horizonSeconds: number };

/** A closed incident, for the debrief. */
export type ClosedIncident = {
  header: JournalHeader;
  snapshot: Uint8Array;
  records: CommandRecord[];
  /** What pinned charts showed, by the id of the pin. */
  pinned: Debrief['pinned'];
};

type Running = { live: LiveIncident; header: JournalHeader; book: ObservationBook };

/** The incidents of a thread. */
export class IncidentThread {
  readonly #options: IncidentThreadOptions;
  readonly #tell: TellNews;
  readonly #store: FileJournalStore;
  readonly #snapshots: SnapshotCache;
  readonly #prehistories: PrehistoryCache;
  readonly #running = new Map<string, Running>();
  readonly #clock = new SliceClock();

  private constructor(options: IncidentThreadOptions, tell: TellNews, store: FileJournalStore) {
    this.#options = options;
    this.#tell = tell;
    this.#store = store;
    this.#snapshots = new SnapshotCache(options.journalFolder);
    this.#prehistories = new PrehistoryCache(options.prehistoryFolder, options.engineVersion);
  }

  /**
   * Takes the folder of the journals.
   *
   * @throws StoreError `locked` when another process has it.
   */
  static async begin(options: IncidentThreadOptions, tell: TellNews): Promise<IncidentThread> {
    return new IncidentThread(options, tell, await FileJournalStore.open({ folder: options.journalFolder }));
  }

  /**
   * Brings back every incident that has a journal. One that cannot be brought back stops nobody else.
   */
  async recoverAll(absence: Absence): Promise<Recovered[]> {
    const recovered: Recovered[] = [];
    for (const incidentId of await this.#store.list()) {
      try {
        recovered.push(await this.#recover(incidentId, absence));
      } catch (error) {
        const sentence = `The journal of ${incidentId} is kept as it is: ${(error as Error).message}`;
        recovered.push({ incidentId, outcome: 'kept', sentence });
      }
    }
    return recovered;
  }

  /** Begins an incident. */
  async open({
    incidentId,
    scenarioId,
    seedHex,
    rules,
    prehistory,
    openedAtUnixMs,
    ...place
  }: NewIncident): Promise<IncidentSummary> {
    const hashed = hashedSubject(scenarioId);
    if (hashed === undefined) throw new Error(`there is no scenario ${scenarioId}`);
    const { engineVersion, loadScale } = this.#options;
    const setup: IncidentSetup = { ...hashed.subject, loadScale, telemetry: true };
    const incident = openIncident({ ...setup, seed: seedFromHex(seedHex), rules, prehistory });
    const header: JournalHeader = {
      type: 'header',
      journalVersion: JOURNAL_VERSION,
      engineVersion,
      scenarioId,
      scenarioHash: hashed.scenarioHash,
      systemHash: hashed.systemHash,
      prehistoryHash: bytesHash(prehistory.bytes),
      variant: incident.state.variant,
      seed: seedHex,
      rules,
      loadScale,
      startedAtUnixMs: openedAtUnixMs,
      roomId: incidentId,
      ...place,
    };
    const journal = await this.#store.create(incidentId, header);
    return this.#run(incident, journal).summary();
  }

  /** False when there is too little room on the disk for another game. */
  mayOpen(): Promise<boolean> {
    return this.#store.mayCreate();
  }

  /** Asks for something to be done. */
  submit(incidentId: string, envelope: CommandEnvelope): Promise<SubmitAnswer> {
    return this.#find(incidentId).live.submit(envelope);
  }

  /** Asks something. */
  query(incidentId: string, seat: string, query: HostQuery): Promise<unknown> {
    const { live, book } = this.#find(incidentId);
    return answerQuery({ live, seat, book }, query);
  }

  /** Opens a stream. */
  subscribe(incidentId: string, onlooker: Onlooker, fromSeq: number): void {
    this.#running.get(incidentId)?.live.subscribe(onlooker, fromSeq);
  }

  /** Ends a stream. */
  unsubscribe(incidentId: string, onlooker: Onlooker): void {
    this.#running.get(incidentId)?.live.unsubscribe(onlooker);
  }

  /** The incident as bytes, for the debrief; telemetry stays behind. */
  async closed(incidentId: string): Promise<ClosedIncident> {
    const { live, header } = this.#find(incidentId);
    const snapshot = snapshotIncident({ ...live.incident, telemetry: null });
    const { telemetry, setup, state } = live.incident;
    const pinned = pinnedCharts(telemetry, debriefSystem(setup.system), state.events);
    return { header, snapshot, records: await live.commands(), pinned };
  }

  /** What a counterfactual needs of an incident whose calm is over. */
  trouble(incidentId: string): Trouble {
    const { live, header } = this.#find(incidentId);
    const { incident } = live;
    const { onsetMicros } = incident.state.draw;
    return { header, onsetMicros, horizonSeconds: horizonSeconds(incident) };
  }

  /** The whole incident as bytes. */
  snapshot(incidentId: string): Uint8Array {
    return snapshotIncident(this.#find(incidentId).live.incident);
  }

  /** Lets go of an incident that is over and kept in the store; its journal goes to the archive. */
  async retire(incidentId: string): Promise<void> {
    const running = this.#running.get(incidentId);
    if (running !== undefined) {
      this.#running.delete(incidentId);
      this.#clock.drop(incidentId);
      await running.live.end();
    }
    await archiveJournal(this.#options.journalFolder, incidentId);
  }

  /** Stops time and makes everything durable. */
  async close(): Promise<void> {
    this.#clock.stop();
    await Promise.allSettled([...this.#running.values()].map(({ live }) => live.close()));
    this.#running.clear();
    await this.#store.close();
  }

  #find(incidentId: string): Running {
    const found = this.#running.get(incidentId);
    if (found === undefined) throw new Error(`There is no game ${incidentId}.`);
    return found;
  }

  async #recover(incidentId: string, absence: Absence): Promise<Recovered> {
    const journal = await this.#store.open(incidentId);
    const entries: JournalEntry[] = [];
    for await (const entry of journal.read()) entries.push(entry);
    const { header } = journal;
    const last = entries[entries.length - 1].record;
    if (last.type === 'end') {
      await journal.close();
      await archiveJournal(this.#options.journalFolder, incidentId);
      return { incidentId, outcome: 'over', sentence: `The game ${incidentId} is over.` };
    }
    const hashed = hashedSubject(header.scenarioId);
    const { engineVersion } = this.#options;
    const same =
      header.engineVersion === engineVersion &&
      header.scenarioHash === hashed?.scenarioHash &&
      header.systemHash === hashed.systemHash;
    if (!same) return this.#interrupt(journal, last.type === 'header' ? 0 : last.atMicros);
    const setup: IncidentSetup = { ...hashed.subject, loadScale: header.loadScale, telemetry: true };
    const found = await this.#snapshots.load(incidentId, { engineVersion, entries });
    const { incident, stop } = recoverIncident({
      setup,
      header,
      entries,
      snapshot: found && { bytes: found.bytes, number: found.position.number },
      prehistory: () => this.#prehistory(setup, header.variant),
    });
    if (stop !== null) {
      await journal.close();
      throw new Error(`its replay parted at record ${stop.index} (${stop.what}).`);
    }
    const live = this.#run(incident, journal);
    await this.#comeBack(live, absence);
    return { incidentId, outcome: 'live', summary: live.summary() };
  }

  /** Another engine may not go on with it. */
  async #interrupt(journal: Journal, atMicros: number): Promise<Recovered> {
    const { incidentId } = journal;
    await journal.append([{ type: 'end', atMicros, reason: 'interrupted-by-upgrade' }]);
    await journal.close();
    await archiveJournal(this.#options.journalFolder, incidentId);
    const sentence = `The game ${incidentId} was played with another version and cannot go on with this one.`;
    return { incidentId, outcome: 'interrupted', sentence };
  }

  /** Tells the timeline that nobody was there, and that nobody is connected yet. */
  async #comeBack(live: LiveIncident, { awaySeconds, present }: Absence): Promise<void> {
    const { state } = live.incident;
    const here = present[live.room.incidentId] ?? [];
    const gone = [...state.seats.values()].filter(({ connected, seat }) => connected && !here.includes(seat));
    const started = state.phase === 'running' || state.phase === 'paused';
    await Promise.all([
      ...(started && awaySeconds >= 1 ? [live.asSystem({ type: 'ServerReturned', awaySeconds })] : []),
      ...gone.map(({ seat }) => live.asSystem({ type: 'Disconnected', seat })),
    ]);
  }

  #prehistory(setup: IncidentSetup, variant: number): Prehistory {
    const key = { subject: setup, loadScale: setup.loadScale, variant };
    return this.#prehistories.load(key) ?? buildPrehistory(setup, variant);
  }

  #run(incident: LiveIncident['incident'], journal: Journal): LiveIncident {
    const { incidentId, header } = journal;
    const { engineVersion, clockFactor } = this.#options;
    const { roomCode: code = incidentId, round = 1, seedDay = null } = header;
    const live = new LiveIncident({
      incident,
      journal,
      reopen: () => this.#store.open(incidentId),
      snapshots: {
        save: (snapshot) => this.#snapshots.save(incidentId, { ...snapshot, engineVersion, stateHash: '' }),
      },
      room: roomInfo({ code, incidentId, round, seedDay }, incident.setup),
      clockFactor,
      nowMs: () => performance.now(),
      tell: (news) => this.#pass(incidentId, news),
    });
    this.#running.set(incidentId, { live, header, book: new ObservationBook(incident.state.events) });
    this.#clock.add(incidentId, () => live.slice());
    return live;
  }

  #pass(incidentId: string, news: LiveNews): void {
    this.#tell(news.type, { incidentId, ...news });
  }
}
