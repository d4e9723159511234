/**
 * The contract between whoever carries incidents to people and whatever runs them. Asynchronous and
 * message-based: no object of the engine crosses, so incidents can run in a thread or a process.
 */
import type { ConsoleReading, ConsoleStream, StreamPiece } from '@chaotic-good/engine/console/console-types';
import type { Acknowledgement } from '@chaotic-good/engine/protocol/acknowledgement';
import type {
  CommandOutcome,
  Observation,
  SendRequest,
} from '@chaotic-good/engine/protocol/cluster-commands';
import type { CommandEnvelope } from '@chaotic-good/engine/protocol/commands';
import type { GameRules } from '@chaotic-good/engine/protocol/game-rules';
import type { Rejection } from '@chaotic-good/engine/protocol/rejection';
import type { IncidentPhase, SeatView } from '@chaotic-good/engine/protocol/views';
import type { RoomInfo, WireAnswer, WireQuery } from '@chaotic-good/engine/protocol/wire';

/** What a new incident is made of. */
export type OpenRequest = {
  /** Its id; in the first round of a room its code. */
  incidentId: string;
  /** Code of its room. */
  roomCode: string;
  /** Which round of its room it is, from 1. */
  round: number;
  /** Id of the scenario. */
  scenarioId: string;
  /** Seed as typed, or null for chance. */
  seed: string | null;
  /** Day whose common seed that is, `YYYY-MM-DD`; null for any other seed. */
  seedDay: string | null;
  /** What the room agreed on. */
  rules: GameRules;
};

/** The answer to a command: acknowledged is durable; refused was never recorded. */
export type SubmitAnswer =
  { kind: 'ack'; ack: Acknowledgement } | { kind: 'refused'; commandId: string; rejection: Rejection };

/** Who looks at an incident: each has a stream of frames of its own. */
export type Onlooker = { kind: 'seat'; seat: string } | { kind: 'public' };

/** A frame on its way, made once and never read again here. */
export type FrameText = {
  /** Number in its stream, from 1. */
  seq: number;
  /** Whether it tells everything. */
  full: boolean;
  /** For spectators: the JSON of a `WireFrame`; '' for seats. */
  text: string;
  /** For seats: the frame as `engine/wire/frame-message.ts` packs it. */
  bytes?: Uint8Array;
};

/** Questions; none changes the incident, but what they show to a seat is recorded as observed. */
export type HostQuery =
  /** What a client asks; a debrief is asked of the store, not here. */
  | { kind: 'wire'; query: Exclude<WireQuery, { kind: 'debrief' }> }
  /** Reads a console line, words already split. */
  | { kind: 'read'; argv: string[]; stdin: string }
  /** The next piece of a stream; waits until there is one. */
  | { kind: 'follow'; stream: ConsoleStream }
  /** The answer to a request that was sent by hand; waits for it. */
  | { kind: 'requestAnswer'; request: SendRequest }
  /** Waits until so much simulated time has passed. */
  | { kind: 'sleep'; micros: number }
  /** How badly users were hurt in each second from one on; for the server itself. */
  | { kind: 'badness'; fromSecond: number }
  /** How things stand. */
  | { kind: 'summary' };

/** Answers by the kind of the question. */
export type HostAnswers = {
  wire: WireAnswer;
  read: ConsoleReading;
  follow: StreamPiece;
  requestAnswer: { outcome: CommandOutcome; observed: Observation[] };
  sleep: null;
  /** A value (0–1) a second, up to the newest whole one. */
  badness: number[];
  summary: IncidentSummary;
};

/** How an incident stands. */
export type IncidentSummary = {
  /** Its id. */
  incidentId: string;
  /** What everybody may know of it. */
  room: RoomInfo;
  /** Where it stands. */
  phase: IncidentPhase;
  /** Whether it is closed and the truth may be told: then it gets its debrief. */
  revealed: boolean;
  /** When, microseconds. */
  atMicros: number;
  /** Simulated seconds per real second, as it really passes; 0 while time stands. */
  rate: number;
  /** Seats. */
  seats: SeatView[];
  /** Seats that the host removed; they do not come back. */
  removed: string[];
  /** What the room agreed on. */
  rules: GameRules;
  /** Whether nobody new may join. */
  locked: boolean;
  /** What the team calls itself, '' when it said nothing. */
  team: string;
  /** Why it stands still although nobody paused it, in a sentence; '' when it does not. */
  trouble: string;
};

/** Something about an incident that everybody in its room is told. */
export type HostNews =
  | { type: 'notice'; incidentId: string; level: 'info' | 'warn' | 'bad'; text: string }
  /** It has closed; the debrief follows. */
  | { type: 'closed'; incidentId: string }
  /** The debrief is there. */
  | { type: 'debriefed'; incidentId: string }
  /** The clock was set going, stopped or sped up. */
  | { type: 'clock'; incidentId: string; atMicros: number; rate: number };

/** A stream that was subscribed to. */
export type Subscription = {
  /** Asks that the next frame be a full one, soon. */
  refresh: () => void;
  /** Ends it. */
  end: () => void;
};

/** Whatever runs incidents. */
export interface IncidentHost {
  /** Begins an incident; its journal is durable when this resolves. */
  open(request: OpenRequest): Promise<IncidentSummary>;
  /** The incidents that run or can be looked at. */
  list(): Promise<IncidentSummary[]>;
  /** Asks for something to be done. Safe to repeat: a command id is done once. */
  submit(incidentId: string, envelope: CommandEnvelope): Promise<SubmitAnswer>;
  /** Asks something on behalf of a seat ('' for the server itself). */
  query<Query extends HostQuery>(
    incidentId: string,
    seat: string,
    query: Query,
  ): Promise<HostAnswers[Query['kind']]>;
  /** Subscribes to the frames of an onlooker; the first one is full. */
  subscribe(incidentId: string, onlooker: Onlooker, listener: (frame: FrameText) => void): Subscription;
  /** Hears what is told to whole rooms. */
  onNews(listener: (news: HostNews) => void): void;
  /** The incident as bytes, secrets and all; never for players. */
  snapshot(incidentId: string): Promise<Uint8Array>;
  /** Lets go of an incident that is over and kept in the store. */
  retire(incidentId: string): Promise<void>;
  /** Stops time, makes everything durable and ends. */
  close(): Promise<void>;
}
