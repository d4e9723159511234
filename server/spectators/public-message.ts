/** What spectators are told besides frames, as JSON; the client imports these types. */
import type { MapEdge, MapNode } from '@chaotic-good/engine/protocol/wire';

/** What everybody may know of a room, told at the beginning of each round. */
export type PublicRoom = {
  /** Its code, 8 characters. It stays from round to round. */
  code: string;
  /** Id of the incident that is shown now, and of its finished game. */
  incidentId: string;
  /** Which round of the room it is, from 1. */
  round: number;
  /** Id of its scenario: its board goes by that. */
  scenarioId: string;
  /** Title of its scenario. */
  title: string;
  /** What the people in it were told at the door. */
  story: string;
  /** The system in three sentences. */
  sentences: string[];
  /** What calls what, by name only. How a part fares is told by alerts and journeys, never here. */
  map: { nodes: MapNode[]; edges: MapEdge[] };
  /** Unix milliseconds that incident time 0 stands for. */
  startedAtUnixMs: number;
  /** How far spectators are behind the room, seconds. */
  delaySeconds: number;
};

/** What users met on one journey, a value for each second of `JourneySignals`; null = not measured. */
export type JourneySignal = {
  /** Name of the journey. */
  name: string;
  /** Counter of user actions that ended. */
  attempts: (number | null)[];
  /** Counter of those that ended badly. */
  failures: (number | null)[];
  /** What the slowest hundredth waited, milliseconds. */
  p99Ms: (number | null)[];
};

/** What users met over some seconds. */
export type JourneySignals = {
  /** Seconds of incident time, rising; those before 0 are what was normal. */
  seconds: number[];
  /** Journeys in the order of the system. */
  journeys: JourneySignal[];
};

/** A stretch of a curve: how badly users were hurt (0–1) in each second from one on. */
export type CurvePiece = {
  /** Second of the first value. */
  from: number;
  /** A value a second. */
  values: number[];
};

/** How badly users are hurt, and how badly they would be by the same second with nobody acting. */
export type PublicCurves = {
  /** As it is played. A piece from second 0 begins anew. */
  own: CurvePiece;
  /** With nobody acting; never further than `own`, and empty until it has been computed. */
  nobody: CurvePiece;
};

/** The host has moved the debrief of this incident to a step, 1 to 4 (the whole page). */
export type PublicBeat = { incidentId: string; beat: number };

/** Why somebody may not watch: `full` and `too-often` pass by themselves, `no-room` does not. */
export type RefusedWhy = 'no-room' | 'too-often' | 'full';
