/** Answers and post-mortems in SQL. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type {
  PostMortem,
  PostMortemState,
  PostMortemVersion,
} from '@chaotic-good/engine/protocol/post-mortem';
import type { Database } from './database.ts';
import type { GameAnswer, KeptVersion, PostMortemStore } from './post-mortem-store.ts';
import { gameAnswers, postMortems } from './schema.ts';
import { storable } from './storable.ts';

/** A row without its document. */
type VersionRow = { version: number; state: 'draft' | 'final'; author: string; writtenAt: Date };

function versionOf({ version, state, author, writtenAt }: VersionRow): PostMortemVersion {
  return { version, state, author, writtenAtUnixMs: writtenAt.getTime() };
}

/** Answers and post-mortems of a database. */
export class DrizzlePostMortems implements PostMortemStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async answers(gameId: string): Promise<GameAnswer[]> {
    const rows = await this.#database
      .select()
      .from(gameAnswers)
      .where(eq(gameAnswers.gameId, gameId))
      .orderBy(asc(gameAnswers.seat));
    return rows.map(({ seat, role, hard, change, answeredAt }) => ({
      seat,
      role,
      hard,
      change,
      answeredAtUnixMs: answeredAt.getTime(),
    }));
  }

  async saveAnswer(gameId: string, answer: GameAnswer): Promise<void> {
    const { answeredAtUnixMs, ...said } = storable(answer);
    const row = { gameId, ...said, answeredAt: new Date(answeredAtUnixMs) };
    await this.#database
      .insert(gameAnswers)
      .values(row)
      .onConflictDoUpdate({ target: [gameAnswers.gameId, gameAnswers.seat], set: row });
  }

  async versions(gameId: string): Promise<PostMortemVersion[]> {
    const { version, state, author, writtenAt } = postMortems;
    const rows = await this.#database
      .select({ version, state, author, writtenAt })
      .from(postMortems)
      .where(eq(postMortems.gameId, gameId))
      .orderBy(asc(version));
    return rows.map(versionOf);
  }

  async version(gameId: string, version: number): Promise<KeptVersion | undefined> {
    const [row] = await this.#database
      .select()
      .from(postMortems)
      .where(and(eq(postMortems.gameId, gameId), eq(postMortems.version, version)));
    return row && { ...versionOf(row), document: row.document as PostMortem };
  }

  async saveVersion(gameId: string, kept: KeptVersion): Promise<boolean> {
    const { version, state, author, writtenAtUnixMs, document } = storable(kept);
    return this.#database.transaction(async (transaction) => {
      const [last] = await transaction
        .select({ version: postMortems.version, state: postMortems.state })
        .from(postMortems)
        .where(eq(postMortems.gameId, gameId))
        .orderBy(desc(postMortems.version))
        .limit(1);
      if (version !== (last?.version ?? 0) + 1 || last?.state === 'final') return false;
      // Of two at once the key lets one in.
      const inserted = await transaction
        .insert(postMortems)
        .values({ gameId, version, state, author, writtenAt: new Date(writtenAtUnixMs), document })
        .onConflictDoNothing()
        .returning({ version: postMortems.version });
      return inserted.length === 1;
    });
  }

  async states(gameIds: readonly string[]): Promise<{ [gameId: string]: PostMortemState }> {
    const states = new Map<string, PostMortemState>(gameIds.map((id) => [id, 'none']));
    if (gameIds.length === 0) return {};
    const ids = [...gameIds];
    const answered = await this.#database
      .selectDistinct({ gameId: gameAnswers.gameId })
      .from(gameAnswers)
      .where(inArray(gameAnswers.gameId, ids));
    for (const { gameId } of answered) states.set(gameId, 'draft');
    const written = await this.#database
      .selectDistinct({ gameId: postMortems.gameId, state: postMortems.state })
      .from(postMortems)
      .where(inArray(postMortems.gameId, ids));
    for (const { gameId, state } of written) {
      if (states.get(gameId) !== 'final') states.set(gameId, state === 'final' ? 'final' : 'edited');
    }
    return Object.fromEntries(states);
  }
}
