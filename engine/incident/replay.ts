/**
 * Plays a journal again: recovery after a crash, the debrief's re-simulation, the check that nothing parted.
 *
 * How   The journal holds what came from outside, each with its moment. Time runs to that moment and the
 *       record takes effect, in the order written. What cannot be right stops the replay there and then:
 *       going on would show people an incident that nobody played.
 */
import { JOURNAL_VERSION } from '../protocol/journal-record.ts';
import type { CommandRecord, EndRecord, JournalHeader, JournalRecord } from '../protocol/journal-record.ts';
import { runIncident, runThrough } from './incident.ts';
import type { Incident } from './incident.ts';
import { seedToHex } from './seed-hex.ts';
import { incidentHash } from './snapshot.ts';
import { submitCommand } from './submit.ts';

/** Where a replay parted from what was recorded. */
export type ReplayStop = {
  /**
   * The state is another one (`hash`); the journal is of another incident (`header`); a record lies in the
   * past (`order`); a command gets another number (`command`) or the end another reason (`end`); or the
   * record is of a real cluster (`observation`).
   */
  what: 'hash' | 'header' | 'order' | 'command' | 'end' | 'observation';
  /** Which of the given records, from 0. */
  index: number;
  /** The moment of the record, simulation microseconds. */
  atMicros: number;
  /** What the journal says. */
  expected: string;
  /** What the replay came to. */
  got: string;
};

/** An incident after its journal, or as far as that could be followed. */
export type Replay = {
  /** The incident that was given, brought forward. */
  incident: Incident;
  /** How many records were followed. */
  followed: number;
  /** How many state hashes agreed. */
  hashesAgreed: number;
  /** The end that the journal holds, or null: then the incident goes on from here. */
  end: EndRecord | null;
  /** Where it parted, or null. */
  stop: ReplayStop | null;
};

type Difference = Pick<ReplayStop, 'what' | 'expected' | 'got'>;

/** The first thing in a header that is not so for the incident. */
function differsFromHeader({ state, setup }: Incident, header: JournalHeader): Difference | null {
  const pairs: [string, string | number, string | number][] = [
    ['journal version', header.journalVersion, JOURNAL_VERSION],
    ['scenario', header.scenarioId, state.scenarioId],
    ['variant', header.variant, state.variant],
    ['seed', header.seed, seedToHex(state.seed)],
    ['load scale', header.loadScale, setup.loadScale],
  ];
  const pair = pairs.find(([, expected, got]) => expected !== got);
  if (pair === undefined) return null;
  return { what: 'header', expected: `${pair[0]} ${pair[1]}`, got: `${pair[0]} ${pair[2]}` };
}

/** Lets a command take effect; one that was sent twice does nothing and bears the first one's number. */
function followCommand(incident: Incident, { envelope, seq }: CommandRecord): Difference | null {
  const isRepeat = incident.state.receipts.has(envelope.commandId);
  const acknowledgement = submitCommand(incident, envelope);
  if (isRepeat || acknowledgement.seq === seq) return null;
  return { what: 'command', expected: `number ${seq}`, got: `number ${acknowledgement.seq}` };
}

function followEnd({ state }: Incident, { reason }: EndRecord): Difference | null {
  if (reason === 'interrupted-by-upgrade' || state.closed === reason) return null;
  return { what: 'end', expected: reason, got: state.closed ?? 'still open' };
}

/** Follows one record; null when all is as recorded. */
function follow(incident: Incident, record: JournalRecord): Difference | null {
  if (record.type === 'header') return differsFromHeader(incident, record);
  const { nowMicros } = incident.world.cluster;
  if (record.atMicros < nowMicros) {
    return { what: 'order', expected: `a moment from ${nowMicros} on`, got: String(record.atMicros) };
  }
  // An end by itself is an event of its moment; everything else was recorded before the events of its own.
  if (record.type === 'end') runThrough(incident, record.atMicros);
  else runIncident(incident, record.atMicros);
  switch (record.type) {
    case 'command':
      return followCommand(incident, record);
    case 'hash': {
      const got = incidentHash(incident);
      return got === record.stateHash ? null : { what: 'hash', expected: record.stateHash, got };
    }
    case 'observation':
      return { what: 'observation', expected: record.observation.kind, got: 'a simulated cluster' };
    case 'end':
      return followEnd(incident, record);
    case 'mark':
      return null;
  }
}

/**
 * Brings an incident forward by the records of its journal, from the start or, for one restored from a
 * snapshot, from the record after it. Changes nothing but the incident.
 *
 * @throws InvariantError when the incident itself breaks one, as it did, or would have done, in play.
 */
export function replayIncident(incident: Incident, records: Iterable<JournalRecord>): Replay {
  const replay: Replay = { incident, followed: 0, hashesAgreed: 0, end: null, stop: null };
  for (const record of records) {
    const difference = follow(incident, record);
    if (difference !== null) {
      const atMicros = record.type === 'header' ? 0 : record.atMicros;
      replay.stop = { index: replay.followed, atMicros, ...difference };
      return replay;
    }
    replay.followed++;
    if (record.type === 'hash') replay.hashesAgreed++;
    if (record.type === 'end') replay.end = record;
  }
  return replay;
}
