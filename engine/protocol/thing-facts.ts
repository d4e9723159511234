/** The facts of one thing of the system, as a page shows them beside a map or a table. JSON-safe. */
import type { ShelvedLine } from '../telemetry/shelved-line.ts';

/** How a fact should strike the eye. */
export type FactTone = 'neutral' | 'good' | 'warn' | 'bad';

/** A fact in words. */
export type Fact = {
  /** What it is about, e.g. `Node`. */
  name: string;
  /** What holds, e.g. `worker-3`. */
  value: string;
  /** How it should strike the eye. */
  tone: FactTone;
};

/** Something that is used, and how much of it there is. */
export type FactUse = {
  /** What, e.g. `CPU of polls` or `/var/log/polls`. */
  name: string;
  /** In use; null when it is not measured. */
  used: number | null;
  /** Most that may be used; null when there is no limit. */
  limit: number | null;
  /** Unit of both: cores, or bytes. */
  unit: 'cores' | 'bytes';
};

/** Another thing that belongs to it: a pod of a workload, a pod on a node, the node of a pod. */
export type FactPart = {
  /** `kind/name`. */
  id: string;
  /** State in words. */
  state: string;
  /** How it should strike the eye. */
  tone: FactTone;
  /** Where it is or what it is for, '' when there is nothing to say. */
  detail: string;
};

/** A container, with what an action on it needs to name. */
export type FactContainer = {
  /** Its name. */
  name: string;
  /** Its image. */
  image: string;
  /** CPU limit as the object has it, e.g. `500m`; '' for none. */
  cpuLimit: string;
  /** Memory limit as the object has it, e.g. `512Mi`; '' for none. */
  memoryLimit: string;
};

/** A revision of a workload. */
export type FactRevision = {
  /** Its number, growing. */
  number: number;
  /** What the rollout said of itself, '' when nothing. */
  cause: string;
  /** Whether pods are made by it now. */
  current: boolean;
};

/** A volume as a running container sees it. */
export type FactVolume = {
  /** Namespace of the pod. */
  namespace: string;
  /** Pod through which it can be looked at. */
  pod: string;
  /** Container of it that runs. */
  container: string;
  /** Where it is mounted. */
  path: string;
  /** Largest file on it that a program writes as its log, '' when there is none. */
  log: string;
};

/** A Kubernetes event. */
export type FactEvent = {
  /** Last seen at, microseconds. */
  atMicros: number;
  /** Reason, e.g. `BackOff`. */
  reason: string;
  /** What happened. */
  message: string;
  /** How often. */
  count: number;
  /** Warnings strike the eye. */
  tone: FactTone;
};

/** Kinds of things that have facts. */
export type FactKind =
  | 'pod'
  | 'node'
  | 'deployment'
  | 'statefulset'
  | 'daemonset'
  | 'service'
  | 'networkpolicy'
  | 'configmap'
  | 'persistentvolumeclaim';

/** Everything about one thing. */
export type ThingFacts = {
  /** `kind/name`. */
  id: string;
  /** Its kind. */
  kind: FactKind;
  /** Its namespace, '' for a node. */
  namespace: string;
  /** Its name. */
  name: string;
  /** When it was read, microseconds. */
  atMicros: number;
  /** When it was made, microseconds; null when that is not known. */
  createdAtMicros: number | null;
  /** How it is, in words. */
  state: string;
  /** How that should strike the eye. */
  tone: FactTone;
  /** What else holds, in order of interest. */
  facts: Fact[];
  /** What it uses of what it has. */
  uses: FactUse[];
  /** Its conditions, as Kubernetes names them. */
  conditions: Fact[];
  /** Pods that a workload shall have; null for other kinds. */
  replicas: number | null;
  /** Its containers, or those of its pods. */
  containers: FactContainer[];
  /** Things that belong to it. */
  parts: FactPart[];
  /** What stands around it: services, network policies, configurations, claims, as `kind/name`. */
  related: string[];
  /** Revisions of a workload, newest first. */
  revisions: FactRevision[];
  /** Entries of a configuration. */
  data: { key: string; value: string }[];
  /** What a rule of a network policy may name; null for other kinds. */
  rules: { apps: string[]; ports: number[] } | null;
  /** Volumes that can be looked at through a running container. */
  volumes: FactVolume[];
  /** Newest events about it, newest first; at most 6. */
  events: FactEvent[];
  /** Newest log lines of it, oldest first; at most 6. */
  lines: ShelvedLine[];
};
