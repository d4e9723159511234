/** The moments of a game between which a replay jumps. */
import { verbClassOf } from '@chaotic-good/engine/incident/authority';
import { timelineEntry } from '@chaotic-good/engine/incident/timeline';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import type { ReplaySeat } from '@chaotic-good/engine/protocol/replay';
import type { DecisionPoint } from './replay-messages.ts';

const KINDS: { readonly [type in IncidentEvent['type']]?: DecisionPoint['kind'] } = {
  ImpactBegan: 'impact',
  ImpactEnded: 'turn',
  IncidentDeclared: 'declared',
  DiagnosisFiled: 'diagnosis',
  PlanAnswered: 'plan',
  PlanOpened: 'plan',
  StatusPosted: 'status',
  HintTaken: 'hint',
  ResolutionDeclared: 'turn',
  IncidentRecovered: 'turn',
  IncidentRelapsed: 'impact',
  IncidentClosed: 'turn',
};

function kindOf(event: IncidentEvent): DecisionPoint['kind'] | null {
  if (event.type === 'AlertFired') return event.severity === 'page' ? 'page' : null;
  if (event.type !== 'ClusterCommandRan') return KINDS[event.type] ?? null;
  // A request sent by hand shows something; it changes nothing that was there.
  return event.command.type !== 'SendRequest' && verbClassOf(event.command) !== 'safeWrite' ? 'write' : null;
}

/** In order of time; each names the role that decided, where somebody did. */
export function decisionPoints(
  events: readonly IncidentEvent[],
  seats: readonly ReplaySeat[],
): DecisionPoint[] {
  return events.flatMap((event): DecisionPoint[] => {
    const kind = kindOf(event);
    const entry = timelineEntry(event);
    if (kind === null || entry === null) return [];
    const role = seats.find(({ seat }) => seat === entry.seat)?.role ?? '';
    const text = role === '' ? entry.text : `${role}: ${entry.text}`;
    // A second is shown as it ends, so that what happened in it is there.
    return [{ second: Math.ceil(event.atMicros / 1_000_000), kind, text }];
  });
}
