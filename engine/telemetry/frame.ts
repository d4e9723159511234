/**
 * What a screen gets of telemetry: everything that changed since it last got something. JSON-safe, the
 * same for everyone who may see telemetry at all, and without anything that is not in telemetry.
 */
import type { Cluster } from '../cluster/cluster-state.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { kubeEventsSince } from './kube-event-feed.ts';
import type { KubeEventRow } from './kube-event-feed.ts';
import { LOG_LEVELS } from './log-level.ts';
import { likeness, oldestShelved, shelfIndex } from './log-shelf.ts';
import type { LogShelf } from './log-shelf.ts';
import { GAP } from './series-store.ts';
import type { Labels } from './series-store.ts';
import { shelvedLine } from './shelved-line.ts';
import type { ShelvedLine } from './shelved-line.ts';
import type { Telemetry } from './telemetry.ts';

/** Log lines at most in a frame, for each second that it covers. */
const FRAME_LINES_PER_SECOND = 100;

/** What its receiver already has. */
export type TelemetryCursor = {
  /** Sampled second. */
  second: number;
  /** Newest log record. */
  logOrder: number;
  /** Newest Kubernetes event. */
  eventVersion: number;
};

/** A series as it stands. */
export type SeriesValue = {
  /** Its number. */
  id: number;
  /** Metric name. */
  name: string;
  /** Labels; shared with telemetry's own state, so never to be changed. */
  labels: Labels;
  /** Newest value; null when it is no longer sampled. */
  value: number | null;
};

/** News of telemetry. */
export type TelemetryFrame = {
  /** To be given back for the next frame. */
  cursor: TelemetryCursor;
  /** Series whose newest value has changed. */
  series: SeriesValue[];
  /** Lines, oldest first; like lines are one line with their count. */
  logLines: ShelvedLine[];
  /** Lines that had no room: milder or older ones than those shown. */
  logLinesOmitted: number;
  /** Kubernetes events that happened, or happened again. */
  kubeEvents: KubeEventRow[];
};

/** Newest records that somebody who had nothing gets to see. */
const FIRST_RECORDS = 1000;

/** Groups of like new records: the newest stands for all. */
type Group = { shelf: LogShelf; index: number; order: number; level: number; count: number };

function newGroups(telemetry: Telemetry, cluster: Cluster, logOrder: number): Group[] {
  const groups = new Map<string, Group>();
  for (const shelf of telemetry.logs.shelves) {
    for (let number = shelf.total - 1; number >= oldestShelved(shelf); number--) {
      const index = shelfIndex(shelf, number);
      if (shelf.order[index] <= logOrder) break;
      const key = likeness(shelf, index);
      const known = groups.get(key);
      if (known !== undefined) {
        known.count += shelf.count[index];
        continue;
      }
      const level = LOG_LEVELS.indexOf(cluster.plan.templates[shelf.template[index]].spec.level);
      groups.set(key, { shelf, index, order: shelf.order[index], level, count: shelf.count[index] });
    }
  }
  return [...groups.values()];
}

/** New lines: the worst first, then the newest, as many as there is room for; shown oldest first. */
function newLines(
  telemetry: Telemetry,
  world: World,
  since: TelemetryCursor | null,
): { lines: ShelvedLine[]; omitted: number } {
  const { cluster } = world;
  const seconds = since === null ? 1 : Math.max(1, telemetry.second - since.second);
  const groups = newGroups(telemetry, cluster, since?.logOrder ?? telemetry.logs.lastOrder - FIRST_RECORDS);
  groups.sort((a, b) => b.level - a.level || b.order - a.order);
  const shown = groups.slice(0, seconds * FRAME_LINES_PER_SECOND).sort((a, b) => a.order - b.order);
  const lines = shown.map(({ shelf, index, count }) => ({
    ...shelvedLine(cluster, shelf, index, telemetry.addresses),
    count,
  }));
  return { lines, omitted: groups.length - shown.length };
}

/** News since a cursor; everything that is current with null. */
export function telemetryFrame(
  telemetry: Telemetry,
  world: World,
  since: TelemetryCursor | null,
): TelemetryFrame {
  const series: SeriesValue[] = [];
  for (const kept of telemetry.series.list) {
    if (kept === null) continue;
    const { id, name, labels, latest, changedSecond } = kept;
    const isNews = since === null ? latest !== GAP : changedSecond > since.second;
    if (isNews) series.push({ id, name, labels, value: latest === GAP ? null : latest });
  }
  const { lines, omitted } = newLines(telemetry, world, since);
  return {
    cursor: {
      second: telemetry.second,
      logOrder: telemetry.logs.lastOrder,
      eventVersion: telemetry.kubeEvents.version,
    },
    series,
    logLines: lines,
    logLinesOmitted: omitted,
    kubeEvents: kubeEventsSince(telemetry.kubeEvents, since?.eventVersion ?? 0),
  };
}
