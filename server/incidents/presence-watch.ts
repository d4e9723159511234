/**
 * What the server does by itself when nobody is there: pauses after 60 s, lets time go on when somebody is
 * back, ends an incident that nobody came back to for 24 h. Real time, since players live in it.
 */
import type { IncidentState } from '@chaotic-good/engine/incident/incident-state';
import type { Command } from '@chaotic-good/engine/protocol/commands';

const PAUSE_AFTER_MS = 60_000;
const END_AFTER_MS = 24 * 3_600_000;

/** Prefix of the ids of commands that the server gives in its own name. */
export const SYSTEM_COMMAND_PREFIX = 'system-';

/** Whether the pause that an incident is in was the server's doing; true also of one before a restart. */
function isPausedByServer({ events, receipts }: IncidentState): boolean {
  const paused = events.findLast((event) => event.type === 'IncidentPaused');
  if (paused === undefined) return false;
  for (const [id, { seq }] of receipts) {
    if (seq === paused.commandSeq) return id.startsWith(SYSTEM_COMMAND_PREFIX);
  }
  return false;
}

/** The watch over one incident. */
export class PresenceWatch {
  #goneSinceMs: number | null = null;

  /** What to do now, or null. */
  look(state: IncidentState, nowMs: number): Command | null {
    if (state.phase !== 'running' && state.phase !== 'paused') return null;
    if ([...state.seats.values()].some(({ connected }) => connected)) {
      const wasGone = this.#goneSinceMs !== null;
      this.#goneSinceMs = null;
      return wasGone && state.phase === 'paused' && isPausedByServer(state) ? { type: 'Resume' } : null;
    }
    this.#goneSinceMs ??= nowMs;
    const goneMs = nowMs - this.#goneSinceMs;
    if (goneMs >= END_AFTER_MS) {
      this.#goneSinceMs = nowMs;
      return { type: 'EndIncident' };
    }
    return goneMs >= PAUSE_AFTER_MS && state.phase === 'running' ? { type: 'Pause' } : null;
  }
}
