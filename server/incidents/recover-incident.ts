/**
 * Brings an incident back from its journal: from the newest snapshot that fits, or from the start. It goes on
 * from the last mark, as if no time had passed.
 */
import { openIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { replayIncident } from '@chaotic-good/engine/incident/replay';
import type { ReplayStop } from '@chaotic-good/engine/incident/replay';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { restoreIncident } from '@chaotic-good/engine/incident/snapshot';
import type { JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import type { JournalEntry } from '../journal/journal.ts';

/** What recovery needs. */
export type RecoveryParts = {
  /** What the incident is made of. */
  setup: IncidentSetup;
  /** The first record. */
  header: JournalHeader;
  /** All records, the header included. */
  entries: readonly JournalEntry[];
  /** The incident as bytes at a record, if there is a snapshot that fits. */
  snapshot: { bytes: Uint8Array; number: number } | undefined;
  /** Its prehistory; asked for only when it has to be replayed from the start. */
  prehistory: () => Prehistory;
};

/** An incident that is back, or where its replay parted from the journal. */
export type Recovery = { incident: Incident; stop: ReplayStop | null; fromSnapshot: boolean };

function followFrom(incident: Incident, entries: readonly JournalEntry[]): ReplayStop | null {
  return replayIncident(
    incident,
    entries.map(({ record }) => record),
  ).stop;
}

/**
 * Brings an incident back.
 *
 * @throws InvariantError when replaying meets a bug of ours.
 */
export function recoverIncident(parts: RecoveryParts): Recovery {
  const { setup, header, entries, snapshot } = parts;
  if (snapshot !== undefined) {
    try {
      const incident = restoreIncident(setup, snapshot.bytes);
      const later = entries.filter(({ number }) => number > snapshot.number);
      if (followFrom(incident, later) === null) return { incident, stop: null, fromSnapshot: true };
    } catch {
      // The journal is the truth; whatever is wrong with a snapshot, the start is still there.
    }
  }
  const seed = seedFromHex(header.seed);
  const incident = openIncident({ ...setup, seed, rules: header.rules, prehistory: parts.prehistory() });
  return { incident, stop: followFrom(incident, entries), fromSnapshot: false };
}
