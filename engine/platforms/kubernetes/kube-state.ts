/**
 * What the control plane and the kubelets know besides the objects in the store: queues, timers, which
 * process runs which container. Plain data; snapshotted and hashed with the cluster.
 */
import type { Cluster, Fact } from '../../cluster/cluster-state.ts';
import type { JsonObject } from './api-types.ts';
import type { PodRuntime } from './kubelet/pod-runtime.ts';
import type { Store } from './store.ts';

/** A simulated cluster together with the Kubernetes that runs on it. */
export type World = {
  /** Machines, processes, network, disks, users. */
  cluster: Cluster;
  /** Objects, controllers, kubelets. */
  kube: Kube;
};

/** The controllers that reconcile objects by name. */
export type ControllerName =
  | 'deployment'
  | 'replicaset'
  | 'statefulset'
  | 'daemonset'
  | 'scheduler'
  | 'endpoints'
  | 'disruption'
  | 'claims'
  | 'resize'
  | 'nodes';

/** One object that waits for its controller. */
export type WorkItem = {
  /** Which controller. */
  controller: ControllerName;
  /** Namespace, '' for cluster-scoped objects. */
  namespace: string;
  /** Name. */
  name: string;
  /** When it will be looked at. */
  atMicros: number;
  /** Slot of its event. */
  slot: number;
};

/** What the platform keeps per machine. */
export type NodeState = {
  /** Images pulled there, in order. */
  images: string[];
  /** Last octet given to a pod. */
  lastOctet: number;
  /** When the network agent runs next; −1 when nothing is pending. */
  policyDueMicros: number;
  /** What its network agent last compiled, by pod serial; a pod that is absent is not isolated. */
  policies: Map<number, PodIngress[]>;
};

/** One allowed way into a pod, as the network agent knows it. */
export type PodIngress = {
  /** Port, or 0 for every port. */
  port: number;
  /** Pod serials that may connect, or null for anyone. */
  sources: number[] | null;
};

/** Where a probe's answer belongs. */
export type ProbeFlight = {
  /** Pod serial. */
  pod: number;
  /** Container number in the pod. */
  container: number;
  /** Probe kind number. */
  kind: number;
  /** Process that was asked. */
  process: number;
};

/** A pod that found no node. */
export type UnschedulablePod = {
  /** Attempts so far. */
  attempts: number;
  /** Last attempt, microseconds. */
  triedMicros: number;
};

/** What a controller last saw of a pod, to tell changes that matter from those that do not. */
export type SeenPod = {
  /** Node it is bound to, '' before. */
  node: string;
  /** Labels, as text. */
  labels: string;
  /** Address. */
  ip: string;
  /** Whether it is Ready. */
  ready: boolean;
  /** Whether its deletion has begun. */
  deleting: boolean;
  /** Its container images, as text. */
  images: string;
};

/** CPU used by one process when metrics-server looked. */
export type UsageSample = {
  /** When, microseconds. */
  atMicros: number;
  /** CPU used ever, microseconds. */
  usedMicros: number;
  /** Memory, bytes. */
  memoryBytes: number;
};

/** The last two samples of a process. */
export type UsageWindow = {
  /** The older one; null until there are two. */
  before: UsageSample | null;
  /** The newer one. */
  now: UsageSample;
};

/** A pod template by its revision hash. */
export type RevisionRecord = {
  /** Hash. */
  hash: string;
  /** Template. */
  template: JsonObject;
};

/** Kubernetes beside the machines. */
export type Kube = {
  /** Objects and their history. */
  store: Store;
  /** Newest resource version that controllers were told of. */
  routedVersion: number;
  /** Objects that wait for a controller, by item number. */
  work: Map<number, WorkItem>;
  /** `controller|namespace/name` → item number. */
  workByKey: Map<string, number>;
  /** Number of the newest item. */
  lastWork: number;
  /** Per host. */
  nodes: NodeState[];
  /** Pods on nodes, by serial. */
  pods: Map<number, PodRuntime>;
  /** Pod uid → serial. */
  podSerials: Map<string, number>;
  /** Serial of the newest pod. */
  lastPodSerial: number;
  /** Process → serial of its pod; forgotten with the process. */
  podOfProcess: Map<number, number>;
  /** Processes started ever, by workload. */
  ordinals: Map<string, number>;
  /** Probes that wait for an answer, by token. */
  probeFlights: Map<number, ProbeFlight>;
  /** Answers to inquiries of others (curl, psql); the incident takes them. */
  answers: Fact[];
  /** What controllers last saw of each pod, by uid. */
  seenPods: Map<string, SeenPod>;
  /** Pods that found no node, by `namespace/name`. */
  unschedulable: Map<string, UnschedulablePod>;
  /** Processes that stand behind each service (`namespace/name`), as the control plane knows them. */
  serviceProcesses: Map<string, number[]>;
  /** Services whose new addresses are on their way to the balancers, by propagation number. */
  spreading: Map<number, string>;
  /** Number of the newest propagation. */
  lastSpread: number;
  /** Growing claims: `namespace/name` → bytes wanted. */
  resizing: Map<string, number>;
  /** Claim `namespace/name` → its volume. */
  claimVolumes: Map<string, number>;
  /** Templates of StatefulSets and DaemonSets, oldest first, by `kind/namespace/name`. */
  revisions: Map<string, RevisionRecord[]>;
  /** True while a collection of garbage is scheduled. */
  garbageDue: boolean;
  /** CPU and memory samples, by process. */
  usage: Map<number, UsageWindow>;
};

/** State of a container as the API shows it: `{waiting}`, `{running}` or `{terminated}`. */
export type ContainerState = JsonObject;
