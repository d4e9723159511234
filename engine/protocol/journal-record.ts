/**
 * What an incident's journal holds, in order. The journal is the incident: the header opens it, the rest is
 * everything that came from outside, and replaying it gives the same state, byte for byte.
 *
 * Why   Records carry no audience, because no player ever gets one: they hold the seed and hashes, which
 *       would give the truth away, and never leave the server.
 */
import type { Json, KubeObject } from '../platforms/kubernetes/api-types.ts';
import type { CommandEnvelope } from './commands.ts';
import type { GameRules } from './game-rules.ts';
import type { CloseReason } from './recovery.ts';

/** Version of the shape of records; a journal of another one is not replayed. */
export const JOURNAL_VERSION = 1;

/** The first record: from what, and with what, the incident was opened. */
export type JournalHeader = {
  type: 'header';
  /** `JOURNAL_VERSION` of the server that wrote it. */
  journalVersion: number;
  /** Content hash of the engine that played it; another engine may not replay it. */
  engineVersion: string;
  /** Id of the scenario. */
  scenarioId: string;
  /** Content hash of the scenario. */
  scenarioHash: string;
  /** Content hash of the system under test. */
  systemHash: string;
  /** Hash of the prehistory that it began with. */
  prehistoryHash: string;
  /** Which of the prehistories that was. */
  variant: number;
  /** Key of all draws, 32 hex digits. Secret until the debrief. */
  seed: string;
  /** What the room agreed on before it played. */
  rules: GameRules;
  /** 1 in play; less in tests. */
  loadScale: number;
  /** Wall-clock time of incident time 0, milliseconds since 1970; for presentation only. */
  startedAtUnixMs: number;
  /** Id of the incident. */
  roomId: string;
  /** Code of the room that it is played in, which stays from round to round. Absent = the id is the code. */
  roomCode?: string;
  /** Which round of its room it is, from 1. Absent = 1. */
  round?: number;
  /** Day whose common seed it is played on, `YYYY-MM-DD` (UTC). Absent or null = any other seed. */
  seedDay?: string | null;
};

/** A command, written before it takes effect. A refused one stays: a replay refuses it again. */
export type CommandRecord = {
  type: 'command';
  /** Number of the command in the incident, from 1; the one that its acknowledgement bears. */
  seq: number;
  /** When it takes effect, simulation microseconds. */
  atMicros: number;
  /** What was asked, by whom. */
  envelope: CommandEnvelope;
};

/** Time has come so far: written once a second, waited for by nobody. Recovery continues from the last. */
export type MarkRecord = { type: 'mark'; atMicros: number };

/** What the state was, once a minute: a replay that differs stops there. */
export type HashRecord = {
  type: 'hash';
  atMicros: number;
  /** The incident's state hash, 32 hex digits. Secret until the debrief. */
  stateHash: string;
};

/** What a real cluster showed. The simulated one needs none: what it shows follows from the commands. */
export type ClusterObservation =
  /** Measured values, each point `[atMicros, value]`. */
  | {
      kind: 'samples';
      series: { name: string; labels: { [label: string]: string }; points: [number, number][] }[];
    }
  /** Lines of a container's log. */
  | {
      kind: 'logs';
      namespace: string;
      pod: string;
      container: string;
      lines: { atMicros: number; text: string }[];
    }
  /** An object came, changed or went. */
  | { kind: 'object'; change: 'added' | 'modified' | 'deleted'; object: KubeObject }
  /** What a provider says about a fault that it was told to start or to undo. */
  | { kind: 'fault'; faultId: string; step: 'planned' | 'started' | 'undone' | 'failed'; receipt: Json };

/** An observation of a real cluster, as it came in. */
export type ObservationRecord = { type: 'observation'; atMicros: number; observation: ClusterObservation };

/** Why a journal ends: the incident closed, or another engine found it unfinished. */
export type JournalEndReason = CloseReason | 'interrupted-by-upgrade';

/** The last record of a finished incident. */
export type EndRecord = { type: 'end'; atMicros: number; reason: JournalEndReason };

/** Any record of a journal. */
export type JournalRecord =
  JournalHeader | CommandRecord | MarkRecord | HashRecord | ObservationRecord | EndRecord;
