/** The lanes of the timeline, and which lines stand in them. */
import type { PostMortem, PostMortemLane, PostMortemLine } from '@chaotic-good/engine/protocol/post-mortem';

/** Lanes with their titles, in the order in which they are drawn. */
export const LANES: readonly { lane: PostMortemLane; title: string }[] = [
  { lane: 'journeys', title: 'Users' },
  { lane: 'system', title: 'System and alerts' },
  { lane: 'decisions', title: 'Decisions' },
  { lane: 'changes', title: 'Changes' },
  { lane: 'comms', title: 'Communication' },
  { lane: 'notes', title: 'Notes' },
];

/** Title of a lane. */
export function laneTitle(lane: PostMortemLane): string {
  return LANES.find((one) => one.lane === lane)?.title ?? lane;
}

/** Lines that are not folded away. */
export function shownLines({ timeline }: Pick<PostMortem, 'timeline'>): PostMortemLine[] {
  return timeline.filter(({ hidden, pinned }) => !hidden || pinned);
}

/** Lines that tell the story by themselves. */
export function keyLines(document: Pick<PostMortem, 'timeline'>): PostMortemLine[] {
  return shownLines(document).filter(({ marker, pinned }) => marker !== '' || pinned);
}
