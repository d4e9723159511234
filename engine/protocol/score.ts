/** The score and what earned each point of it. */
import type { GameMode } from './game-rules.ts';

/** What a point rests on. */
export type BecauseLink =
  | { kind: 'event'; seq: number }
  | { kind: 'check'; id: string }
  | { kind: 'window'; fromSecond: number; toSecond: number };

/** One reason. */
export type Because = {
  /** Points that it gave or took, before rescaling. */
  points: number;
  /** In words. */
  sentence: string;
  /** What it rests on. */
  link: BecauseLink;
};

/** One part of the score. */
export type ScorePart = {
  /** Which part. */
  id: 'impact' | 'diagnosis' | 'recovery' | 'harm';
  /** Title. */
  title: string;
  /** Points earned, before rescaling. Harm is negative or 0; impact can be negative. */
  points: number;
  /** Most that can be earned, before rescaling. */
  max: number;
  /** Why. */
  because: Because[];
};

/** A score. */
export type Score = {
  /** Version of the rules; boards never mix them. 1 knew neither modes nor hints. */
  scoringVersion: 1 | 2;
  /** How much was at stake; in practice harm is told and not charged. Absent in version 1: ranked rules. */
  mode?: GameMode;
  /** Share of the points that hints cost, 0 to 1. Absent in version 1: none. */
  hintShare?: number;
  /** 0 to 1000, a whole number. */
  total: number;
  /** Sum of the parts before rescaling and clamping. */
  rawPoints: number;
  /** Most that the parts can give: 750. */
  rawMax: number;
  /** The parts. */
  parts: ScorePart[];
};
