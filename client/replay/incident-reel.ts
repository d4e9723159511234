/**
 * A finished game as a reel: simulated once from its recorded commands, then any second of it at will, from
 * the snapshot before it.
 *
 * Why   Time runs forwards only. A snapshot every half a minute makes going back as quick as going on.
 */
import { openIncident, runThrough } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import type { IncidentSetup } from '@chaotic-good/engine/incident/prehistory';
import { replayIncident } from '@chaotic-good/engine/incident/replay';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import { restoreIncident, snapshotIncident } from '@chaotic-good/engine/incident/snapshot';
import type { CommandRecord } from '@chaotic-good/engine/protocol/journal-record';
import type { ReplayGame } from '@chaotic-good/engine/protocol/replay';

/** How far apart snapshots are, simulated seconds. */
const SNAPSHOT_SECONDS = 30;
/** Snapshots at most: a longer game has them further apart, so that they fit into a page's memory. */
const SNAPSHOTS_MAX = 60;

type Snapshot = {
  second: number;
  /** How many records it has behind it. */
  followed: number;
  bytes: Uint8Array;
};

/** Hears of a command when it has just taken effect, while the reel is wound for the first time. */
export type RecordListener = (record: CommandRecord, incident: Incident) => void;

/** The game at a moment of choice. */
export class IncidentReel {
  /** Second at which the game was closed; the last that can be shown. */
  readonly endSecond: number;
  readonly #game: ReplayGame;
  readonly #setup: IncidentSetup;
  readonly #apart: number;
  readonly #snapshots: Snapshot[] = [];
  #incident: Incident;
  #followed = 0;
  #second = -1;

  /** Opens the game at its beginning. @throws InvariantError when the prehistory is not of this engine. */
  constructor(game: ReplayGame, prehistory: Uint8Array) {
    const { header, scenario, system } = game;
    this.#game = game;
    this.#setup = { scenario, system, loadScale: header.loadScale, telemetry: true };
    const [choice] = scenario.faults;
    this.#incident = openIncident({
      ...this.#setup,
      seed: seedFromHex(header.seed),
      rules: header.rules,
      prehistory: { variant: header.variant, bytes: prehistory },
      forced: { fault: choice.id, instance: choice.instances[0].id },
    });
    this.endSecond = Math.ceil(game.closedAtMicros / 1_000_000);
    this.#apart = Math.max(SNAPSHOT_SECONDS, Math.ceil(this.endSecond / SNAPSHOTS_MAX));
  }

  /** The incident at the second that is shown now; it changes with the next `seek`. */
  get incident(): Incident {
    return this.#incident;
  }

  /**
   * Simulates the whole game, giving each second as it is reached.
   *
   * @throws Error when it does not come to the end that was recorded.
   */
  *wind(listener: RecordListener): Generator<number> {
    for (let second = 0; second <= this.endSecond; second++) {
      this.#runTo(second, listener);
      if (second % this.#apart === 0) this.#keep(second);
      yield second;
    }
    const { phase, closedAtMicros } = this.#incident.state;
    if (phase === 'closed' && closedAtMicros === this.#game.closedAtMicros) return;
    throw new Error('The simulation came to another end than the game did.');
  }

  /** Brings the incident to the end of a second, from 0 to `endSecond`; only after it was wound. */
  seek(second: number): Incident {
    const at = Math.min(this.endSecond, Math.max(0, Math.floor(second)));
    const nearest = this.#snapshots.findLast((one) => one.second <= at) ?? this.#snapshots[0];
    if (at < this.#second || nearest.second > this.#second) {
      this.#incident = restoreIncident(this.#setup, nearest.bytes);
      this.#followed = nearest.followed;
      this.#second = nearest.second;
    }
    this.#runTo(at);
    return this.#incident;
  }

  #runTo(second: number, listener?: RecordListener): void {
    const untilMicros = second * 1_000_000;
    const { records } = this.#game;
    while (this.#followed < records.length && records[this.#followed].atMicros <= untilMicros) {
      const record = records[this.#followed++];
      const { stop } = replayIncident(this.#incident, [record]);
      if (stop !== null) throw new Error(`The simulation parted from the game at ${stop.atMicros} µs.`);
      listener?.(record, this.#incident);
    }
    runThrough(this.#incident, untilMicros);
    this.#second = second;
  }

  #keep(second: number): void {
    const bytes = snapshotIncident(this.#incident);
    this.#snapshots.push({ second, followed: this.#followed, bytes });
  }
}
