/** Puts a shell line on a prompt for a person to run; nothing runs by itself. */
import { roomAddress } from '../state/address.ts';
import type { RoomState } from '../state/room.svelte.ts';
import type { Route } from '../state/route.svelte.ts';

/**
 * Opens a terminal with the line on its prompt and `why` above it: the one that is open, else the first that
 * is free.
 */
export function putIntoTerminal(room: RoomState, route: Route, line: string, why = ''): void {
  const { page } = route.address;
  const shown = page.page === 'room' ? room.terminals.find(({ id }) => id === page.tab) : undefined;
  const session = shown ?? room.terminals.find(({ running }) => running === null) ?? room.terminals[0];
  session.offer(line, why);
  route.go(roomAddress(room.code, session.id));
}
