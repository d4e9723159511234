/** How far a post-mortem is, in words. */
import type { PostMortemSheet } from '@chaotic-good/engine/protocol/post-mortem';

const WORDS = {
  none: 'Draft, as computed; nobody has edited it yet',
  draft: 'Draft, as computed, with what players answered',
  edited: 'Draft',
  final: 'Final',
};

/** The words, with the version once there is one. */
export function stateText({ state, version }: Pick<PostMortemSheet, 'state' | 'version'>): string {
  return version === 0 ? WORDS[state] : `${WORDS[state]}, version ${version}`;
}
