/** The state of a machine of the cluster. */
import type { Conntrack } from './conntrack.ts';
import type { HostCpu } from './host-cpu.ts';

/** A machine. */
export type Host = {
  /** Name, e.g. `worker-1`. */
  name: string;
  /** CPU cores. */
  cores: number;
  /** Memory, bytes. */
  memoryBytes: number;
  /** Share of packets lost between other hosts and `dropPort` of processes here, 0–1. */
  dropShare: number;
  /** Port whose packets are lost; 0 = none. */
  dropPort: number;
  /** Segments sent again to or from processes here, ever. */
  retransmits: number;
  /** Node-local partitions: path on the host → volume number. */
  partitions: Map<string, number>;
  /** Its connection tracking; absent = no limit on flows. */
  conntrack?: Conntrack;
  /** How its processes contend for its cores; absent: each has them to itself, under its quota. */
  cpu?: HostCpu;
  /** What programs here believe the time is, less the true time, microseconds; absent = 0. */
  clockSkewMicros?: number;
};
