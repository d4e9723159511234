/** Where an outbox survives a reload. */
import type { OutboxEntry } from './outbox.ts';

const PREFIX = 'outbox:';

/** Commands of a room that were not over when the page went away. */
export function loadOutbox(code: string): OutboxEntry[] {
  try {
    const stored = JSON.parse(localStorage.getItem(PREFIX + code) ?? '[]') as OutboxEntry[];
    return Array.isArray(stored) ? stored : [];
  } catch {
    return []; // Storage is switched off, or holds something else.
  }
}

/** Keeps what is not over. */
export function storeOutbox(code: string, entries: readonly OutboxEntry[]): void {
  const open = entries.filter(({ state }) => state !== 'done' && state !== 'refused');
  try {
    if (open.length === 0) localStorage.removeItem(PREFIX + code);
    else localStorage.setItem(PREFIX + code, JSON.stringify(open));
  } catch {
    // Without storage the outbox lasts as long as the page.
  }
}
