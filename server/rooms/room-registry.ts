/** The rooms of this server: made, found by code, closed when nobody needs them any more. */
import type { Debrief } from '@chaotic-good/engine/protocol/debrief';
import type { SeatKind } from '@chaotic-good/engine/protocol/commands';
import type { GameRules } from '@chaotic-good/engine/protocol/game-rules';
import type { Rejection } from '@chaotic-good/engine/protocol/rejection';
import type { IncidentHost, IncidentSummary } from '../incidents/incident-host.ts';
import type { TerminalPool } from '../terminals/terminal-pool.ts';
import { GameRoom, REMOVED } from './game-room.ts';
import { newRoomCode } from './room-code.ts';
import type { Transport } from './transport.ts';

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
};

/** The rooms. */
export class RoomRegistry {
  readonly #options: RoomRegistryOptions;
  readonly #rooms = new Map<string, GameRoom>();
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

  /** Whether there is a room of this code. */
  has(code: string): boolean {
    return this.#rooms.has(code);
  }

  /** Whether another room may be opened now. */
  get hasRoom(): boolean {
    return this.#rooms.size + this.#opening < ROOMS_MAX;
  }

  /** Opens a room on a new incident. */
  async create(scenarioId: string, seed: string | null, rules: GameRules): Promise<string> {
    this.#opening++;
    try {
      let code = newRoomCode();
      while (this.#rooms.has(code)) code = newRoomCode();
      const place = { incidentId: code, roomCode: code, round: 1, seedDay: null };
      await this.restore(await this.#options.host.open({ ...place, scenarioId, seed, rules }));
      return code;
    } finally {
      this.#opening--;
    }
  }

  /** Opens the room of an incident that is there already. */
  async restore({ incidentId, room }: IncidentSummary): Promise<void> {
    const { host, pool, transport, debrief } = this.#options;
    const gameRoom = new GameRoom({ host, pool, room, debrief: () => debrief(incidentId) });
    this.#rooms.set(incidentId, gameRoom);
    await transport.openRoom(incidentId, gameRoom);
  }

  /** How a room stands. */
  summary(code: string): Promise<IncidentSummary> {
    return this.#options.host.query(code, '', { kind: 'summary' });
  }

  /** Takes a seat, or finds that it is taken already by the same person. Durable when this resolves. */
  async takeSeat(
    code: string,
    seat: string,
    person: { name: string; kind: SeatKind },
  ): Promise<Rejection | null> {
    const { seats, removed } = await this.summary(code);
    if (removed.includes(seat)) {
      return { code: 'unknown-seat', sentence: REMOVED };
    }
    if (seats.some((one) => one.seat === seat)) return null;
    const envelope = {
      commandId: `${seat}/join-${seats.length}-${crypto.randomUUID()}`,
      seat,
      command: { type: 'JoinSeat' as const, ...person },
    };
    const answer = await this.#options.host.submit(code, envelope);
    if (answer.kind === 'refused') return answer.rejection;
    const { outcome } = answer.ack;
    return outcome.ok || outcome.rejection.code === 'seat-taken' ? null : outcome.rejection;
  }

  /** A seat goes on on another device; who sits there now is told so. */
  handOver(code: string, seat: string): void {
    this.#rooms.get(code)?.handOver(seat);
  }

  /** Tells everybody that the server goes away, and hangs up. */
  close(): void {
    clearInterval(this.#tidy);
    for (const room of this.#rooms.values()) room.close(false);
  }

  /** Closes rooms that nobody has been in for long and whose incident is over or never began. */
  async #closeForgotten(): Promise<void> {
    for (const [code, room] of this.#rooms) {
      if (room.emptyMs < EMPTY_DEBRIEF_MS) continue;
      const summary = await this.summary(code).catch(() => undefined);
      if (summary === undefined || !this.#isForgotten(code, room, summary)) continue;
      this.#rooms.delete(code);
      room.close(true);
      await this.#options.transport.closeRoom(code);
      await this.#options.host.retire(code).catch((error: Error) => {
        process.stderr.write(`room ${code} could not be put aside: ${error.message}\n`);
      });
    }
  }

  #isForgotten(code: string, room: GameRoom, { phase, trouble }: IncidentSummary): boolean {
    if (trouble !== '') return false;
    if (phase === 'closed') return this.#debriefed.has(code);
    return phase === 'lobby' && room.emptyMs >= EMPTY_LOBBY_MS;
  }
}
