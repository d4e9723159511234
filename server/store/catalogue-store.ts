/** The contract of the catalogue: which versions of which scenarios this server has offered. */

/** One version of a scenario. */
export type OfferedScenario = {
  id: string;
  /** Content hash: what makes it this version. */
  contentHash: string;
  title: string;
  level: string;
  /** Id of its system. */
  system: string;
};

/** Scenarios that have been offered. Nothing is ever taken out: games name them. */
export interface CatalogueStore {
  /** Notes that these are offered; those known already stay as they are. */
  offer(scenarios: readonly OfferedScenario[]): Promise<void>;
  /** All, in order of id, the newest version of each first. */
  list(): Promise<OfferedScenario[]>;
}
