/** Requests that players send by hand (curl, psql): asked at once, answered when the simulation answers. */
import type { Fact } from '../cluster/cluster-state.ts';
import type { Incident } from './incident.ts';
import { recordEvents } from './record.ts';

/** Remembers which answer a correlation id waits for. */
export function noteRequest(incident: Incident, token: number, correlationId: string): void {
  incident.state.openRequests.set(token, correlationId);
}

/** The answer to an inquiry is in: tells those who wait for it, and takes it off the platform's list. */
export function noteAnswer(incident: Incident, token: number): void {
  const { state, world } = incident;
  const at = world.kube.answers.findIndex((fact) => fact.type === 'answered' && fact.token === token);
  if (at < 0) return;
  const [fact] = world.kube.answers.splice(at, 1) as Extract<Fact, { type: 'answered' }>[];
  const correlationId = state.openRequests.get(token);
  if (correlationId === undefined) return;
  state.openRequests.delete(token);
  const { ok, reached, status, error, latencyMicros } = fact;
  recordEvents(state, world.cluster.nowMicros, 0, [
    {
      type: 'RequestAnswered',
      audience: 'everyone',
      correlationId,
      ok,
      reached,
      status,
      error,
      latencyMicros,
    },
  ]);
}
