/**
 * What each second of a running incident does, in a fixed order: sample, alerts, impact, recovery,
 * invariants, host, close.
 */
import { schedule } from '../kernel/event-queue.ts';
import { sampleTelemetry } from '../telemetry/telemetry.ts';
import { HOLD_SECONDS_DEFAULT } from '../protocol/scenario-spec.ts';
import type { NewEvent } from '../protocol/events.ts';
import { judgeAlerts } from './alerts.ts';
import { nextHost } from './decide/seats.ts';
import { EVENT_SECOND } from './event-kinds.ts';
import { impactTurn } from './impact.ts';
import type { Incident } from './incident.ts';
import { clusterSource, endSecond, takeSample } from './journey-samples.ts';
import { holds } from './predicates.ts';
import { recordEvents } from './record.ts';
import { recoveryTurn } from './resolution.ts';
import { teamTurn } from './team-turn.ts';

/** After so long without its seat, the host's place passes on, microseconds. */
const HOST_GONE_MICROS = 30_000_000;

/** Takes the sample of the second that ended and schedules the next; the same in prehistory. */
export function sampleSecond(
  incident: Pick<Incident, 'world' | 'telemetry'> & { samples: Incident['state']['samples'] },
): void {
  const { world, samples } = incident;
  takeSample(samples, clusterSource(world.cluster));
  if (incident.telemetry !== null) sampleTelemetry(incident.telemetry, world);
  schedule(world.cluster.queue, (endSecond(samples) + 1) * 1_000_000, EVENT_SECOND, 0, 0);
}

/** Records events that no command caused. */
function happen(incident: Incident, ...events: NewEvent[]): void {
  recordEvents(incident.state, incident.world.cluster.nowMicros, 0, events);
}

function judgeImpact(incident: Incident): void {
  const { state, setup } = incident;
  const { journeys } = setup.system;
  const turn = impactTurn(journeys, state.samples, state.impact);
  const { recovered, relapsed } = state.resolution;
  const held = state.impact.endedSecond >= 0 && !recovered && !relapsed;
  if (turn !== null) {
    const type = turn.turn === 'began' ? 'ImpactBegan' : 'ImpactEnded';
    happen(incident, { type, audience: 'referee', second: turn.second });
    const broken = held && turn.turn === 'began';
    if (broken) happen(incident, { type: 'HoldBroken', audience: 'everyone', second: turn.second });
  }
  const holdSeconds = setup.scenario.holdSeconds ?? HOLD_SECONDS_DEFAULT;
  const impactOver = state.impact.beganSecond >= 0 && state.impact.endedSecond >= 0;
  const change = recoveryTurn(journeys, state.samples, { recovered, impactOver, holdSeconds });
  const second = endSecond(state.samples);
  if (change === 'recovered')
    happen(incident, { type: 'IncidentRecovered', audience: 'everyone', second, holdSeconds });
  if (change === 'relapsed') happen(incident, { type: 'IncidentRelapsed', audience: 'everyone', second });
}

/** Notes, for the referee, which invariants broke or were mended in this second. */
function judgeInvariants(incident: Incident): void {
  const { state, setup, world } = incident;
  for (const { id, title, holds: asked } of setup.scenario.invariants) {
    const broken = !holds(world, state.baseline, asked);
    if (broken === state.brokenInvariants.includes(id)) continue;
    const type = broken ? 'InvariantBroken' : 'InvariantRestored';
    happen(incident, { type, audience: 'referee', invariantId: id, title });
  }
}

function passHost(incident: Incident): void {
  const { state, world } = incident;
  const host = state.seats.get(state.host);
  if (host === undefined || host.connected) return;
  if (world.cluster.nowMicros - host.goneSinceMicros < HOST_GONE_MICROS) return;
  const seat = nextHost(state, host.seat);
  if (state.seats.get(seat)?.connected) happen(incident, { type: 'HostPassed', audience: 'everyone', seat });
}

/** Closes when the team has declared the end and the journeys have held, or when time is up. */
function closeIfDue(incident: Incident): void {
  const { state, world } = incident;
  const { recovered, declared } = state.resolution;
  const resolved = declared && recovered;
  if (!resolved && world.cluster.nowMicros < state.timeLimitMicros) return;
  const reason = resolved ? 'resolved' : 'time-limit';
  happen(incident, { type: 'IncidentClosed', audience: 'everyone', reason, recovered });
}

/** The end of a second of a running incident. */
export function endOfSecond(incident: Incident): void {
  const { state, setup, world } = incident;
  sampleSecond({ world, telemetry: incident.telemetry, samples: state.samples });
  if (state.phase !== 'running') return;
  const { journeys } = setup.system;
  happen(
    incident,
    ...judgeAlerts(state.alertMemory, {
      rules: setup.scenario.alerts,
      journeys,
      samples: state.samples,
      cluster: world.cluster,
    }),
  );
  judgeImpact(incident);
  judgeInvariants(incident);
  teamTurn(incident);
  passHost(incident);
  closeIfDue(incident);
}
