/** What spectators are told besides frames, as JSON; the client imports these types. */

/** What everybody may know of a room, told once at the beginning. */
export type PublicRoom = {
  /** Its code, 8 characters. */
  code: string;
  /** Title of its scenario. */
  title: string;
  /** What the people in it were told at the door. */
  story: string;
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

/** Why somebody may not watch: `full` and `too-often` pass by themselves, `no-room` does not. */
export type RefusedWhy = 'no-room' | 'too-often' | 'full';
