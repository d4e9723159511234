/** Questions about the state of the world that have a yes or a no: a closed list, typed, JSON-safe. */
import type { Json } from '../platforms/kubernetes/api-types.ts';
import type { ObjectRef } from './cluster-commands.ts';

/** Labels that must all be there. */
export type Labels = { [key: string]: string };

/** A question. A part that does not exist answers no, unless its line says otherwise. */
export type Predicate =
  /** A field of an object has exactly this value. Members of lists are given by index or `name=x`. */
  | { type: 'fieldEquals'; object: ObjectRef; path: string[]; value: Json }
  /** A field holds at least this Kubernetes quantity (`250m`, `512Mi`). An absent field answers no. */
  | { type: 'fieldAtLeast'; object: ObjectRef; path: string[]; quantity: string }
  /** The object exists and is not being deleted. */
  | { type: 'objectExists'; object: ObjectRef }
  /** Pods with `fromLabels` may connect to pods with `toLabels` on `port`, by all policies together. */
  | {
      type: 'policyAllows';
      namespace: string;
      fromLabels: Labels;
      toLabels: Labels;
      port: number;
      /** True: and pods without these labels may not. */
      notWide: boolean;
    }
  /** No rule that selects pods with these labels lets everybody in on every port. */
  | { type: 'policyNotWide'; namespace: string; toLabels: Labels }
  /** No ready endpoint of the service runs on the node. */
  | { type: 'noEndpointOnNode'; namespace: string; service: string; node: string }
  /** Every running process of the program acts on this value. No running process answers no. */
  | { type: 'settingIs'; program: string; key: string; value: string }
  /** Every volume whose name begins so is filled less than this share, 0–1. */
  | { type: 'volumeUsedBelow'; volumePrefix: string; ratio: number }
  /** The limit of a workload's container is at least this quantity, or there is none. */
  | {
      type: 'limitAtLeast';
      workload: ObjectRef;
      container: string;
      resource: 'cpu' | 'memory';
      quantity: string;
    }
  /** No data (rows, files that programs call precious) that existed at time 0 has been destroyed. */
  | { type: 'noDataLost' }
  /** The workload asks for at least so many replicas. */
  | { type: 'workloadReplicasAtLeast'; workload: ObjectRef; replicas: number }
  /** Every one holds. */
  | { type: 'all'; of: Predicate[] }
  /** At least one holds. */
  | { type: 'any'; of: Predicate[] }
  /** It does not hold. */
  | { type: 'not'; of: Predicate };

/** Something that no right fix may break. */
export type InvariantSpec = {
  /** Id, unique in the scenario. */
  id: string;
  /** What must stay true, in words. */
  title: string;
  /** The same as a question. */
  holds: Predicate;
};
