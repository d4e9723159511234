/**
 * What travels between a room and a client, whatever carries it. One object a message, as JSON; only the
 * frames of seats, which come every second, and long answers are packed (`engine/wire/seat-message.ts`).
 *
 * Truth is never room state: the incident goes as our own numbered frames, one stream per audience. A
 * client tells the newest frame it has; who has missed some gets them again, or a full frame.
 */
import type { TelemetryFrame } from '../telemetry/frame.ts';
import type { CatalogueEntry, SeriesPoints } from '../telemetry/read-series.ts';
import type { LogQuery, LogSearch } from '../telemetry/search-logs.ts';
import type { Acknowledgement } from './acknowledgement.ts';
import type { Command } from './commands.ts';
import type { Debrief } from './debrief.ts';
import type { Mechanism } from './mechanisms.ts';
import type { Rejection } from './rejection.ts';
import type { ThingFacts } from './thing-facts.ts';
import type { IncidentFrame } from './views.ts';

/** Asks for something to be done; answered by `ack` once it is durable, or by `refused`. */
export type CommandMessage = { type: 'command'; commandId: string; command: Command };

/** Types a line into one of the seat's terminals. */
export type LineMessage = { type: 'line'; terminal: string; lineId: string; line: string };

/** Presses Ctrl-C in a terminal. */
export type InterruptMessage = { type: 'interrupt'; terminal: string };

/** Asks what could stand at the cursor of a line. */
export type CompleteMessage = {
  type: 'complete';
  requestId: string;
  terminal: string;
  line: string;
  cursor: number;
};

/** Tells the newest frame that the client has. */
export type ReceivedMessage = { type: 'received'; seq: number };

/** Asks for a full frame. */
export type ResyncMessage = { type: 'resync' };

/** Asks for something to look at; what is shown is recorded as observed. */
export type QueryMessage = { type: 'query'; requestId: string; query: WireQuery };

/** Moves everybody's debrief to a step, 1 to 4 (the whole page). The host's alone, never recorded. */
export type BeatMessage = { type: 'beat'; beat: number };

/** Tells the others where one looks: a tab of the war room, a thing whose panel is open. Never recorded. */
export type LookMessage = {
  type: 'look';
  /** Tab, e.g. `logs`; '' for none. */
  tab: string;
  /** `kind/name`, '' for none. */
  thing: string;
};

/** Points at a second of a chart: "here". Never recorded. */
export type HereMessage = {
  type: 'here';
  /** Title of the chart. */
  chart: string;
  /** Thing whose chart it is, `kind/name`; '' for charts of all. */
  focus: string;
  /** Second of incident time. */
  second: number;
};

/** Follows the terminals of another seat, read-only; '' ends it. Never recorded. */
export type FollowMessage = { type: 'follow'; seat: string };

/** Where somebody looks, and what their terminal runs. */
export type SeatLook = {
  /** Whose. */
  seat: string;
  /** Tab of the war room, '' for none. */
  tab: string;
  /** Thing whose panel is open, '' for none. */
  thing: string;
  /** Beginning of the line that runs, '' when none does. */
  running: string;
};

/** Everything that a client says. */
export type ClientMessage =
  | CommandMessage
  | LineMessage
  | InterruptMessage
  | CompleteMessage
  | ReceivedMessage
  | ResyncMessage
  | BeatMessage
  | LookMessage
  | HereMessage
  | FollowMessage
  | QueryMessage;

/** A question whose answer changes nothing. */
export type WireQuery =
  /** Every series there is. */
  | { kind: 'catalogue' }
  /** Points of the series of a name whose labels match. */
  | { kind: 'series'; name: string; labels: { [key: string]: string }; fromMicros: number; toMicros: number }
  /** Log lines. */
  | { kind: 'logs'; search: LogQuery }
  /** The facts of one thing, `kind/name`. */
  | { kind: 'facts'; thing: string }
  /** Tells that a chart is read closely; the answer says nothing. */
  | { kind: 'chart'; title: string }
  /** The debrief, once closed. */
  | { kind: 'debrief' };

/** The answer to a question, by its kind. */
export type WireAnswer =
  | { kind: 'catalogue'; series: CatalogueEntry[] }
  | { kind: 'series'; series: SeriesPoints[] }
  | { kind: 'logs'; found: LogSearch }
  /** Null when there is no such thing, or the clock has not started. */
  | { kind: 'facts'; facts: ThingFacts | null }
  | { kind: 'chart' }
  | { kind: 'debrief'; debrief: Debrief };

/** A part of the system on the map. */
export type MapNode = {
  /** `kind/name`, as hypotheses name it. */
  id: string;
  /** Title. */
  title: string;
  /** What it is. */
  kind: 'users' | 'proxy' | 'application' | 'database' | 'agent';
  /** Kubernetes namespace and workload, `namespace/name`; '' for users. */
  workload: string;
};

/** A path that calls take on the map. */
export type MapEdge = {
  /** Name of the edge. */
  name: string;
  /** Id of the calling node. */
  from: string;
  /** Id of the called node. */
  to: string;
};

/** What everybody in a room may know of it, told once. */
export type RoomInfo = {
  /** Code to join with: 8 Crockford characters. It stays from round to round. */
  code: string;
  /** Id of the incident that is played now, and of its finished game; the code itself in the first round. */
  incidentId: string;
  /** Which round of the room it is, from 1. */
  round: number;
  /** Day whose common seed is played, `YYYY-MM-DD` (UTC); null for any other seed. */
  seedDay: string | null;
  /** Scenario id. */
  scenarioId: string;
  /** Its title. */
  title: string;
  /** Its story. */
  story: string;
  /** The system in three sentences. */
  sentences: string[];
  /** Namespace of the terminal. */
  namespace: string;
  /** Unix milliseconds that incident time 0 stands for. */
  startedAtUnixMs: number;
  /** Node and edges of the map. */
  map: { nodes: MapNode[]; edges: MapEdge[] };
  /** What a hypothesis or diagnosis may name as component, `kind/name`. */
  components: string[];
  /** What it may name as mechanism. */
  mechanisms: Mechanism[];
};

/** News of the incident. */
export type WireFrame = {
  /** Number in this stream, from 1, without gaps. */
  seq: number;
  /** Incident time, microseconds. */
  atMicros: number;
  /** True when `view` and `telemetry` hold everything, false when only what changed. */
  full: boolean;
  /** Top-level fields of the view that changed; `timeline` holds only new entries unless full. */
  view: Partial<IncidentFrame>;
  /** Telemetry that changed, without its cursor; null when nothing did. */
  telemetry: Omit<TelemetryFrame, 'cursor'> | null;
};

/** Everything that a room says. */
export type ServerMessage =
  /** First: who you are and where. A full frame follows. */
  | { type: 'welcome'; seat: string; room: RoomInfo }
  | { type: 'frame'; frame: WireFrame }
  /** The command is durable and applied. */
  | { type: 'ack'; ack: Acknowledgement }
  /** The command was refused before it was recorded (malformed, too many, clock stands still). */
  | { type: 'refused'; commandId: string; rejection: Rejection }
  /** A terminal prints. */
  | { type: 'output'; terminal: string; lineId: string; stream: 'stdout' | 'stderr'; text: string }
  /** A line has ended; the terminal shows a prompt again. */
  | { type: 'prompt'; terminal: string; lineId: string; exitCode: number; prompt: string }
  | { type: 'completions'; requestId: string; from: number; items: string[] }
  | { type: 'answer'; requestId: string; ok: true; answer: WireAnswer }
  | { type: 'answer'; requestId: string; ok: false; message: string }
  /** The host has moved everybody's debrief to this step. */
  | { type: 'beat'; beat: number }
  /** Where everybody looks, whenever something changes, at most twice a second; only changes travel. */
  | { type: 'looks'; looks: SeatLook[] }
  /** Somebody points at a second of a chart. */
  | { type: 'here'; seat: string; chart: string; focus: string; second: number }
  /** What a followed terminal shows; a `fresh` piece is its end so far, in place of what came before. */
  | { type: 'followed'; seat: string; text: string; fresh: boolean }
  /** Something about the room itself: storage in trouble, quarantined, closing. */
  | { type: 'notice'; level: 'info' | 'warn' | 'bad'; text: string }
  /**
   * The connection ends: the seat was opened elsewhere, or removed; the room is closed; or its next round
   * has begun, which is joined like a room.
   */
  | { type: 'bye'; reason: ByeReason; text: string };

/** Why a room hangs up. */
export type ByeReason = 'replaced' | 'removed' | 'room-closed' | 'next-round';
