/** The system as it fares now: the map, pods, nodes and what is left of the error budget. */
import type { IncidentFrame } from '@chaotic-good/engine/protocol/views';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import { budgetLeft } from './journey-signals.ts';
import { byLevel } from './level.ts';
import { mapEdges, mapNodes } from './service-map.ts';
import { nodeThings, podThings } from './things.ts';
import type { TelemetryState } from './telemetry.svelte.ts';

/** What of a room it is read off. */
export type SystemSource = {
  readonly telemetry: TelemetryState;
  readonly view: IncidentFrame | null;
  readonly info: RoomInfo | null;
};

/** Windows between which failing is compared to say whether it gets better, seconds. */
const NOW_SECONDS = 10;
const BEFORE_SECONDS = 40;
/** A change of a fifth is a change. */
const STEADY_SHARE = 0.2;

/** The system, read again with every piece of news. */
export class SystemState {
  #source: SystemSource;
  /** Pods, in order of their names. */
  pods = $derived.by(() => podThings(this.#source.telemetry));
  /** Nodes, in order of their names. */
  nodes = $derived.by(() => nodeThings(this.#source.telemetry));
  /** Pods and nodes, worst first. */
  worstFirst = $derived([...this.pods, ...this.nodes].sort(byLevel));
  /** Edges of the map. */
  edges = $derived.by(() => {
    const { info } = this.#source;
    return info === null ? [] : mapEdges(info, this.#source.telemetry);
  });
  /** Parts on the map. */
  parts = $derived.by(() => {
    const { info } = this.#source;
    return info === null ? [] : mapNodes(info, this.edges, this.pods);
  });
  /** Share of the error budget that is left; below 0 when it is overspent. */
  budget = $derived.by(() => {
    const { view } = this.#source;
    if (view === null) return null;
    return budgetLeft(this.#source.telemetry, view.journeys, view.timeLimitMicros / 1e6);
  });
  /** User actions that fail per second. */
  failingPerSecond = $derived.by(
    () => this.#source.telemetry.rate('journey_failures_total', {}, NOW_SECONDS) ?? 0,
  );
  /** Whether more of them fail than half a minute ago. */
  trend = $derived.by((): 'rising' | 'falling' | 'steady' => {
    const long = this.#source.telemetry.rate('journey_failures_total', {}, BEFORE_SECONDS) ?? 0;
    const before =
      (long * BEFORE_SECONDS - this.failingPerSecond * NOW_SECONDS) / (BEFORE_SECONDS - NOW_SECONDS);
    const change = this.failingPerSecond - before;
    if (Math.abs(change) <= Math.max(0.3, before * STEADY_SHARE)) return 'steady';
    return change > 0 ? 'rising' : 'falling';
  });

  constructor(source: SystemSource) {
    this.#source = source;
  }
}
