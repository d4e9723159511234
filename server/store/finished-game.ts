/** A finished game as it is kept: frozen, nothing of it is computed again. */
import type { SeatKind } from '@chaotic-good/engine/protocol/commands';
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { CommandRecord, JournalHeader } from '@chaotic-good/engine/protocol/journal-record';

/** One-second samples of the journeys. */
export type FrozenSamples = {
  /** Second of the first sample; prehistory is negative. */
  firstSecond: number;
  /** Number of journeys. */
  journeys: number;
  /** Counts by second, journey and field (completed, bad, failed, slow, lost). */
  counts: number[];
};

/** What a game was played with: the engine that played it can simulate it again from this. */
export type GameInputs = {
  /** Header of its journal. */
  header: JournalHeader;
  /** Commands in order, roles in place of people's names. */
  records: CommandRecord[];
};

/** A seat of a finished game. */
export type GameSeat = {
  /** Its id. */
  seat: string;
  /** Its role as people read it, e.g. `Ops 1`. */
  role: string;
  /** How it took part. */
  kind: SeatKind;
};

/** A finished game. */
export type FinishedGame = {
  /** What players read. */
  debrief: Debrief;
  /** When it was opened, by the wall clock. */
  playedAtUnixMs: number;
  /** The log, roles in place of names. */
  events: IncidentEvent[];
  /** How users fared. */
  samples: FrozenSamples;
  /** What it was played with. */
  inputs: GameInputs;
  /** Everybody who had a seat when it ended, in order of joining. */
  seats: GameSeat[];
  /** When its truth could be told, by the wall clock: who met its seed later had not met it before. */
  toldAtUnixMs: number;
  /** Day of the common seed that it was played on, `YYYY-MM-DD`; null for any other seed. */
  seedDay: string | null;
};
