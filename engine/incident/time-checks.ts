/** When a command makes sense at all: before the start, while time runs, while it stands, after the close. */
import type { Rejection } from '../protocol/rejection.ts';
import type { IncidentState } from './incident-state.ts';

/** Why something that needs a started, open incident cannot be done now, or null. */
export function whyNotOpen(state: IncidentState): Rejection | null {
  if (state.phase === 'lobby') {
    return { code: 'not-started', sentence: 'The incident has not started. The host starts it.' };
  }
  if (state.phase === 'closed') {
    return { code: 'closed', sentence: 'The incident is closed. Look at the debrief.' };
  }
  return null;
}

/** Why something that needs running time cannot be done now, or null. */
export function whyNotRunning(state: IncidentState): Rejection | null {
  if (state.phase === 'paused') {
    return { code: 'paused', sentence: 'Time stands still. The host resumes the incident.' };
  }
  return whyNotOpen(state);
}
