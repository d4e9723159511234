/**
 * The system `polls` as the benchmark runs it: a whole incident with Kubernetes and telemetry on, 200
 * requests a second, and nothing going wrong.
 */
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { openIncident, runIncident } from '@chaotic-good/engine/incident/incident';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import type { IncidentSetup, Prehistory } from '@chaotic-good/engine/incident/prehistory';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import type { Seed } from '@chaotic-good/engine/kernel/chance';
import { taken } from '@chaotic-good/engine/kernel/event-queue';
import { SYSTEM_SEAT } from '@chaotic-good/engine/protocol/commands';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';
import { polls } from '../systems/polls/system.ts';

/** Requests that reach the proxy in a second. */
const BENCH_REQUESTS_PER_SECOND = 200;

const FAR_SECONDS = 1_000_000;
/** Prehistory is the same for every seed, so that it is built once, outside what is measured. */
const VARIANT = 0;

const setup: IncidentSetup = {
  scenario: { ...pollsMystery, onsetSeconds: [FAR_SECONDS, FAR_SECONDS], timeLimitSeconds: FAR_SECONDS },
  // The same load at every hour, so that the rate is what it says.
  system: { ...polls, load: { hourly: Array(24).fill(1), weekday: Array(7).fill(1), noise: 0 } },
  loadScale: 1,
  telemetry: true,
};

let prehistory: Prehistory | undefined;

/** A seed with the one prehistory. */
function seedFor(number: number): Seed {
  for (let attempt = 0; ; attempt++) {
    const seed = seedFromText(`bench ${number} ${attempt}`);
    if (drawVariant(seed) === VARIANT) return seed;
  }
}

/** Requests that users send in a second at intensity 1: every step of every journey is one. */
const REQUESTS_PER_SECOND = polls.journeys.reduce(
  (sum, journey) => sum + journey.ratePerSecond * journey.steps.length,
  0,
);

/** Runs `polls` for so many simulated seconds; answers with the requests that the proxy served. */
export function runPolls(seed: number, simulatedSeconds: number): { requests: number } {
  prehistory ??= buildPrehistory(setup, VARIANT);
  const incident = openIncident({ ...setup, seed: seedFor(seed), prehistory });
  incident.world.cluster.load.intensity = BENCH_REQUESTS_PER_SECOND / REQUESTS_PER_SECOND;
  submitCommand(incident, { commandId: 'start', seat: SYSTEM_SEAT, command: { type: 'StartIncident' } });
  const before = requestsServed(incident);
  runIncident(incident, simulatedSeconds * 1_000_000);
  return { requests: requestsServed(incident) - before };
}

/**
 * The events that the same run takes off the list. Counting them slows a run by a tenth, so it is done beside
 * the one that is measured; both are equal, event by event.
 */
export function countPollsEvents(seed: number, simulatedSeconds: number): number {
  let { kind } = taken;
  let events = 0;
  Object.defineProperty(taken, 'kind', {
    configurable: true,
    get: () => kind,
    set: (value: number) => {
      kind = value;
      events++;
    },
  });
  try {
    // What opening takes is not part of the run.
    runPolls(seed, 0);
    const opening = events;
    runPolls(seed, simulatedSeconds);
    return events - 2 * opening;
  } finally {
    Object.defineProperty(taken, 'kind', { configurable: true, writable: true, value: kind });
  }
}

/** Requests that the proxy has answered. */
function requestsServed({ world }: Incident): number {
  const { cluster } = world;
  const { programs } = cluster.plan;
  return cluster.processes
    .filter(({ program }) => programs[program].spec.kind === 'proxy')
    .reduce((sum, { metrics }) => sum + metrics.ok.reduce((all, count) => all + count, 0), 0);
}
