/**
 * The post-mortem of an exercise as one JSON-safe document: what a manager reads who was not there. Roles,
 * no names; no score. Most of it is computed from the frozen result; a team edits `PostMortemEdit`.
 */

/** Version of the shape of documents. */
export const POST_MORTEM_SCHEMA = 1;

/** A chart: lines over time, small enough to be embedded. */
export type PostMortemChart = {
  /** What it means, e.g. `What users lost`. */
  title: string;
  /** What a value is, e.g. `% of users hurt`. */
  unit: string;
  /** What to see in it, a sentence; '' when the title says it. */
  caption: string;
  /** Second of incident time of the first value. */
  fromSecond: number;
  /** Seconds from one value to the next. */
  stepSeconds: number;
  /** Lines, each with one value a step; null = nothing was measured. */
  lines: { name: string; values: (number | null)[] }[];
  /** The promise, in the unit of the values; null when there is none. */
  objective: number | null;
  /** The axis reaches up to this value at least. */
  atLeast: number;
  /** Moments worth a mark, seconds. */
  marks: { second: number; label: string }[];
};

/** The lanes of a timeline. */
export type PostMortemLane = 'system' | 'journeys' | 'changes' | 'decisions' | 'comms' | 'notes';

/** A line of the timeline. */
export type PostMortemLine = {
  /** Its id, unique in the document. */
  id: string;
  /** When, microseconds of incident time. */
  atMicros: number;
  /** Where it belongs. */
  lane: PostMortemLane;
  /** Role of who did it, '' for the world. */
  who: string;
  /** What happened, in words. */
  text: string;
  /** Whether the text was typed into a terminal. */
  typed: boolean;
  /** How it should strike the eye. */
  tone: 'neutral' | 'good' | 'bad' | 'action';
  /** What it was to the whole: e.g. `detection`, `diagnosis`, `repair`; '' for most lines. */
  marker: string;
  /** Whether the team thinks it worth a look. */
  pinned: boolean;
  /** Whether it is folded away: noise, or hidden by the team. Exports leave it out. */
  hidden: boolean;
  /** Whether the team wrote it afterwards. */
  added: boolean;
};

/** Something that the team pinned as evidence. */
export type PostMortemEvidence = {
  /** When it was pinned, microseconds. */
  atMicros: number;
  /** What it is. */
  kind: 'chart' | 'log' | 'command';
  /** Role of who pinned it. */
  who: string;
  /** What it shows; for a command, the line. */
  title: string;
  /** The thing itself as text. */
  text: string;
  /** The chart, when it was kept. */
  chart: PostMortemChart | null;
};

/** A sentence of a list that the team edits. */
export type PostMortemPoint = {
  /** Its id, unique in its list. */
  id: string;
  /** The sentence. */
  text: string;
  /** Role of who said it, '' for the document itself. */
  by: string;
};

/** Something to be done. */
export type PostMortemAction = {
  /** Its id, unique in its list. */
  id: string;
  /** What to do. */
  text: string;
  /** Who sees to it: a role or a team, '' = open. */
  owner: string;
  /** By when, `YYYY-MM-DD`, '' = open. */
  due: string;
  /** Role of who asked for it, '' for the document itself. */
  by: string;
};

/** What one run cost. */
export type PostMortemRun = {
  /** Which run. */
  name: string;
  /** User actions that failed. */
  failedActions: number;
  /** What they cost at the assumed price, US cents. */
  costCents: number;
};

/** What it cost. */
export type PostMortemImpact = {
  /** As played, with nobody acting, with the best known course; up to the time limit. */
  runs: PostMortemRun[];
  /** Spans in which users were hurt while it was played: seconds of incident time, end exclusive. */
  hurt: { fromSecond: number; untilSecond: number }[];
  /** How each journey fared over these spans; ratios 0–1, null without traffic. */
  journeys: { title: string; goodRatio: number | null; objectiveRatio: number; failedActions: number }[];
  /** The price assumption: what a failed action of each journey costs, US cents. */
  prices: { title: string; failureCostCents: number }[];
  /** Support tickets that customers opened. */
  tickets: number;
};

/** A part of the time from the first harm on. */
export type PostMortemPhase = {
  /** Its name. */
  title: string;
  /** What it lasted for: from what to what. */
  sentence: string;
  /** How long, seconds. */
  seconds: number;
};

/** A move that made it worse. */
export type PostMortemWorse = {
  /** When it was made, microseconds. */
  atMicros: number;
  /** Role of who made it. */
  who: string;
  /** What kind of move it was. */
  title: string;
  /** The line that was typed. */
  line: string;
  /** What followed. */
  harm: string;
  /** What could be seen then. */
  visible: string[];
  /** What would have told the trouble apart; empty when all of it had been looked at. */
  apart: string[];
};

/** The document. */
export type PostMortem = {
  /** `POST_MORTEM_SCHEMA`. */
  schema: 1;
  /** It was one; stands first wherever the document goes. */
  marking: 'EXERCISE';
  /** Id of the finished game. */
  gameId: string;
  /** What went wrong, as it was called. */
  title: string;
  /** The system under test. */
  system: string;
  /** What the team calls itself, '' when it said nothing. */
  team: string;
  /** Roles that took part. */
  roles: string[];
  /** When it was held, Unix milliseconds; null in older games. */
  heldAtUnixMs: number | null;
  /** Clock of the exercise at incident time 0, Unix milliseconds. */
  startedAtUnixMs: number;
  /** When it closed, microseconds. */
  closedAtMicros: number;
  /** Four sentences: who was hurt; what it cost; what was concluded and true; what ended it, stays open. */
  summary: string[];
  /** What it cost, in numbers. */
  impact: PostMortemImpact;
  /** How the time was spent; empty when users were never hurt. */
  phases: PostMortemPhase[];
  /** The whole in charts. */
  charts: PostMortemChart[];
  /** Around the decisions that mattered, in order of time. */
  decisions: PostMortemChart[];
  /** What was pinned, in order of time. */
  evidence: PostMortemEvidence[];
  /** What happened, in order of time. */
  timeline: PostMortemLine[];
  /** Why it could happen, and last as long as it did. */
  factors: PostMortemPoint[];
  /** What made it worse; null in games before it was told. */
  worse: PostMortemWorse[] | null;
  /** What ended it. */
  ended: string[];
  /** What stays open. */
  open: string[];
  /** What went well. */
  wentWell: PostMortemPoint[];
  /** What was hard. */
  wasHard: PostMortemPoint[];
  /** What is to be done. */
  actions: PostMortemAction[];
  /** Answers of players that the document has taken in, by id; one that the team struck out stays out. */
  answersTaken: string[];
};

/** What a team edits. */
export type PostMortemEdit = Pick<
  PostMortem,
  'summary' | 'factors' | 'wentWell' | 'wasHard' | 'actions' | 'answersTaken'
> & {
  /** Ids of lines that are folded away. */
  hidden: string[];
  /** Ids of lines worth a look. */
  pinned: string[];
  /** Lines that the team wrote afterwards. */
  added: Pick<PostMortemLine, 'id' | 'atMicros' | 'who' | 'text'>[];
};

/** How far a post-mortem is: `draft` = players have answered, `edited` = the team has saved a version. */
export type PostMortemState = 'none' | 'draft' | 'edited' | 'final';

/** A version in a list. */
export type PostMortemVersion = {
  /** From 1. */
  version: number;
  /** Whether it is the last. */
  state: 'draft' | 'final';
  /** Role of who wrote it. */
  author: string;
  /** When, Unix milliseconds. */
  writtenAtUnixMs: number;
};

/** What a player answers after a game. */
export type PostMortemAnswer = {
  /** What was hard, '' = nothing said. */
  hard: string;
  /** One thing to change, '' = nothing said. */
  change: string;
};

/** A post-mortem as its page gets it. */
export type PostMortemSheet = {
  /** How far it is. */
  state: PostMortemState;
  /** Version of the document; 0 = nothing was saved yet, it is computed. */
  version: number;
  /** Versions, oldest first. */
  versions: PostMortemVersion[];
  /** The document. */
  document: PostMortem;
  /** Role of whoever asks, '' for somebody who did not take part. */
  role: string;
  /** Whether whoever asks may change it now. */
  mayEdit: boolean;
  /** Whether whoever asks may answer the two questions now. */
  mayAnswer: boolean;
  /** What they answered, or null. */
  answer: PostMortemAnswer | null;
};
