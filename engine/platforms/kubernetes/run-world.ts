/**
 * The loop: what happens next, until a moment in time.
 *
 * Why   Cluster, platform and incident share one event list, so their causes and effects stand in one order
 *       and a run cut into slices is the run as a whole.
 */
import { nextEventMicros, taken, takeEvent } from '../../kernel/event-queue.ts';
import { EVENT_INCIDENT_FIRST, EVENT_PLATFORM_FIRST } from '../../cluster/event-kinds.ts';
import { handleClusterEvent } from '../../cluster/dispatch.ts';
import { EVENT_INQUIRY_ANSWERED } from './event-kinds.ts';
import { handlePlatformEvent } from './handle-platform-event.ts';
import type { World } from './kube-state.ts';
import { handleProcessExit } from './kubelet/pod-steps.ts';
import { handleProbeAnswer } from './kubelet/probes.ts';

/**
 * What the incident does with its own events (kinds ≥ 128) and with `EVENT_INQUIRY_ANSWERED` (a = token).
 * True ends the run at this event: the incident has closed.
 */
export type IncidentHandler = (kind: number, a: number, b: number) => boolean | void;

/**
 * Runs everything that is due before `untilMicros`; the clock then stands there. What is due at that very
 * moment has not happened yet: commands of a moment come first, then its events.
 */
export function runWorld(world: World, untilMicros: number, onIncidentEvent: IncidentHandler): void {
  const { cluster } = world;
  const { queue } = cluster;
  if (cluster.facts.length > 0) drainFacts(world, onIncidentEvent);
  for (;;) {
    const at = nextEventMicros(queue);
    if (at >= untilMicros) break;
    cluster.nowMicros = at;
    takeEvent(queue);
    const { kind, a, b } = taken;
    if (kind < EVENT_PLATFORM_FIRST) handleClusterEvent(cluster, kind, a, b);
    else if (kind < EVENT_INCIDENT_FIRST) handlePlatformEvent(world, kind, a, b);
    else if (onIncidentEvent(kind, a, b) === true) return;
    if (cluster.facts.length > 0) drainFacts(world, onIncidentEvent);
  }
  cluster.nowMicros = untilMicros;
}

/** Takes in what happened to processes; answers to others' questions are kept in `kube.answers`. */
function drainFacts(world: World, onIncidentEvent: IncidentHandler): void {
  const { cluster, kube } = world;
  const { facts } = cluster;
  // What is done about one fact may bring the next.
  for (let at = 0; at < facts.length; at++) {
    const fact = facts[at];
    if (fact.type === 'exited') handleProcessExit(world, fact.process);
    else if (fact.type === 'answered' && !handleProbeAnswer(world, fact)) {
      kube.answers.push({ ...fact });
      onIncidentEvent(EVENT_INQUIRY_ANSWERED, fact.token, 0);
    }
  }
  facts.length = 0;
}
