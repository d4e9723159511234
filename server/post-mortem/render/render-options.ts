/** What a rendered post-mortem says about itself, and where it links to. */
import type { PostMortem, PostMortemLine, PostMortemState } from '@chaotic-good/engine/protocol/post-mortem';

/** How a document is rendered. */
export type RenderOptions = {
  /** How far it is. */
  state: PostMortemState;
  /** Its version, 0 when it was computed. */
  version: number;
  /** Where readers reach this server, without a slash at the end; null = nobody outside does: no links. */
  publicUrl: string | null;
};

const STATE_WORDS = {
  none: 'Draft, as computed; nobody has edited it yet',
  draft: 'Draft, as computed, with what players answered',
  edited: 'Draft',
  final: 'Final',
};

/** How far it is, in words. */
export function stateWords({ state, version }: RenderOptions): string {
  return version === 0 ? STATE_WORDS[state] : `${STATE_WORDS[state]}, version ${version}`;
}

/** Address of a moment in the replay; null when there is no address to link to. */
export function replayLink(
  { gameId }: PostMortem,
  { publicUrl }: RenderOptions,
  atMicros: number,
): string | null {
  if (publicUrl === null) return null;
  const second = Math.max(0, Math.floor(atMicros / 1_000_000));
  return `${publicUrl}/#/games/${encodeURIComponent(gameId)}/replay?at=${second}`;
}

/** Lines that are not folded away. */
export function shownLines({ timeline }: PostMortem): PostMortemLine[] {
  return timeline.filter(({ hidden, pinned }) => !hidden || pinned);
}

/** Lines that tell the story by themselves: those that mattered to the whole, and those that were pinned. */
export function keyLines(document: PostMortem): PostMortemLine[] {
  return shownLines(document).filter(({ marker, pinned }) => marker !== '' || pinned);
}

/** Name of a file of this game; the word goes with it wherever it is forwarded to. */
export function fileName(gameId: string, ending: string): string {
  return `EXERCISE-post-mortem-${gameId.replace(/[^A-Za-z0-9_-]/g, '')}${ending}`;
}
