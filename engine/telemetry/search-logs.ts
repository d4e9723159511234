/** Searching the kept logs of all containers, newest first, rendering only what may match. */
import type { Cluster } from '../cluster/cluster-state.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { LOG_LEVELS } from './log-level.ts';
import type { LogLevel } from './log-level.ts';
import { likeness, oldestShelved, shelfIndex } from './log-shelf.ts';
import type { LogShelf } from './log-shelf.ts';
import { shelvedLine } from './shelved-line.ts';
import type { ShelvedLine } from './shelved-line.ts';
import type { Telemetry } from './telemetry.ts';

/** What is searched for. */
export type LogQuery = {
  /** Controller of the pod, `namespace/name` or its name. */
  workload?: string;
  /** Pod name. */
  pod?: string;
  /** Container name. */
  container?: string;
  /** This severity or a worse one. */
  level?: LogLevel;
  /** Text in the line, in any case. */
  text?: string;
  /** First moment, microseconds. */
  fromMicros: number;
  /** Last moment, microseconds. */
  toMicros: number;
  /** Lines at most; the newest are found. */
  limit: number;
  /** False leaves runs of like lines unfolded; default true. */
  fold?: boolean;
};

/** What was found. */
export type LogSearch = {
  /** Lines, oldest first; runs of like lines are folded into their newest. */
  lines: ShelvedLine[];
  /** True when there are more matching lines, older than these. */
  more: boolean;
  /** Records that nobody saw because they were overwritten too soon. */
  lost: number;
};

/** What a query means for this system. */
type Matcher = { query: LogQuery; words: string; templates: boolean[]; processes: Map<number, boolean> };

function createMatcher(cluster: Cluster, query: LogQuery): Matcher {
  const worst = query.level === undefined ? 0 : LOG_LEVELS.indexOf(query.level);
  const templates = cluster.plan.templates.map(({ spec }) => LOG_LEVELS.indexOf(spec.level) >= worst);
  return { query, words: (query.text ?? '').toLowerCase(), templates, processes: new Map() };
}

/** Whether a query asks for the logs of a process. */
function asksFor(matcher: Matcher, cluster: Cluster, number: number): boolean {
  const known = matcher.processes.get(number);
  if (known !== undefined) return known;
  const { workload, pod, container } = matcher.query;
  const process = cluster.processes[number];
  const [, podName, containerName] = process.owner.split('/');
  const asked =
    (workload === undefined ||
      process.workload === workload ||
      process.workload.split('/')[1] === workload) &&
    (pod === undefined || pod === podName) &&
    (container === undefined || container === containerName);
  matcher.processes.set(number, asked);
  return asked;
}

/** The next record of a shelf, from number `from` down, that matches all but the text; −1 = none. */
function nextMatch(matcher: Matcher, cluster: Cluster, shelf: LogShelf, from: number): number {
  const oldest = oldestShelved(shelf);
  const { fromMicros, toMicros } = matcher.query;
  for (let number = from; number >= oldest; number--) {
    const index = shelfIndex(shelf, number);
    if (shelf.at[index] < fromMicros) return -1;
    if (shelf.at[index] > toMicros || !matcher.templates[shelf.template[index]]) continue;
    if (asksFor(matcher, cluster, shelf.process[index])) return number;
  }
  return -1;
}

/** The newest lines that match. */
export function searchLogs(telemetry: Telemetry, world: World, query: LogQuery): LogSearch {
  const { cluster } = world;
  const { addresses } = telemetry;
  const { shelves, lost } = telemetry.logs;
  const matcher = createMatcher(cluster, query);
  const next = shelves.map((shelf) => nextMatch(matcher, cluster, shelf, shelf.total - 1));
  const lines: ShelvedLine[] = [];
  let run = '';
  for (;;) {
    let newest = -1;
    let order = -1;
    for (let at = 0; at < shelves.length; at++) {
      if (next[at] < 0) continue;
      const candidate = shelves[at].order[shelfIndex(shelves[at], next[at])];
      if (candidate > order) {
        order = candidate;
        newest = at;
      }
    }
    if (newest < 0) return { lines: lines.reverse(), more: false, lost };
    const shelf = shelves[newest];
    const index = shelfIndex(shelf, next[newest]);
    next[newest] = nextMatch(matcher, cluster, shelf, next[newest] - 1);
    const key = query.fold === false ? String(order) : likeness(shelf, index);
    // A line of a run matches as its newest did; only a search for a text has to look at each.
    if (key === run && matcher.words === '') {
      lines[lines.length - 1].count += shelf.count[index];
      continue;
    }
    const line = shelvedLine(cluster, shelf, index, addresses);
    if (matcher.words !== '' && !line.text.toLowerCase().includes(matcher.words)) continue;
    if (key === run) {
      lines[lines.length - 1].count += line.count;
      continue;
    }
    if (lines.length >= query.limit) return { lines: lines.reverse(), more: true, lost };
    lines.push(line);
    run = key;
  }
}
