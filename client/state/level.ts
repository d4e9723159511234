/** How something fares, told by mark and word, never by colour alone. */

/** A level. */
export type Level = 'healthy' | 'degraded' | 'down' | 'unknown';

const RANK: Record<Level, number> = { down: 0, degraded: 1, unknown: 2, healthy: 3 };

/** The worse one comes first; for sorting. */
export function byLevel(a: { level: Level }, b: { level: Level }): number {
  return RANK[a.level] - RANK[b.level];
}

/** The worse of two. */
export function worse(a: Level, b: Level): Level {
  return RANK[a] <= RANK[b] ? a : b;
}
