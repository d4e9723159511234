/** One kept record as a line with where it came from. */
import type { Cluster } from '../cluster/cluster-state.ts';
import type { LogLevel } from './log-level.ts';
import { shelvedRecord } from './log-shelf.ts';
import type { LogShelf } from './log-shelf.ts';
import { renderRecord } from './log-text.ts';

/** A line of the logs of all containers. */
export type ShelvedLine = {
  /** Number over all logs; grows with time. */
  order: number;
  /** When, microseconds. */
  atMicros: number;
  /** Controller of the pod, `namespace/name`. */
  workload: string;
  /** Namespace. */
  namespace: string;
  /** Pod. */
  pod: string;
  /** Container. */
  container: string;
  /** Severity. */
  level: LogLevel;
  /** Template name. */
  template: string;
  /** The text; lines of one record are joined by line ends. */
  text: string;
  /** Records that it stands for, itself included: they differ only in time, duration and request. */
  count: number;
};

/** The line of the record at an index of a shelf. */
export function shelvedLine(
  cluster: Cluster,
  shelf: LogShelf,
  index: number,
  addresses: ReadonlyMap<string, string>,
): ShelvedLine {
  const process = cluster.processes[shelf.process[index]];
  const record = shelvedRecord(shelf, index);
  const { level, name } = cluster.plan.templates[record.template].spec;
  const [namespace, pod = '', container = ''] = process.owner.split('/');
  return {
    order: shelf.order[index],
    atMicros: record.atMicros,
    workload: process.workload,
    namespace,
    pod,
    container,
    level,
    template: name,
    text: renderRecord(cluster, process, record, addresses).join('\n'),
    count: shelf.count[index],
  };
}
