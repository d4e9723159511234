/**
 * What seats have been shown by pages that ask again and again: the same is recorded once, so that a chart
 * that refreshes does not fill the journal. What is typed into a terminal is recorded every time.
 */
import type { Observation } from '@chaotic-good/engine/protocol/cluster-commands';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';

/** Observations that one answer leaves at most. */
const OBSERVATIONS_MAX = 200;

/** Single facts of an observation; seen when each has been seen. */
function factsOf(observation: Observation): string[] {
  if (observation.tool !== 'logs') return [JSON.stringify(observation)];
  const { namespace, pod, container, templates } = observation;
  return templates.map((template) => JSON.stringify(['logs', namespace, pod, container, template]));
}

/** What has been shown to whom. */
export class ObservationBook {
  readonly #seen = new Map<string, Set<string>>();

  /** Takes up what a log tells. */
  constructor(events: readonly IncidentEvent[]) {
    for (const event of events) {
      if (event.type === 'ObservationMade') this.#takeNew(event.seat, event.observation);
    }
  }

  /** Those observations that show the seat something new; they count as seen from now on. */
  news(seat: string, observations: readonly Observation[]): Observation[] {
    return observations.filter((one) => this.#takeNew(seat, one)).slice(0, OBSERVATIONS_MAX);
  }

  #takeNew(seat: string, observation: Observation): boolean {
    const seen = this.#seen.get(seat) ?? new Set<string>();
    this.#seen.set(seat, seen);
    const fresh = factsOf(observation).filter((fact) => !seen.has(fact));
    for (const fact of fresh) seen.add(fact);
    return fresh.length > 0;
  }
}
