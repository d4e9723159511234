/** Decides about what the team declares: an incident, an alert taken on, the end. */
import type { AcknowledgeAlert, DeclareIncident, DeclareResolved } from '../../protocol/commands.ts';
import { accept, reject } from '../decision.ts';
import type { Decision } from '../decision.ts';
import type { IncidentState } from '../incident-state.ts';

/** May the incident be declared, or its severity changed? */
export function decideDeclareIncident(
  state: IncidentState,
  seat: string,
  command: DeclareIncident,
): Decision {
  if (state.severity === command.severity) {
    return reject(
      'already-declared',
      `It is declared as ${command.severity}. Choose another severity to change it.`,
    );
  }
  return accept({ type: 'IncidentDeclared', audience: 'everyone', seat, severity: command.severity });
}

/** May this alert be taken on? */
export function decideAcknowledgeAlert(
  state: IncidentState,
  seat: string,
  command: AcknowledgeAlert,
): Decision {
  const alert = state.alerts.get(command.alertId);
  if (alert === undefined) return reject('unknown-alert', 'Choose an alert of the list.');
  if (alert.resolvedAtMicros !== null) return reject('alert-not-firing', 'This alert no longer fires.');
  if (alert.acknowledgedBy !== null)
    return reject('already-declared', 'Somebody has taken this alert on already.');
  const { alertId, title } = alert;
  return accept({ type: 'AlertAcknowledged', audience: 'everyone', seat, alertId, title });
}

/**
 * May the end be declared? It closes at once when the hold window is met, and is recorded as early when
 * not. Before anything was noticed (an alert or a declared incident) there is nothing to resolve.
 */
export function decideDeclareResolved(
  state: IncidentState,
  seat: string,
  _command: DeclareResolved,
): Decision {
  if (state.alerts.size === 0 && state.severity === null) {
    return reject('no-impact-yet', 'Nothing has been declared or alerted yet. Declare the incident first.');
  }
  if (state.resolution.declared) {
    return reject('already-declared', 'It is declared resolved. It closes once the journeys have held.');
  }
  const { recovered } = state.resolution;
  const declared = { type: 'ResolutionDeclared', audience: 'everyone', seat, early: !recovered } as const;
  if (!recovered) return accept(declared);
  return accept(declared, {
    type: 'IncidentClosed',
    audience: 'everyone',
    reason: 'resolved',
    recovered: true,
  });
}
