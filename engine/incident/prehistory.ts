/**
 * What was normal: the simulated past of an incident. There are eight of each scenario, from system seeds
 * that no incident seed touches, so they can be built beforehand and cached.
 */
import type { SystemSpec } from '../cluster/system-spec.ts';
import { seedFromText } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import { invariant } from '../kernel/invariant.ts';
import { decodeState, encodeState } from '../kernel/state-codec.ts';
import { apiRequest } from '../platforms/kubernetes/entrance.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { createWorld, restoreWorld, runWorld, snapshotWorld } from '../platforms/kubernetes/world.ts';
import { createTelemetry } from '../telemetry/telemetry.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { ScenarioSpec } from '../protocol/scenario-spec.ts';
import { EVENT_SECOND, EVENT_TIMED_WRITE } from './event-kinds.ts';
import { createJourneySamples } from './journey-samples.ts';
import type { JourneySamples } from './journey-samples.ts';
import { startSecondOfWeek } from './local-start.ts';
import { sampleSecond } from './second.ts';

/** What stays the same over all runs of an incident. */
export type IncidentSetup = {
  /** The scenario. */
  scenario: ScenarioSpec;
  /** The system under test. */
  system: SystemSpec;
  /** 1 in play; tests use 0.1: fewer, proportionally heavier requests. */
  loadScale: number;
  /** False switches telemetry off (counterfactuals, tests). */
  telemetry: boolean;
};

/** A finished prehistory as bytes: cacheable by (engine version, scenario, load scale, variant). */
export type Prehistory = {
  /** Which of the eight. */
  variant: number;
  /** The encoded state at time 0. */
  bytes: Uint8Array;
};

/** A prehistory taken up. */
export type Past = {
  /** The world at time 0. */
  world: World;
  /** Samples of the past. */
  samples: JourneySamples;
  /** Telemetry of the past. */
  telemetry: Telemetry | null;
};

/** Performs a write of the scenario's backdrop. */
export function performTimedWrite(world: World, scenario: ScenarioSpec, number: number): void {
  // A copy: the store may keep the body.
  const request = JSON.parse(JSON.stringify(scenario.backdrop[number].request)) as never;
  apiRequest(world, request);
}

/** Simulates one prehistory, up to time 0. */
export function buildPrehistory(setup: IncidentSetup, variant: number): Prehistory {
  const { scenario, system, loadScale } = setup;
  const startMicros = -scenario.prehistorySeconds * 1_000_000;
  const world = createWorld(system, {
    seed: seedFromText(`${system.id} before time, variant ${variant}`),
    loadScale,
    intensity: 1,
    startSecondOfWeek: startSecondOfWeek(scenario.localStart),
    startMicros,
  });
  const samples = createJourneySamples(-scenario.prehistorySeconds, system.journeys.length);
  const telemetry = setup.telemetry ? createTelemetry(world) : null;
  schedule(world.cluster.queue, startMicros + 1_000_000, EVENT_SECOND, 0, 0);
  scenario.backdrop.forEach(({ atSecond }, number) => {
    schedule(world.cluster.queue, Math.round(atSecond * 1_000_000), EVENT_TIMED_WRITE, number, 0);
  });
  // Through time 0, so that the past is whole; nothing is due between 0 and the first microsecond after.
  runWorld(world, 1, (kind, a) => {
    if (kind === EVENT_SECOND) sampleSecond({ world, samples, telemetry });
    if (kind === EVENT_TIMED_WRITE) performTimedWrite(world, scenario, a);
  });
  world.cluster.nowMicros = 0;
  return { variant, bytes: encodeState({ world: snapshotWorld(world), samples, telemetry }) };
}

/** Takes a prehistory up again; each call makes a world of its own. Telemetry of it may be left aside. */
export function openPrehistory(setup: IncidentSetup, prehistory: Prehistory): Past {
  const tree = decodeState<PastTree>(prehistory.bytes);
  const { samples, telemetry } = tree;
  invariant(!setup.telemetry || telemetry !== null, 'this prehistory was built without telemetry');
  const world = restoreWorld(setup.system, tree.world);
  return { world, samples, telemetry: setup.telemetry ? telemetry : null };
}

type PastTree = { world: unknown; samples: JourneySamples; telemetry: Telemetry | null };
