/** What a kubelet knows of one of its pods: its containers, their processes, probes and back-offs. */
import type { ContainerState } from '../kube-state.ts';

/** Readiness probe. */
export const PROBE_READINESS = 0;
/** Liveness probe. */
export const PROBE_LIVENESS = 1;
/** Startup probe. */
export const PROBE_STARTUP = 2;

/** Names of the probe kinds, by number. */
export const PROBE_NAMES = ['Readiness', 'Liveness', 'Startup'];

/** What the kubelet does next with a container. */
export type ContainerStep =
  /** Nothing scheduled. */
  | 'idle'
  /** Is the image there? */
  | 'pull'
  /** The image has come. */
  | 'pulled'
  /** The image could not be had; wait and try again. */
  | 'pull-backoff'
  /** Make and start the container. */
  | 'create'
  /** An init container ends its work. */
  | 'init-done'
  /** Notice that the process has ended. */
  | 'exited'
  /** Waits before the next start. */
  | 'crash-loop'
  /** A preStop hook is over: stop the process. */
  | 'stop';

/** One probe of a running container. */
export type ProbeRuntime = {
  /** Slot of its next event, −1 when none. */
  slot: number;
  /** Token of the question that is out, −1 when none. */
  token: number;
  /** Successes in a row. */
  successes: number;
  /** Failures in a row. */
  failures: number;
  /** Whether it counts as passed, failed, or not yet told. */
  result: 'unknown' | 'success' | 'failure';
};

/** A wait that doubles with each failure. */
export type BackOff = {
  /** Wait before the next start, microseconds; 0 before the first failure. */
  delayMicros: number;
  /** When it last grew. */
  grownMicros: number;
};

/** One container. */
export type ContainerRuntime = {
  /** Name. */
  name: string;
  /** Whether it is an init container. */
  init: boolean;
  /** What happens next. */
  step: ContainerStep;
  /** Slot of the step's event, −1 when none. */
  slot: number;
  /** Current process, −1 when none was started; an exited one stays until the next start. */
  process: number;
  /** The process before, −1 when none. */
  previous: number;
  /** The current process lives. */
  running: boolean;
  /** The kubelet itself stops it (failed probe, deletion). */
  stopping: boolean;
  /** Its startup probe has passed, or it has none. */
  started: boolean;
  /** Its readiness probe passes, or it has none. */
  ready: boolean;
  /** Starts after the first. */
  restartCount: number;
  /** Back-off between restarts. */
  restart: BackOff;
  /** Back-off between image pulls. */
  pull: BackOff;
  /** When the step that it waits for may happen, microseconds. */
  dueMicros: number;
  /** As the API shows it. */
  state: ContainerState;
  /** How its process before ended, `{}` when there was none. */
  lastState: ContainerState;
  /** containerd's id of the current container, '' when none. */
  containerId: string;
  /** Probes by kind; null = it has none. */
  probes: (ProbeRuntime | null)[];
};

/** One pod on a node. */
export type PodRuntime = {
  /** Serial, in events. */
  serial: number;
  /** Object uid. */
  uid: string;
  /** Namespace. */
  namespace: string;
  /** Name. */
  name: string;
  /** Host number. */
  host: number;
  /** Controller `namespace/name`, for draws of its entities. */
  workload: string;
  /** Number within its workload, for draws of the kubelet. */
  ordinal: number;
  /** Address, '' before its network is made. */
  ip: string;
  /** When the kubelet accepted it, RFC 3339. */
  startTime: string;
  /** Volumes are mounted. */
  mounted: boolean;
  /** Failed attempts to mount, for the growing wait. */
  mountFailures: number;
  /** Volume number by volume name of the pod, for volumes that are disks. */
  disks: Map<string, number>;
  /** Deletion has begun and its containers are being stopped. */
  stopping: boolean;
  /** Its object is gone; only processes are left to end. */
  orphaned: boolean;
  /** A refresh of its mounted configuration is scheduled. */
  refreshDue: boolean;
  /** Containers, init containers first. */
  containers: ContainerRuntime[];
};
