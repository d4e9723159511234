/** Finished games, ready to be played again in a page: those of this engine, with their own draw only. */
import { drawnInstance, drawScenario } from '@chaotic-good/engine/incident/draw';
import type { Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import type { JournalHeader } from '@chaotic-good/engine/protocol/journal-record';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';
import type { ScenarioSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import type { GameStore } from '../store/game-store.ts';
import { bytesHash } from './content-hash.ts';
import { roomInfo } from './room-info.ts';
import { hashedSubject } from './subject-hashes.ts';
import type { HashedSubject } from './subject-hashes.ts';

/** Why a game cannot be played again: there is none, nothing of it was kept, or it is of another engine. */
export type NotReplayed = 'no-game' | 'no-inputs' | 'other-version';

/** A game, or why there is none. */
export type Replayed<T> = { ok: true; value: T } | { ok: false; why: NotReplayed };

/** What the desk needs. */
export type ReplayDeskOptions = {
  /** Where finished games are kept. */
  games: GameStore;
  /** Engine of this server. */
  engineVersion: string;
  /** Gives the prehistory that an incident of this seed begins with, at the load of this server. */
  prehistory: (scenarioId: string, seedHex: string) => Promise<Prehistory>;
};

type Known = { header: JournalHeader; hashed: HashedSubject };

/** The scenario with the drawn fault as its only one. */
function drawnOnly(scenario: ScenarioSpec, header: JournalHeader): ScenarioSpec {
  const draw = drawScenario(scenario, seedFromHex(header.seed), undefined, header.rules.calmSeconds);
  const { choice, instance } = drawnInstance(scenario, draw);
  return { ...scenario, faults: [{ ...choice, instances: [instance] }] };
}

/** Where replays come from. */
export class ReplayDesk {
  readonly #options: ReplayDeskOptions;

  constructor(options: ReplayDeskOptions) {
    this.#options = options;
  }

  /** Everything but the prehistory. */
  async game(id: string): Promise<Replayed<ReplayGame>> {
    const { games } = this.#options;
    const [debrief, inputs, seats] = await Promise.all([
      games.debrief(id),
      games.inputs(id),
      games.seats(id),
    ]);
    if (debrief === undefined) return { ok: false, why: 'no-game' };
    if (inputs === undefined) return { ok: false, why: 'no-inputs' };
    const known = this.#known(inputs.header);
    if (known === null) return { ok: false, why: 'other-version' };
    const { header, hashed } = known;
    const { roomCode = header.roomId, round = 1, seedDay = null } = header;
    const room = roomInfo({ code: roomCode, incidentId: header.roomId, round, seedDay }, hashed.subject);
    const { system, scenario } = hashed.subject;
    const { closedAtMicros } = debrief;
    const { records } = inputs;
    const drawn = drawnOnly(scenario, header);
    return { ok: true, value: { header, records, seats, scenario: drawn, system, room, closedAtMicros } };
  }

  /** What was normal before it, as the engine encodes it. */
  async prehistory(id: string): Promise<Replayed<Uint8Array>> {
    const inputs = await this.#options.games.inputs(id);
    if (inputs === undefined) return { ok: false, why: 'no-game' };
    const known = this.#known(inputs.header);
    if (known === null) return { ok: false, why: 'other-version' };
    const { scenarioId, seed, prehistoryHash } = known.header;
    const { bytes } = await this.#options.prehistory(scenarioId, seed);
    // One of another load is another past.
    return bytesHash(bytes) === prehistoryHash
      ? { ok: true, value: bytes }
      : { ok: false, why: 'other-version' };
  }

  /** The game's subject, if it is exactly the one that this server has. */
  #known(header: JournalHeader): Known | null {
    const hashed = hashedSubject(header.scenarioId);
    if (hashed === undefined || header.engineVersion !== this.#options.engineVersion) return null;
    const same = hashed.scenarioHash === header.scenarioHash && hashed.systemHash === header.systemHash;
    return same ? { header, hashed } : null;
  }
}
