/**
 * What a finished game can be played again from, by the engine that played it. Given out only once its
 * debrief is there: it holds the seed and what was drawn.
 */
import type { SystemSpec } from '../cluster/system-spec.ts';
import type { SeatKind } from './commands.ts';
import type { CommandRecord, JournalHeader } from './journal-record.ts';
import type { ScenarioSpec } from './scenario-spec.ts';
import type { RoomInfo } from './wire.ts';

/** A seat whose eyes a replay can look with. */
export type ReplaySeat = {
  /** Its id. */
  seat: string;
  /** Its role as people read it, e.g. `Ops 1`. */
  role: string;
  /** How it took part. */
  kind: SeatKind;
};

/** A finished game, ready to be played again; roles in place of people's names. */
export type ReplayGame = {
  /** Header of its journal. */
  header: JournalHeader;
  /** Its commands in order. */
  records: CommandRecord[];
  /** Its seats. */
  seats: ReplaySeat[];
  /** Its scenario with the drawn fault only: what else could be drawn stays a secret of other games. */
  scenario: ScenarioSpec;
  /** The system that it ran on. */
  system: SystemSpec;
  /** What its room told. */
  room: RoomInfo;
  /** When it closed, simulation microseconds. */
  closedAtMicros: number;
};
