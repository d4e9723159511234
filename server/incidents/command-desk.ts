/**
 * Where commands wait for the disk: stamped with number and moment, written, synced, and only then applied
 * and acknowledged. The clock of the incident is held meanwhile.
 *
 * Why   Whatever a player was told survives kill -9. When a write fails, nobody knows what is durable until
 *       the journal is opened again; so nothing is answered before that, and then truly.
 */
import { runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import type { CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { Rejection } from '@chaotic-good/engine/protocol/rejection';
import type { SubmitAnswer } from './incident-host.ts';
import type { JournalKeeper } from './journal-keeper.ts';
import { StoreError } from '../journal/store-error.ts';
import { storageTrouble } from './standstill.ts';
import type { Standstill } from './standstill.ts';

/** Commands that share one sync at most. */
const BATCH_MAX = 64;
/** How often failed storage is tried again, milliseconds. */
const RETRY_MS = 2000;

/** What a desk needs of its incident. */
export type CommandDeskParts = {
  /** The incident. */
  incident: Incident;
  /** Its journal. */
  keeper: JournalKeeper;
  /** The moment that is now, microseconds; what has passed of real time counts as used. */
  stampMicros: () => number;
  /** Runs something of the engine's; false when the incident is quarantined. */
  guard: (action: () => void) => boolean;
  /** Called when commands have taken effect. */
  afterwards: () => void;
  /** Why it stands still now, or null. */
  standstill: () => Standstill | null;
  /** Makes it stand still. */
  standStill: (standstill: Standstill) => void;
  /** Lets it go on after storage works again. */
  goOn: () => void;
};

type Waiting = { envelope: CommandEnvelope; answer: (answer: SubmitAnswer) => void };

/** The desk of one incident. */
export class CommandDesk {
  readonly #parts: CommandDeskParts;
  readonly #underWay = new Map<string, Promise<SubmitAnswer>>();
  #queue: Waiting[] = [];
  #holds = false;
  #draining: Promise<void> | undefined;
  #isDraining = false;
  #retry: NodeJS.Timeout | undefined;
  #repairing: Promise<void> | undefined;
  #unsure: Waiting[] = [];
  #isClosed = false;

  constructor(parts: CommandDeskParts) {
    this.#parts = parts;
  }

  /** True while a command is on its way to the disk: time is held. */
  get holds(): boolean {
    return this.#holds;
  }

  /** Takes a command; the same id gets the same answer and is done once. */
  submit(envelope: CommandEnvelope): Promise<SubmitAnswer> {
    const { commandId } = envelope;
    const ack = this.#parts.incident.state.receipts.get(commandId);
    if (ack !== undefined) return Promise.resolve({ kind: 'ack', ack });
    const known = this.#underWay.get(commandId);
    if (known !== undefined) return known;
    const standstill = this.#parts.standstill();
    if (standstill !== null || this.#isClosed) {
      const sentence = standstill?.sentence ?? 'The server is shutting down. Send it again in a moment.';
      return Promise.resolve(refused(commandId, { code: 'paused', sentence }));
    }
    const answered = new Promise<SubmitAnswer>((resolve) => {
      this.#queue.push({ envelope, answer: resolve });
    });
    this.#underWay.set(commandId, answered);
    void answered.then(() => this.#underWay.delete(commandId));
    if (!this.#isDraining) this.#draining = this.#drain();
    return answered;
  }

  /** Something could not be written: time stands until the journal can be opened again. */
  troubled(error: unknown): void {
    if (this.#isClosed) return;
    this.#parts.standStill(storageTrouble(error instanceof Error ? error.message : String(error)));
    if (this.#repairing !== undefined) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      this.#repairing = this.#repair().finally(() => (this.#repairing = undefined));
    }, RETRY_MS);
  }

  /** Answers what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#draining;
    await this.#repairing;
    for (const waiting of [...this.#queue, ...this.#unsure]) this.#refuseUnsure(waiting);
    this.#queue = [];
    this.#unsure = [];
  }

  /** Writes and applies what waits, batch by batch. */
  async #drain(): Promise<void> {
    this.#isDraining = true;
    while (this.#queue.length > 0 && this.#parts.standstill() === null) {
      const batch = this.#queue.splice(0, BATCH_MAX);
      const { commandSeq } = this.#parts.incident.state;
      const atMicros = this.#parts.stampMicros();
      const records = batch.map(({ envelope }, at): CommandRecord => ({
        type: 'command',
        seq: commandSeq + 1 + at,
        atMicros,
        envelope,
      }));
      this.#holds = true;
      try {
        await this.#parts.keeper.append(records);
      } catch (error) {
        this.#holds = false;
        if (error instanceof StoreError && error.code === 'unfit') this.#refuseLongest(batch);
        else this.#fail(batch, error);
        continue;
      }
      this.#holds = false;
      for (const [at, waiting] of batch.entries()) this.#apply(waiting, records[at]);
      this.#parts.afterwards();
    }
    // In the same step as the last look at the queue, so nothing that comes in is left lying there.
    this.#isDraining = false;
    // What came in while it began to stand still.
    for (const { envelope, answer } of this.#queue.splice(0)) {
      const sentence = this.#parts.standstill()?.sentence ?? '';
      answer(refused(envelope.commandId, { code: 'paused', sentence }));
    }
  }

  #apply({ envelope, answer }: Waiting, { atMicros }: CommandRecord): void {
    const { incident } = this.#parts;
    let given: SubmitAnswer | undefined;
    this.#parts.guard(() => {
      runIncident(incident, atMicros);
      given = { kind: 'ack', ack: submitCommand(incident, envelope) };
    });
    const sentence = this.#parts.standstill()?.sentence ?? '';
    answer(given ?? refused(envelope.commandId, { code: 'paused', sentence }));
  }

  #fail(batch: readonly Waiting[], error: unknown): void {
    this.#unsure.push(...batch);
    this.troubled(error);
  }

  /** A record that is too long spoils nothing: the longest command is refused, the others go again. */
  #refuseLongest(batch: readonly Waiting[]): void {
    const length = ({ envelope }: Waiting) => JSON.stringify(envelope).length;
    const longest = batch.reduce((most, one) => (length(one) > length(most) ? one : most));
    const rejection: Rejection = {
      code: 'too-long',
      sentence: 'This is too long to be recorded. Shorten it.',
    };
    longest.answer(refused(longest.envelope.commandId, rejection));
    this.#queue.unshift(...batch.filter((one) => one !== longest));
  }

  /** Opens the journal again and finds out what became of the commands that were on their way. */
  async #repair(): Promise<void> {
    let found: CommandRecord[];
    try {
      const entries = await this.#parts.keeper.reopen();
      found = entries.flatMap(({ record }) => (record.type === 'command' ? [record] : []));
    } catch (error) {
      this.#repairing = undefined;
      this.troubled(error);
      return;
    }
    const unsure = this.#unsure.splice(0);
    for (const record of found) {
      const waiting = unsure.find(({ envelope }) => envelope.commandId === record.envelope.commandId);
      this.#apply(waiting ?? { envelope: record.envelope, answer: () => undefined }, record);
    }
    const isFound = ({ envelope }: Waiting) =>
      found.some((record) => record.envelope.commandId === envelope.commandId);
    for (const waiting of unsure) if (!isFound(waiting)) this.#refuseUnsure(waiting);
    this.#parts.goOn();
    this.#parts.afterwards();
  }

  #refuseUnsure({ envelope, answer }: Waiting): void {
    const sentence = 'This was not recorded, because storage was in trouble. Do it again.';
    answer(refused(envelope.commandId, { code: 'paused', sentence }));
  }
}

function refused(commandId: string, rejection: Rejection): SubmitAnswer {
  return { kind: 'refused', commandId, rejection };
}
