/**
 * Commands on their way: sent → recorded → done, or refused. Kept over a reload, so nothing said is lost.
 *
 * Why   A command id makes sending twice safe, so whatever is unanswered is sent again when the line is
 *       back. A change of the cluster that could not be sent for 15 s is not: by then it may be wrong.
 */
import type { Acknowledgement } from '@chaotic-good/engine/protocol/acknowledgement';
import type { Command } from '@chaotic-good/engine/protocol/commands';

/** After so long, a change of the cluster is no longer sent by itself. */
const STALE_AFTER_MS = 15_000;
/** Entries that are over are shown for so long. */
const SHOWN_AFTER_MS = 6000;

/** How a command stands. `stale` = never sent, and too old to be sent by itself. */
export type OutboxState = 'unsent' | 'sent' | 'recorded' | 'done' | 'refused' | 'stale';

/** A command on its way. */
export type OutboxEntry = {
  /** Its id; the same on every attempt. */
  commandId: string;
  /** Incident of which it is asked; '' before the line was open for the first time. */
  incidentId: string;
  /** What is asked. */
  command: Command;
  /** What a person did, e.g. `Declare SEV2`. */
  label: string;
  /** How it stands. */
  state: OutboxState;
  /** Why it was refused, else ''. */
  why: string;
  /** When it was asked, Unix milliseconds. */
  askedAtMs: number;
  /** When its state last changed. */
  changedAtMs: number;
  /** When it took effect, microseconds; −1 before. */
  atMicros: number;
};

/** Whether a command waits for the line without a person's doing. */
function sendsItself({ command, askedAtMs, state }: OutboxEntry, nowMs: number): boolean {
  return state === 'sent' || command.type !== 'RunCluster' || nowMs - askedAtMs < STALE_AFTER_MS;
}

function withState(entry: OutboxEntry, state: OutboxState, nowMs: number, why = ''): OutboxEntry {
  return { ...entry, state, why, changedAtMs: nowMs };
}

/** The outbox with a new command. */
export function queueCommand(
  entries: readonly OutboxEntry[],
  asked: Pick<OutboxEntry, 'commandId' | 'incidentId' | 'command' | 'label'>,
  nowMs: number,
): OutboxEntry[] {
  const times = { askedAtMs: nowMs, changedAtMs: nowMs, atMicros: -1 };
  return [...entries, { ...asked, ...times, state: 'unsent', why: '' }];
}

/** The outbox without what was asked of other incidents: rounds have nothing to do with each other. */
export function ofIncident(entries: readonly OutboxEntry[], incidentId: string): readonly OutboxEntry[] {
  const own = entries.filter((entry) => !entry.incidentId || entry.incidentId === incidentId);
  return own.length === entries.length ? entries : own;
}

/** What must be sent when the line opens: unsent and unanswered commands, oldest first. */
export function dueCommands(entries: readonly OutboxEntry[], nowMs: number): OutboxEntry[] {
  return entries.filter(
    (entry) => (entry.state === 'unsent' || entry.state === 'sent') && sendsItself(entry, nowMs),
  );
}

/** The outbox once a command has been put on the line. */
export function markSent(entries: readonly OutboxEntry[], commandId: string, nowMs: number): OutboxEntry[] {
  return entries.map((entry) => (entry.commandId === commandId ? withState(entry, 'sent', nowMs) : entry));
}

/** The outbox after an acknowledgement: recorded, or recorded as refused. */
export function noteAck(entries: readonly OutboxEntry[], ack: Acknowledgement, nowMs: number): OutboxEntry[] {
  return entries.map((entry) => {
    if (entry.commandId !== ack.commandId) return entry;
    if (!ack.outcome.ok) return withState(entry, 'refused', nowMs, ack.outcome.rejection.sentence);
    return { ...withState(entry, 'recorded', nowMs), atMicros: ack.atMicros };
  });
}

/** The outbox after a refusal before the record. */
export function noteRefusal(
  entries: readonly OutboxEntry[],
  commandId: string,
  why: string,
  nowMs: number,
): OutboxEntry[] {
  return entries.map((entry) =>
    entry.commandId === commandId ? withState(entry, 'refused', nowMs, why) : entry,
  );
}

/** The outbox once a view of this moment is on the screen: what was recorded before it, shows. */
export function noteShown(
  entries: readonly OutboxEntry[],
  atMicros: number,
  nowMs: number,
): readonly OutboxEntry[] {
  if (!entries.some((entry) => entry.state === 'recorded' && entry.atMicros <= atMicros)) return entries;
  return entries.map((entry) =>
    entry.state === 'recorded' && entry.atMicros <= atMicros ? withState(entry, 'done', nowMs) : entry,
  );
}

/** The outbox as time passes: too old changes of the cluster wait for a person; what is over goes. */
export function tidyOutbox(entries: readonly OutboxEntry[], nowMs: number): readonly OutboxEntry[] {
  // What is recorded is safe; where no more views come, after the close, it would stand there for ever.
  const kept = entries.filter(
    ({ state, changedAtMs }) =>
      (state !== 'done' && state !== 'recorded') || nowMs - changedAtMs < SHOWN_AFTER_MS,
  );
  const late = kept.some((entry) => entry.state === 'unsent' && !sendsItself(entry, nowMs));
  if (kept.length === entries.length && !late) return entries;
  return kept.map((entry) =>
    entry.state === 'unsent' && !sendsItself(entry, nowMs) ? withState(entry, 'stale', nowMs) : entry,
  );
}
