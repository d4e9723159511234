/**
 * The system `polls` as the benchmark runs it: a whole incident with Kubernetes and telemetry on, 200 requests
 * a second, and nothing going wrong.
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
export const BENCH_REQUESTS_PER_SECOND = 200;

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
let eventsTaken = 0;
let counting = false;

/** Counts events as they are taken off the list: the only measuring device, a few nanoseconds an event. */
function countEvents(): void {
  if (counting) return;
  counting = true;
  let { kind } = taken;
  Object.defineProperty(taken, 'kind', {
    get: () => kind,
    set: (value: number) => {
      kind = value;
      eventsTaken++;
    },
  });
}

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

/** Runs `polls` for so many simulated seconds; answers with the events that it took. */
export function runPolls(seed: number, simulatedSeconds: number): { events: number; requests: number } {
  prehistory ??= buildPrehistory(setup, VARIANT);
  countEvents();
  const incident = openIncident({ ...setup, seed: seedFor(seed), prehistory });
  const { cluster } = incident.world;
  cluster.load.intensity = BENCH_REQUESTS_PER_SECOND / REQUESTS_PER_SECOND;
  const say = (commandId: string, command: Parameters<typeof submitCommand>[1]['command']) =>
    submitCommand(incident, { commandId, seat: SYSTEM_SEAT, command });
  say('start', { type: 'StartIncident' });
  const before = { events: eventsTaken, requests: requestsServed(incident) };
  runIncident(incident, simulatedSeconds * 1_000_000);
  return { events: eventsTaken - before.events, requests: requestsServed(incident) - before.requests };
}

/** Requests that the proxy has answered. */
function requestsServed({ world }: Incident): number {
  const { cluster } = world;
  const { programs } = cluster.plan;
  return cluster.processes
    .filter(({ program }) => programs[program].spec.kind === 'proxy')
    .reduce((sum, { metrics }) => sum + metrics.ok.reduce((all, count) => all + count, 0), 0);
}
