/**
 * The calm before the trouble: it ends by time, or when every connected player is ready. The fault was drawn
 * relative to its end, so ending it early brings everything forward by the same stretch.
 */
import { moveEvent } from '../kernel/event-queue.ts';
import { matchesObservation } from '../protocol/observation-pattern.ts';
import type { Observation } from '../protocol/cluster-commands.ts';
import type { NewEvent } from '../protocol/events.ts';
import type { Incident } from './incident.ts';
import { recordEvents } from './record.ts';

/** Ends the calm now. The onset keeps its distance from the end; only the referee learns when it is. */
export function endCalm(incident: Incident, early: boolean): void {
  const { state, world } = incident;
  const { calm } = state.team;
  if (calm.ended) return;
  const now = world.cluster.nowMicros;
  const gained = calm.endsMicros - now;
  const timeLimitMicros = state.timeLimitMicros - gained;
  recordEvents(state, now, 0, [{ type: 'CalmEnded', audience: 'everyone', early, timeLimitMicros }]);
  if (gained === 0) return;
  const onsetMicros = state.draw.onsetMicros - gained;
  moveEvent(world.cluster.queue, calm.onsetSlot, onsetMicros);
  recordEvents(state, now, 0, [{ type: 'OnsetMoved', audience: 'referee', onsetMicros }]);
}

/** Whether everybody who can play and is here has said to be ready. */
export function everybodyReady(incident: Incident): boolean {
  const { state } = incident;
  const here = [...state.seats.values()].filter(
    (seat) => seat.kind === 'player' && seat.wish !== 'observer' && seat.connected,
  );
  return here.length > 0 && here.every((seat) => state.team.calm.ready.includes(seat.seat));
}

/** Warm-ups that a seat has just done by looking at something; each counts once a seat, during the calm. */
export function warmUpsDone(incident: Incident, seat: string, seen: Observation): NewEvent[] {
  const { state, setup } = incident;
  if (state.team.calm.ended) return [];
  return (setup.scenario.warmUps ?? []).flatMap((warmUp): NewEvent[] => {
    if (state.team.warmUps.get(warmUp.id)?.includes(seat)) return [];
    if (!warmUp.any.some((pattern) => matchesObservation(pattern, seen))) return [];
    const { id, title } = warmUp;
    return [{ type: 'WarmUpDone', audience: 'everyone', seat, warmUpId: id, title }];
  });
}
