/** Boards in words. */
import type { BoardSeed, GamePlace, SizeBracket } from '@chaotic-good/engine/protocol/boards';

/** Brackets as people read them, smallest first. */
export const BRACKETS: readonly { id: SizeBracket; title: string; sentence: string }[] = [
  { id: '1', title: 'Alone', sentence: 'one player' },
  { id: '2-3', title: '2–3 players', sentence: 'two or three players' },
  { id: '4-up', title: '4 or more', sentence: 'four or more players' },
];

/** `disk-full` as `disk full`. */
export function faultWords(faultClass: string): string {
  return faultClass.replaceAll('-', ' ');
}

/** A seed in a list to choose from. */
export function seedWords({ key, day, games }: BoardSeed, today: string): string {
  const name = day === null ? `Seed of game ${key}` : day === today ? `Today, ${day}` : day;
  return `${name} · ${games} ${games === 1 ? 'game' : 'games'}`;
}

/** Where a game stands, or why it stands nowhere. */
export function placeWords({ place, tied, of, bracket, why }: GamePlace): string {
  if (place !== null) {
    const among = BRACKETS.find(({ id }) => id === bracket)?.sentence ?? '';
    return `${tied ? 'Shared place' : 'Place'} ${place} of ${of} on this seed, ${among}`;
  }
  switch (why) {
    case 'practised':
      return 'Practised: somebody of the team had met this seed before, so it has no place';
    case 'older-rules':
      return 'Scored under older rules, so it has no place';
    default:
      return 'Practice has no place on a board';
  }
}

/** Address of a scenario's board. */
export function boardAddress(scenario: string, seed = '', bracket = ''): string {
  const asked = new URLSearchParams(
    Object.entries({ seed, bracket }).filter(([, value]) => value !== ''),
  ).toString();
  return `#/boards/${encodeURIComponent(scenario)}${asked === '' ? '' : `?${asked}`}`;
}
