/** Where evidence was seen, as a pin keeps it: `?tab=logs&q=timeout` stands for a tab of any room. */
import { roomAddress } from './address.ts';

/** Longest place that a pin keeps, characters. */
const PLACE_CHARACTERS_MAX = 500;

/** A tab with what is asked of it, as a place; what does not fit is left out, last first. */
export function placeOf(tab: string, query: Readonly<Record<string, string>> = {}): string {
  const asked = Object.entries(query).filter(([, value]) => value !== '');
  for (;;) {
    const place = `?${new URLSearchParams([['tab', tab], ...asked]).toString()}`;
    if (place.length <= PLACE_CHARACTERS_MAX || asked.length === 0) return place;
    asked.pop();
  }
}

/** The address of a place in a room; '' for evidence that has none. */
export function placeAddress(code: string, place: string): string {
  if (!place.startsWith('?')) return '';
  const { tab = '', ...query } = Object.fromEntries(new URLSearchParams(place.slice(1)));
  return roomAddress(code, encodeURIComponent(tab), query);
}

/** A text of at most so many characters; what is cut off is told by an ellipsis. */
export function cutTo(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1)}…`;
}
