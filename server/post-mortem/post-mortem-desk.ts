/**
 * Post-mortems as people read and write them: computed until somebody saves, then the newest version, with
 * the answers that have come in since. One that is final stays as it is.
 */
import type {
  PostMortem,
  PostMortemAnswer,
  PostMortemEdit,
  PostMortemSheet,
  PostMortemState,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';
import type { GameSeat } from '../store/finished-game.ts';
import type { GameStore } from '../store/game-store.ts';
import type { GameAnswer, KeptVersion, PostMortemStore } from '../store/post-mortem-store.ts';
import { buildPostMortem } from './build-post-mortem.ts';
import { applyEdit } from './edits.ts';
import { finishedParts } from './finished-parts.ts';
import { takeAnswers } from './take-answers.ts';

/** Versions of a post-mortem at most. */
const VERSIONS_MAX = 200;

/** Finds the seat of whoever asks, in a room of this code; '' when they have none. */
export type SeatFinder = (roomCode: string) => string;

/** How far a post-mortem is, with its document. */
export type CurrentPostMortem = {
  state: PostMortemState;
  version: number;
  versions: PostMortemVersion[];
  document: PostMortem;
  answers: GameAnswer[];
};

/** Why something was not written. */
export type NotWritten = 'no-game' | 'no-seat' | 'final' | 'conflict' | 'too-many';

/** What came of writing: how it stands now, or why not. */
export type Written = { ok: true; sheet: PostMortemSheet } | { ok: false; why: NotWritten };

/** What the desk needs. */
export type PostMortemDeskOptions = {
  games: Pick<GameStore, 'debrief' | 'events' | 'samples' | 'seats'>;
  postMortems: PostMortemStore;
  /** The wall clock, Unix milliseconds. */
  now?: () => number;
};

/** Post-mortems of finished games. */
export class PostMortemDesk {
  readonly #games: PostMortemDeskOptions['games'];
  readonly #kept: PostMortemStore;
  readonly #now: () => number;

  constructor({ games, postMortems, now = Date.now }: PostMortemDeskOptions) {
    this.#games = games;
    this.#kept = postMortems;
    this.#now = now;
  }

  /** How it stands, or undefined when there is no such game. */
  async current(id: string): Promise<CurrentPostMortem | undefined> {
    const versions = await this.#kept.versions(id);
    const answers = await this.#kept.answers(id);
    const last = versions.at(-1);
    const base = last === undefined ? await this.#computed(id) : await this.#saved(id, last.version);
    if (base === undefined) return undefined;
    const state =
      last === undefined
        ? answers.length === 0
          ? 'none'
          : 'draft'
        : last.state === 'final'
          ? 'final'
          : 'edited';
    const document = state === 'final' ? base : takeAnswers(base, answers);
    return { state, version: last?.version ?? 0, versions, document, answers };
  }

  /** How it stands for whoever asks, or undefined when there is no such game. */
  async sheet(id: string, seatIn: SeatFinder): Promise<PostMortemSheet | undefined> {
    const current = await this.current(id);
    if (current === undefined) return undefined;
    const { answers, ...rest } = current;
    const seat = await this.#seatOf(id, seatIn);
    const isOpen = rest.state !== 'final';
    const own = answers.find((answer) => answer.seat === seat?.seat);
    return {
      ...rest,
      role: seat?.role ?? '',
      mayEdit: isOpen && seat !== undefined,
      mayAnswer: isOpen && seat?.kind === 'player',
      answer: own === undefined ? null : { hard: own.hard, change: own.change },
    };
  }

  /** One version with its document. */
  version(id: string, version: number): Promise<KeptVersion | undefined> {
    return this.#kept.version(id, version);
  }

  /** Saves what somebody wrote, who began from version `base`. */
  save(id: string, seatIn: SeatFinder, base: number, edit: PostMortemEdit): Promise<Written> {
    return this.#write(id, seatIn, base, 'draft', (document, role) => applyEdit(document, edit, role));
  }

  /** Locks it as it stands; whoever does so has read version `base`. */
  finish(id: string, seatIn: SeatFinder, base: number): Promise<Written> {
    return this.#write(id, seatIn, base, 'final', (document) => document);
  }

  /** Keeps what a player answered, in place of an earlier answer. */
  async answer(id: string, seatIn: SeatFinder, answer: PostMortemAnswer): Promise<Written> {
    const seat = await this.#seatOf(id, seatIn);
    if (seat?.kind !== 'player') return { ok: false, why: 'no-seat' };
    const versions = await this.#kept.versions(id);
    if (versions.at(-1)?.state === 'final') return { ok: false, why: 'final' };
    const { seat: at, role } = seat;
    await this.#kept.saveAnswer(id, { seat: at, role, ...answer, answeredAtUnixMs: this.#now() });
    return this.#written(id, seatIn);
  }

  async #write(
    id: string,
    seatIn: SeatFinder,
    base: number,
    state: KeptVersion['state'],
    change: (document: PostMortem, role: string) => PostMortem,
  ): Promise<Written> {
    const current = await this.current(id);
    if (current === undefined) return { ok: false, why: 'no-game' };
    const seat = await this.#seatOf(id, seatIn);
    if (seat === undefined) return { ok: false, why: 'no-seat' };
    if (current.state === 'final') return { ok: false, why: 'final' };
    if (current.version !== base) return { ok: false, why: 'conflict' };
    if (base >= VERSIONS_MAX && state === 'draft') return { ok: false, why: 'too-many' };
    const document = change(current.document, seat.role);
    const kept = { version: base + 1, state, author: seat.role, writtenAtUnixMs: this.#now(), document };
    const saved = await this.#kept.saveVersion(id, kept);
    return saved ? this.#written(id, seatIn) : { ok: false, why: 'conflict' };
  }

  async #written(id: string, seatIn: SeatFinder): Promise<Written> {
    const sheet = await this.sheet(id, seatIn);
    return sheet === undefined ? { ok: false, why: 'no-game' } : { ok: true, sheet };
  }

  async #seatOf(id: string, seatIn: SeatFinder): Promise<GameSeat | undefined> {
    const debrief = await this.#games.debrief(id);
    if (debrief === undefined) return undefined;
    const seat = seatIn(debrief.roomCode ?? id);
    return (await this.#games.seats(id)).find((one) => one.seat === seat);
  }

  async #saved(id: string, version: number): Promise<PostMortem | undefined> {
    return (await this.#kept.version(id, version))?.document;
  }

  async #computed(id: string): Promise<PostMortem | undefined> {
    const debrief = await this.#games.debrief(id);
    if (debrief === undefined) return undefined;
    const [events, seats, samples] = await Promise.all([
      this.#games.events(id),
      this.#games.seats(id),
      this.#games.samples(id),
    ]);
    const none = { firstSecond: 0, journeys: 0, counts: [] };
    return buildPostMortem(finishedParts({ debrief, events, seats, samples: samples ?? none }));
  }
}
