/** Prehistories at hand: read when they lie there, built when somebody waits, and all of them at idle. */
import { drawVariant, PREHISTORY_VARIANTS } from '@chaotic-good/engine/incident/draw';
import { seedFromHex } from '@chaotic-good/engine/incident/seed-hex';
import type { Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { SCENARIOS } from '@chaotic-good/scenarios/sdk/registry';
import { URGENCY } from './background-desk.ts';
import type { BackgroundDesk } from './background-desk.ts';
import { PrehistoryCache } from './prehistory-cache.ts';
import { hashedSubject } from './subject-hashes.ts';

/** Seeds drawn in search of one whose prehistory is at hand; the fault does not depend on it. */
const DRAWS_MAX = 64;

/** What the desk needs. */
export type PrehistoryDeskOptions = {
  folder: string;
  engineVersion: string;
  loadScale: number;
  background: BackgroundDesk;
};

/** 128 random bits as 32 hex digits. */
function randomSeedHex(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');
}

/** Where prehistories come from. */
export class PrehistoryDesk {
  readonly #options: PrehistoryDeskOptions;
  readonly #cache: PrehistoryCache;

  constructor(options: PrehistoryDeskOptions) {
    this.#options = options;
    this.#cache = new PrehistoryCache(options.folder, options.engineVersion);
  }

  /** Random bits for a live game, such that its prehistory is at hand if any is. */
  drawSeed(scenarioId: string): string {
    for (let draw = 1; draw < DRAWS_MAX; draw++) {
      const seed = randomSeedHex();
      if (this.#has(scenarioId, drawVariant(seedFromHex(seed)))) return seed;
    }
    return randomSeedHex();
  }

  /** The prehistory that an incident of this seed begins with. */
  async of(scenarioId: string, seedHex: string): Promise<Prehistory> {
    const variant = drawVariant(seedFromHex(seedHex));
    const { loadScale, background } = this.#options;
    const subject = hashedSubject(scenarioId)?.subject;
    const known = subject && this.#cache.load({ subject, loadScale, variant });
    return known ?? background.ask(URGENCY.waiting, 'prehistory', { scenarioId, loadScale, variant });
  }

  /** Builds at idle what is not there yet; the first of each scenario before the others. */
  async buildAll(): Promise<void> {
    this.#cache.dropForeign();
    const { loadScale, background } = this.#options;
    for (let variant = 0; variant < PREHISTORY_VARIANTS; variant++) {
      for (const { id: scenarioId } of SCENARIOS) {
        if (this.#has(scenarioId, variant)) continue;
        await background.ask(URGENCY.idle, 'prehistory', { scenarioId, loadScale, variant });
      }
    }
  }

  /** How many there are, of how many. */
  progress(): { built: number; total: number } {
    let built = 0;
    for (const { id } of SCENARIOS) {
      for (let variant = 0; variant < PREHISTORY_VARIANTS; variant++) if (this.#has(id, variant)) built++;
    }
    return { built, total: SCENARIOS.length * PREHISTORY_VARIANTS };
  }

  /** Whether a game of every scenario can begin at once. */
  get ready(): boolean {
    return SCENARIOS.every(({ id }) =>
      Array.from({ length: PREHISTORY_VARIANTS }, (_, variant) => variant).some((one) => this.#has(id, one)),
    );
  }

  #has(scenarioId: string, variant: number): boolean {
    const subject = hashedSubject(scenarioId)?.subject;
    if (subject === undefined) return false;
    return this.#cache.has({ subject, loadScale: this.#options.loadScale, variant });
  }
}
