/** What a page and the worker that plays a game again say to each other. */
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { ClientMessage, ServerMessage } from '@chaotic-good/engine/protocol/wire';

/** Whose eyes a replay looks with: a seat's, or those of somebody who knows the truth. */
export type Eyes = { kind: 'seat'; seat: string } | { kind: 'truth' };

/** A moment at which the team chose, or at which something asked it to. */
export type DecisionPoint = {
  /** Second of the incident, whole. */
  second: number;
  /** What kind of moment it is. */
  kind:
    'page' | 'impact' | 'declared' | 'diagnosis' | 'plan' | 'write' | 'status' | 'hint' | 'turn' | 'worse';
  /** The moment in words. */
  text: string;
};

/** Seconds of the incident that pass in one second; 0 = it stands still. */
export type ReplaySpeed = 0 | 1 | 4 | 16;

/** What the page says. */
export type ReplayRequest =
  /** First: simulates the whole game, then shows it at a second. */
  | { type: 'load'; game: ReplayGame; prehistory: Uint8Array; eyes: Eyes; second: number }
  /** Shows another second; answered by a full frame and `at`. */
  | { type: 'seek'; second: number }
  /** Looks with other eyes. */
  | { type: 'look'; eyes: Eyes }
  /** Lets time pass, or stand. */
  | { type: 'play'; speed: ReplaySpeed }
  /** Says what a client says to a room. */
  | { type: 'say'; message: ClientMessage };

/** What the worker says. */
export type ReplayNews =
  /** It has simulated so far; `endSecond` is where it will end. */
  | { type: 'progress'; second: number; endSecond: number }
  /** The whole game is there. */
  | { type: 'ready'; endSecond: number; points: DecisionPoint[] }
  /** What is shown is of this second; it plays at this speed. */
  | { type: 'at'; second: number; speed: ReplaySpeed }
  /** What a room says. */
  | { type: 'room'; message: ServerMessage }
  /** It cannot be played; why, as a sentence. */
  | { type: 'failed'; sentence: string };
