/** The rooms of this server: made, found by code, closed when nobody needs them any more. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { SeatKind } from '@chaotic-good/engine/protocol/commands';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { Rejection } from '@chaotic-good/engine/protocol/rejection';
import type { IncidentHost, IncidentSummary, OpenRequest } from '../incidents/incident-host.ts';
import type { TerminalPool } from '../terminals/terminal-pool.ts';
import { carryOver } from './carry-over.ts';
import { GameRoom, REMOVED } from './game-room.ts';
import { newRoomCode } from './room-code.ts';
import type { Transport } from './transport.ts';
import { utcDay } from './utc-day.ts';

/** A lobby that nobody is in, and a debrief that nobody reads, are kept for so long. */
const EMPTY_LOBBY_MS = 30 * 60_000;
const EMPTY_DEBRIEF_MS = 10 * 60_000;
const TIDY_MS = 60_000;
/** Rooms at a time. */
const ROOMS_MAX = 200;

/** What the registry needs. */
export type RoomRegistryOptions = {
  host: IncidentHost;
  pool: TerminalPool;
  transport: Transport;
  /** The debrief of a game, when it is there. */
  debrief: (id: string) => Promise<Debrief | undefined>;
  /** The seed of a day that is the same for all. */
  daySeed: (scenarioId: string, day: string) => string;
};

/** A round that has been opened. */
export type OpenedRound = { incidentId: string; round: number };

const NOT_OVER = 'The round is not over: end it first, and let its truth be told.';
const NOT_HOST = 'The host opens the next round. When the host is away, any player may.';
const TURNING = 'The next round is being opened.';

/** The rooms. A room has a code for good; each of its rounds is an incident with an id of its own. */
export class RoomRegistry {
  readonly #options: RoomRegistryOptions;
  /** Rooms of people by the id of their incident; an ended round stays while somebody reads its debrief. */
  readonly #rooms = new Map<string, GameRoom>();
  /** Room code → id of the incident that is played there now. */
  readonly #current = new Map<string, string>();
  /** Room code → seats that its host removed in rounds before. */
  readonly #barred = new Map<string, ReadonlySet<string>>();
  readonly #turning = new Set<string>();
  readonly #roundListeners = new Set<(code: string) => void>();
  readonly #beatListeners = new Set<(code: string, beat: number) => void>();
  /** Rooms whose debrief is kept. */
  readonly #debriefed = new Set<string>();
  readonly #tidy: NodeJS.Timeout;
  #opening = 0;

  constructor(options: RoomRegistryOptions) {
    this.#options = options;
    options.host.onNews((news) => {
      if (news.type === 'debriefed') this.#debriefed.add(news.incidentId);
      this.#rooms.get(news.incidentId)?.news(news);
    });
    this.#tidy = setInterval(() => void this.#closeForgotten(), TIDY_MS);
  }

  /** Whether something can be joined by this: the code of a room, or the id of an incident. */
  has(codeOrId: string): boolean {
    return this.#current.has(codeOrId) || this.#rooms.has(codeOrId);
  }

  /** The incident that is played in a room now, or null. */
  incidentOf(code: string): string | null {
    return this.#current.get(code) ?? null;
  }

  /** The code of the room to which a code or the id of an incident belongs; unknown ones are their own. */
  codeOf(codeOrId: string): string {
    return this.#rooms.get(codeOrId)?.room.code ?? codeOrId;
  }

  /** Hears of each next round, by the code of its room. */
  onNextRound(listener: (code: string) => void): void {
    this.#roundListeners.add(listener);
  }

  /** Hears when a host moves everybody's debrief to a step. */
  onBeat(listener: (code: string, beat: number) => void): void {
    this.#beatListeners.add(listener);
  }

  /** Whether another room may be opened now. */
  get hasRoom(): boolean {
    return this.#rooms.size + this.#opening < ROOMS_MAX;
  }

  /** Opens a room on a new incident. */
  async create(request: Pick<OpenRequest, 'scenarioId' | 'seed' | 'seedDay' | 'rules'>): Promise<string> {
    this.#opening++;
    try {
      const code = this.#newCode();
      const place = { incidentId: code, roomCode: code, round: 1 };
      await this.restore(await this.#options.host.open({ ...place, ...request }));
      return code;
    } finally {
      this.#opening--;
    }
  }

  /** Opens the room of an incident that is there already. */
  async restore({ incidentId, room }: IncidentSummary): Promise<void> {
    const { host, pool, transport, debrief } = this.#options;
    const gameRoom = new GameRoom({
      host,
      pool,
      room,
      debrief: () => debrief(incidentId),
      onBeat: (beat) => this.#tellBeat(room, beat),
    });
    this.#rooms.set(incidentId, gameRoom);
    // After a restart rounds come back in any order.
    const known = this.#rooms.get(this.#current.get(room.code) ?? '');
    if (known === undefined || known.room.round <= room.round) this.#current.set(room.code, incidentId);
    await transport.openRoom(incidentId, gameRoom);
  }

  /**
   * Opens the next round of a room for all who are there: the same scenario and rules, another seed; who
   * plays the seed of the day goes on with that of the day on which the round begins. The host may, and any
   * player while the host is away; a refusal says why not.
   */
  async nextRound(code: string, seat: string): Promise<OpenedRound | Rejection> {
    const before = await this.summary(code);
    const { rules, seats, room, revealed } = before;
    const asking = seats.find((one) => one.seat === seat);
    const hostIsHere = seats.some(({ host, connected }) => host && connected);
    if (asking === undefined || (!asking.host && (hostIsHere || asking.kind !== 'player'))) {
      return { code: 'only-host', sentence: NOT_HOST };
    }
    if (!revealed) return { code: 'not-ready', sentence: NOT_OVER };
    if (this.#turning.has(code)) return { code: 'not-ready', sentence: TURNING };
    this.#turning.add(code);
    try {
      const place = {
        incidentId: this.#newCode(),
        roomCode: room.code,
        round: room.round + 1,
        seedDay: room.seedDay && utcDay(Date.now()),
      };
      const opened = await this.#options.host.open({
        ...place,
        scenarioId: room.scenarioId,
        seed: place.seedDay && this.#options.daySeed(room.scenarioId, place.seedDay),
        rules,
      });
      for (const envelope of carryOver(before)) await this.#options.host.submit(place.incidentId, envelope);
      this.#barred.set(code, new Set([...(this.#barred.get(code) ?? []), ...before.removed]));
      await this.restore(opened);
      this.#rooms.get(before.incidentId)?.moveOn();
      for (const listener of this.#roundListeners) listener(code);
      return { incidentId: place.incidentId, round: place.round };
    } finally {
      this.#turning.delete(code);
    }
  }

  /** How a room stands, by its code or the id of one of its incidents. */
  summary(codeOrId: string): Promise<IncidentSummary> {
    return this.#options.host.query(this.incidentOf(codeOrId) ?? codeOrId, '', { kind: 'summary' });
  }

  /** Takes a seat, or finds that it is taken already by the same person. Durable when this resolves. */
  async takeSeat(
    code: string,
    seat: string,
    person: { name: string; kind: SeatKind },
  ): Promise<Rejection | null> {
    const { seats, removed, incidentId } = await this.summary(code);
    if (removed.includes(seat) || this.#barred.get(code)?.has(seat)) {
      return { code: 'unknown-seat', sentence: REMOVED };
    }
    if (seats.some((one) => one.seat === seat)) return null;
    const envelope = {
      commandId: `${seat}/join-${seats.length}-${crypto.randomUUID()}`,
      seat,
      command: { type: 'JoinSeat' as const, ...person },
    };
    const answer = await this.#options.host.submit(incidentId, envelope);
    if (answer.kind === 'refused') return answer.rejection;
    const { outcome } = answer.ack;
    return outcome.ok || outcome.rejection.code === 'seat-taken' ? null : outcome.rejection;
  }

  /** A seat goes on on another device; who sits there now is told so. */
  handOver(code: string, seat: string): void {
    this.#rooms.get(this.incidentOf(code) ?? code)?.handOver(seat);
  }

  /** Tells everybody that the server goes away, and hangs up. */
  close(): void {
    clearInterval(this.#tidy);
    for (const room of this.#rooms.values()) room.close(false);
  }

  /** Closes rooms that nobody has been in for long and whose incident is over or never began. */
  async #closeForgotten(): Promise<void> {
    for (const [id, room] of this.#rooms) {
      if (room.emptyMs < EMPTY_DEBRIEF_MS) continue;
      const summary = await this.summary(id).catch(() => undefined);
      if (summary === undefined || !this.#isForgotten(id, room, summary)) continue;
      this.#rooms.delete(id);
      this.#debriefed.delete(id);
      if (this.incidentOf(room.room.code) === id) {
        this.#current.delete(room.room.code);
        this.#barred.delete(room.room.code);
      }
      room.close(true);
      await this.#options.transport.closeRoom(id);
      await this.#options.host.retire(id).catch((error: Error) => {
        process.stderr.write(`room ${id} could not be put aside: ${error.message}\n`);
      });
    }
  }

  /** Neither a room nor an incident bears it. */
  #newCode(): string {
    let code = newRoomCode();
    while (this.has(code)) code = newRoomCode();
    return code;
  }

  /** A debrief that is read after the next round has begun is read without the wall. */
  #tellBeat({ code, incidentId }: RoomInfo, beat: number): void {
    if (this.incidentOf(code) !== incidentId) return;
    for (const listener of this.#beatListeners) listener(code, beat);
  }

  #isForgotten(id: string, room: GameRoom, { phase, trouble }: IncidentSummary): boolean {
    if (trouble !== '') return false;
    if (phase === 'closed') return this.#debriefed.has(id);
    return phase === 'lobby' && room.emptyMs >= EMPTY_LOBBY_MS;
  }
}
