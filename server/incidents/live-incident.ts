/**
 * One incident as it is played: real time becomes slices, commands take effect once they are durable, the
 * journal gets its marks, and whoever looks gets frames.
 *
 * Why   While a command is on its way to the disk the incident's clock is held, so the moment that was
 *       written down is the moment at which it takes effect.
 */
import { endSecond } from '@chaotic-good/engine/incident/journey-samples';
import { runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import type { Command, CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { Journal } from '../journal/journal.ts';
import { CommandDesk } from './command-desk.ts';
import type { IncidentSummary, Onlooker, SubmitAnswer } from './incident-host.ts';
import { summarize } from './incident-summary.ts';
import { IncidentStreams } from './incident-streams.ts';
import type { StreamFrame } from './incident-streams.ts';
import { JournalKeeper } from './journal-keeper.ts';
import type { SnapshotShelf } from './journal-keeper.ts';
import { Pace } from './pace.ts';
import { PresenceWatch, SYSTEM_COMMAND_PREFIX } from './presence-watch.ts';
import { quarantined } from './standstill.ts';
import type { Standstill } from './standstill.ts';
import { Waits } from './waits.ts';

/** Telemetry frames are at least so far apart in real time, whatever the speed, milliseconds. */
const FRAME_MS_MIN = 200;

/** The team may file its diagnosis for so long after the close, real milliseconds at speed 1. */
const FILING_MS = 60_000;

/** What an incident tells the thread that runs it. */
export type LiveNews =
  | { type: 'frames'; frames: StreamFrame[] }
  | { type: 'notice'; level: 'info' | 'warn' | 'bad'; text: string }
  | { type: 'clock'; atMicros: number; rate: number }
  /** The trouble may come: what would have been can be computed. */
  | { type: 'calmOver' }
  /** It is closed and the truth may be told: the debrief can be made. */
  | { type: 'closed' };

/** What a live incident is made of. */
export type LiveParts = {
  /** The incident, brought up to its journal. */
  incident: Incident;
  /** Its journal, open. */
  journal: Journal;
  /** Opens the journal again after it failed. */
  reopen: () => Promise<Journal>;
  /** Where its snapshots go. */
  snapshots: SnapshotShelf;
  /** What its room may know. */
  room: RoomInfo;
  /** Multiplies its speed; 1 in play. */
  clockFactor: number;
  /** Milliseconds of a clock that never goes back. */
  nowMs: () => number;
  /** Hears its news. */
  tell: (news: LiveNews) => void;
};

/** A playing incident. */
export class LiveIncident {
  readonly incident: Incident;
  readonly room: RoomInfo;
  readonly waits = new Waits();
  readonly #parts: LiveParts;
  readonly #pace: Pace;
  readonly #streams = new IncidentStreams();
  readonly #keeper: JournalKeeper;
  readonly #desk: CommandDesk;
  readonly #presence = new PresenceWatch();
  #standstill: Standstill | null = null;
  #toldSecond = 0;
  #toldMs = -FRAME_MS_MIN;
  #toldRate = -1;
  #systemCommands = 0;
  #wasRevealed: boolean;
  #calmWasOver = false;
  #closedMs = -1;
  #isRevealing = false;

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.incident = parts.incident;
    this.room = parts.room;
    this.#pace = new Pace(parts.nowMs());
    this.#wasRevealed = parts.incident.state.revealed;
    this.#keeper = new JournalKeeper({
      incident: parts.incident,
      journal: parts.journal,
      reopen: parts.reopen,
      snapshots: parts.snapshots,
      nowMs: parts.nowMs,
      onFailure: (error) => this.#desk.troubled(error),
    });
    this.#desk = new CommandDesk({
      incident: parts.incident,
      keeper: this.#keeper,
      stampMicros: () => this.incident.world.cluster.nowMicros + this.#pace.take(parts.nowMs(), this.rate),
      guard: (action) => this.#guard(action),
      afterwards: () => this.#afterwards(false),
      standstill: () => this.#standstill,
      standStill: (standstill) => this.#standStill(standstill),
      goOn: () => this.#goOn(),
    });
  }

  /** Simulated seconds per real second now; 0 while time stands. */
  get rate(): number {
    const { state } = this.incident;
    if (this.#standstill !== null || state.phase !== 'running') return 0;
    return state.speed * this.#parts.clockFactor;
  }

  /** Why it stands still, or null. */
  get standstill(): Standstill | null {
    return this.#standstill;
  }

  /** Lets pass what has passed of real time, unless a command is on its way to the disk. */
  slice(): void {
    if (this.#desk.holds) return;
    const nowMs = this.#parts.nowMs();
    const micros = this.#pace.take(nowMs, this.rate);
    this.#guard(() => {
      if (micros > 0) runIncident(this.incident, this.incident.world.cluster.nowMicros + micros);
    });
    this.#afterwards(true);
    const wanted = this.#presence.look(this.incident.state, nowMs);
    if (wanted !== null && this.#standstill === null) void this.asSystem(wanted);
  }

  /** Asks for something to be done. */
  submit(envelope: CommandEnvelope): Promise<SubmitAnswer> {
    return this.#desk.submit(envelope);
  }

  /** Does something in the name of the server. */
  asSystem(command: Command): Promise<SubmitAnswer> {
    // The epoch makes ids of this opening differ from those of openings before.
    const commandId = `${SYSTEM_COMMAND_PREFIX}${this.#keeper.epoch}-${++this.#systemCommands}`;
    return this.#desk.submit({ commandId, seat: SYSTEM_SEAT, command });
  }

  /** Opens a stream; its first frame comes with the next slice. */
  subscribe(onlooker: Onlooker, fromSeq: number): void {
    this.#streams.subscribe(onlooker, fromSeq);
  }

  /** Ends a stream. */
  unsubscribe(onlooker: Onlooker): void {
    this.#streams.unsubscribe(onlooker);
  }

  /** How it stands. */
  summary(): IncidentSummary {
    return summarize(this.incident, this.room, {
      rate: this.rate,
      trouble: this.#standstill?.sentence ?? '',
    });
  }

  /** The commands that were recorded, in order. */
  commands(): Promise<CommandRecord[]> {
    return this.#keeper.commands();
  }

  /** Stops it: waits for the disk, keeps a last snapshot, closes the journal. */
  async close(): Promise<void> {
    this.waits.giveUp();
    await this.#desk.close();
    if (this.#standstill === null) await this.#keeper.snapshot().catch(() => undefined);
    await this.#keeper.close();
  }

  /** Ends it for good: its journal gets its last record. */
  async end(): Promise<void> {
    this.waits.giveUp();
    await this.#desk.close();
    await this.#keeper.end();
    await this.#keeper.close();
  }

  /** Tells what a slice or a command brought about. */
  #afterwards(isSlice: boolean): void {
    this.#guard(() => {
      this.waits.look();
      if (this.#standstill === null) this.#keeper.look();
      this.#tellClock();
      this.#tellFrames(isSlice);
    });
    this.#tellTurns();
  }

  /** Tells, once each, that the calm is over and that the truth may be told; sees to the latter in time. */
  #tellTurns(): void {
    const { phase, revealed, team } = this.incident.state;
    if (!this.#calmWasOver && phase !== 'lobby' && team.calm.ended) {
      this.#calmWasOver = true;
      this.#parts.tell({ type: 'calmOver' });
    }
    if (phase !== 'closed' || this.#wasRevealed) return;
    if (revealed) {
      this.#wasRevealed = true;
      this.#parts.tell({ type: 'closed' });
      return;
    }
    const nowMs = this.#parts.nowMs();
    if (this.#closedMs < 0) this.#closedMs = nowMs;
    if (nowMs - this.#closedMs < FILING_MS / this.#parts.clockFactor || this.#isRevealing) return;
    this.#isRevealing = true;
    void this.asSystem({ type: 'RevealTruth' }).finally(() => {
      this.#isRevealing = false;
    });
  }

  #tellClock(): void {
    if (this.rate === this.#toldRate) return;
    this.#toldRate = this.rate;
    this.#parts.tell({ type: 'clock', atMicros: this.incident.world.cluster.nowMicros, rate: this.rate });
  }

  /** Effects of commands go at once; time and telemetry once a second, at most every 200 ms. */
  #tellFrames(isSlice: boolean): void {
    const nowMs = this.#parts.nowMs();
    // The second that has been measured; at its very end the clock is already there, the sample is not.
    const second = endSecond(this.incident.state.samples);
    const tick = second !== this.#toldSecond && nowMs - this.#toldMs >= FRAME_MS_MIN;
    if (isSlice && !tick && !this.#streams.awaited) return;
    const frames = this.#streams.advance(this.incident, tick);
    if (tick) {
      this.#toldSecond = second;
      this.#toldMs = nowMs;
    }
    if (frames.length > 0) this.#parts.tell({ type: 'frames', frames });
  }

  /** Runs something of the engine's; what it throws is our bug and stops this incident only. */
  #guard(action: () => void): boolean {
    if (this.#standstill?.kind === 'quarantine') return false;
    try {
      action();
      return true;
    } catch (error) {
      this.#standStill(quarantined(error instanceof Error ? (error.stack ?? error.message) : String(error)));
      return false;
    }
  }

  #standStill(standstill: Standstill): void {
    if (this.#standstill?.kind === 'quarantine') return;
    const again = this.#standstill?.kind === standstill.kind;
    this.#standstill = standstill;
    if (again) return;
    process.stderr.write(`incident ${this.room.incidentId}: ${standstill.detail}\n`);
    this.#tellClock();
    this.#parts.tell({ type: 'notice', level: 'bad', text: standstill.sentence });
  }

  #goOn(): void {
    if (this.#standstill?.kind !== 'storage') return;
    this.#standstill = null;
    this.#pace.skip(this.#parts.nowMs());
    this.#parts.tell({ type: 'notice', level: 'info', text: 'Storage works again; time goes on.' });
  }
}
