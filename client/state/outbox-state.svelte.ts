/** The outbox of a room, on the screen and over a reload. */
import type { Acknowledgement } from '@chaotic-good/engine/protocol/acknowledgement';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { ClientMessage } from '@chaotic-good/engine/protocol/wire';
import {
  dueCommands,
  markSent,
  noteAck,
  noteRefusal,
  noteShown,
  ofIncident,
  queueCommand,
  tidyOutbox,
} from '../net/outbox.ts';
import type { OutboxEntry } from '../net/outbox.ts';
import { loadOutbox, storeOutbox } from '../net/outbox-storage.ts';

/** 128 random bits; `crypto.randomUUID` is missing where the page comes over plain HTTP. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Commands sent at once when the line opens: a room takes 30 messages a second. */
const BURST_MAX = 20;

/** The outbox of a room. */
export class OutboxState {
  /** Commands on their way, oldest first. */
  entries = $state.raw<readonly OutboxEntry[]>([]);
  #code: string;
  #incidentId = '';
  #send: (message: ClientMessage) => boolean;

  constructor(code: string, send: (message: ClientMessage) => boolean) {
    this.#code = code;
    this.#send = send;
    this.entries = loadOutbox(code);
  }

  /** A new command; answers its id. */
  add(command: Command, label: string, nowMs: number): string {
    const commandId = newId();
    const asked = { commandId, incidentId: this.#incidentId, command, label };
    this.#become(queueCommand(this.entries, asked, nowMs));
    this.#try(commandId, command, nowMs);
    return commandId;
  }

  /**
   * The line to an incident is open: what is unanswered goes out again, but for what was asked of another;
   * answers how many of these were dropped.
   */
  lineOpened(incidentId: string, nowMs: number): number {
    this.#incidentId = incidentId;
    const own = ofIncident(this.entries, incidentId);
    const dropped = this.entries.length - own.length;
    this.#become(tidyOutbox(own, nowMs));
    for (const { commandId, command } of dueCommands(this.entries, nowMs).slice(0, BURST_MAX)) {
      this.#try(commandId, command, nowMs);
    }
    return dropped;
  }

  /** The room answered. */
  ack(ack: Acknowledgement, nowMs: number): void {
    this.#become(noteAck(this.entries, ack, nowMs));
  }

  /** The room refused before recording. */
  refused(commandId: string, why: string, nowMs: number): void {
    this.#become(noteRefusal(this.entries, commandId, why, nowMs));
  }

  /** A view of this moment is on the screen. */
  shown(atMicros: number, nowMs: number): void {
    this.#become(noteShown(this.entries, atMicros, nowMs));
  }

  /** Time passes. */
  tidy(nowMs: number): void {
    this.#become(tidyOutbox(this.entries, nowMs));
  }

  /** Takes an entry off the list. */
  dismiss(commandId: string): void {
    this.#become(this.entries.filter((entry) => entry.commandId !== commandId));
  }

  /** Sends a stale command after all, as a new one. */
  runAgain(commandId: string, nowMs: number): void {
    const entry = this.entries.find((one) => one.commandId === commandId);
    if (entry === undefined) return;
    this.dismiss(commandId);
    this.add(entry.command, entry.label, nowMs);
  }

  #try(commandId: string, command: Command, nowMs: number): void {
    if (!this.#send({ type: 'command', commandId, command })) return;
    this.#become(markSent(this.entries, commandId, nowMs));
  }

  #become(entries: readonly OutboxEntry[]): void {
    if (entries === this.entries) return;
    this.entries = entries;
    storeOutbox(this.#code, entries);
  }
}
