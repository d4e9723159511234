/**
 * What goes into the journal besides commands, and when: a mark each second and a state hash each minute of
 * incident time, a snapshot beside it every ten real seconds. Only commands are waited for.
 */
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { incidentHash, snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import type { CommandRecord, JournalRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { Journal, JournalEntry, JournalPosition } from '../journal/journal.ts';

const MARK_MICROS = 1_000_000;
const HASH_MICROS = 60_000_000;
const SNAPSHOT_MS = 10_000;

/** Where snapshots go. */
export type SnapshotShelf = {
  /** Keeps one; `position` is the last record in it. */
  save: (snapshot: { bytes: Uint8Array; atMicros: number; position: JournalPosition }) => Promise<void>;
};

/** What the keeper of one incident needs. */
export type JournalKeeperParts = {
  /** The incident. */
  incident: Incident;
  /** Its journal, open. */
  journal: Journal;
  /** Opens the journal again after it failed. */
  reopen: () => Promise<Journal>;
  /** Where snapshots go. */
  snapshots: SnapshotShelf;
  /** Milliseconds of a clock that never goes back. */
  nowMs: () => number;
  /** Told when something that nobody waits for could not be written. */
  onFailure: (error: unknown) => void;
};

/** The keeper of one incident's journal. */
export class JournalKeeper {
  readonly #parts: JournalKeeperParts;
  #journal: Journal;
  /** Number of the last record that is durable and has taken effect. */
  #settled: number;
  #markedMicros: number;
  #hashedMicros: number;
  #snapshotMs: number;

  constructor(parts: JournalKeeperParts) {
    this.#parts = parts;
    this.#journal = parts.journal;
    this.#settled = parts.journal.position.number;
    const { nowMicros } = parts.incident.world.cluster;
    this.#markedMicros = nowMicros;
    this.#hashedMicros = nowMicros;
    this.#snapshotMs = parts.nowMs();
  }

  /** Which opening of the journal this is. */
  get epoch(): number {
    return this.#journal.epoch;
  }

  /**
   * Makes records durable.
   *
   * @throws StoreError when that failed.
   */
  async append(records: readonly JournalRecord[]): Promise<JournalPosition> {
    const position = await this.#journal.append(records);
    this.#settled = Math.max(this.#settled, position.number);
    return position;
  }

  /** Writes what is due; called when no command is on its way. */
  look(): void {
    const { incident, nowMs } = this.#parts;
    const { nowMicros } = incident.world.cluster;
    if (incident.state.phase === 'closed') return;
    if (nowMicros - this.#markedMicros < MARK_MICROS) return;
    this.#markedMicros = nowMicros;
    if (nowMs() - this.#snapshotMs >= SNAPSHOT_MS) {
      void this.snapshot().catch(this.#parts.onFailure);
      return;
    }
    const records: JournalRecord[] = [{ type: 'mark', atMicros: nowMicros }];
    if (nowMicros - this.#hashedMicros >= HASH_MICROS) {
      this.#hashedMicros = nowMicros;
      records.push({ type: 'hash', atMicros: nowMicros, stateHash: incidentHash(incident) });
    }
    void this.append(records).catch(this.#parts.onFailure);
  }

  /**
   * Keeps a snapshot of this moment. The mark that goes with it is the last record in it, so what follows in
   * the journal is what followed in the incident.
   */
  async snapshot(): Promise<void> {
    const { incident, snapshots, nowMs } = this.#parts;
    this.#snapshotMs = nowMs();
    const atMicros = incident.world.cluster.nowMicros;
    const bytes = snapshotIncident(incident);
    const position = await this.append([{ type: 'mark', atMicros }]);
    // A snapshot that could not be kept costs a longer replay, nothing else.
    await snapshots.save({ bytes, atMicros, position }).catch(() => undefined);
  }

  /**
   * Opens the journal again after a failure; answers with the records that turned out to be durable although
   * nobody was told so.
   *
   * @throws StoreError when it does not work yet.
   */
  async reopen(): Promise<JournalEntry[]> {
    await this.#journal.close().catch(() => undefined);
    this.#journal = await this.#parts.reopen();
    const entries: JournalEntry[] = [];
    for await (const entry of this.#journal.read(this.#settled + 1)) entries.push(entry);
    this.#settled = this.#journal.position.number;
    return entries;
  }

  /** The commands that are durable, in order. */
  async commands(): Promise<CommandRecord[]> {
    const found: CommandRecord[] = [];
    for await (const { record } of this.#journal.read()) if (record.type === 'command') found.push(record);
    return found;
  }

  /** Writes the last record of an incident that is over and kept in the store. */
  async end(): Promise<void> {
    const { state, world } = this.#parts.incident;
    if (state.closed === null) return;
    await this.append([{ type: 'end', atMicros: world.cluster.nowMicros, reason: state.closed }]);
  }

  /** Closes the journal. */
  close(): Promise<void> {
    return this.#journal.close();
  }
}
