/** Names of journals: they become names of files, so nothing else may get in. */
import { StoreError } from './store-error.ts';

const INCIDENT_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** True when a text can name an incident. */
export function isIncidentId(text: string): boolean {
  return INCIDENT_ID.test(text);
}

/**
 * Answers the id it was given.
 *
 * @throws StoreError `unfit` when it cannot name an incident.
 */
export function checkIncidentId(incidentId: string): string {
  if (isIncidentId(incidentId)) return incidentId;
  const shown = JSON.stringify(incidentId.slice(0, 80));
  throw new StoreError('unfit', `${shown} cannot name an incident: use up to 64 letters, digits, - and _.`);
}
