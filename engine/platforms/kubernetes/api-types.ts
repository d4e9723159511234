/**
 * The words of the Kubernetes API as our store speaks them: requests, answers, objects.
 *
 * Objects are plain JSON exactly as the real API server would serve them, so that a real kubectl can
 * be pointed at the HTTP face later without translation.
 */

/** Any JSON value. Objects in the store are JSON: no undefined, no functions, no shared references. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** The API verbs, spelled as Kubernetes RBAC spells them. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** How a patch body is to be read; the media types of the real API, by their short names. */
export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/** Query parameters the store understands; all optional, spelled as in the URL. */
export type RequestQuery = {
  /** Equality and set-based label selector, e.g. `app=polls,tier!=edge` or `env in (a,b)`. */
  labelSelector?: string;
  /** Field selector, e.g. `spec.nodeName=worker-1` or `involvedObject.name=polls-1`. */
  fieldSelector?: string;
  /** Watch from after this resource version, or the version a list is asked at. */
  resourceVersion?: string;
  /** Ask for a `Table` (kubectl's columns) in place of plain objects. */
  as?: 'table';
  /** Which PATCH this is; required for verb `patch`. */
  patchType?: PatchType;
  /** Who writes, as managedFields records it (kubectl-edit, ci-deployer …). */
  fieldManager?: string;
  /** 'All' validates and answers but stores nothing. */
  dryRun?: 'All';
  /** Seconds a deleted pod may take to stop; default: the pod's own terminationGracePeriodSeconds. */
  gracePeriodSeconds?: number;
  /** 'Background' (default), 'Foreground' or 'Orphan'. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Largest number of items in a list. */
  limit?: number;
  /** Where the next page of a limited list begins, as the page before gave it. */
  continue?: string;
  /** 'Strict' refuses unknown fields; otherwise they are dropped. */
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** Take over fields that another manager applied; accepted and without effect. */
  force?: boolean;
};

/** One request to the API server: the only way anything reads or changes the store. */
export type ApiRequest = {
  /** What to do. */
  verb: Verb;
  /** API group, '' for core, e.g. `apps`. */
  group: string;
  /** API version, e.g. `v1`. */
  version: string;
  /** Plural resource name in lower case, e.g. `deployments`. */
  resource: string;
  /** Namespace; absent for cluster-scoped resources and for lists over all namespaces. */
  namespace?: string;
  /** Object name; absent for list, create and deletecollection. */
  name?: string;
  /** `status`, `scale`, `log`, `binding`, `eviction`. */
  subresource?: string;
  /** Query parameters. */
  query?: RequestQuery;
  /** Object or patch. */
  body?: Json;
  /**
   * Who asks: a seat (`seat:ana`), a controller (`system:deployment-controller`) or
   * a pipeline (`ci-deployer`).
   */
  seat: string;
};

/** Object metadata, as far as the simulator reads it. */
export type ObjectMeta = {
  /** Name, unique per resource and namespace. */
  name: string;
  /** Absent for cluster-scoped objects. */
  namespace?: string;
  /** Unique over the cluster's life. */
  uid: string;
  /** Decimal string, grows with every write of any object. */
  resourceVersion: string;
  /** Grows with every change of spec; starts at 1. */
  generation?: number;
  /** RFC 3339, whole seconds. */
  creationTimestamp: string;
  /** Set while a graceful deletion runs. */
  deletionTimestamp?: string;
  /** Seconds granted to the graceful deletion. */
  deletionGracePeriodSeconds?: number;
  /** Prefix from which the store made the name, if it did. */
  generateName?: string;
  /** Labels. */
  labels?: { [key: string]: string };
  /** Annotations. */
  annotations?: { [key: string]: string };
  /** Owners, for garbage collection and controllers. */
  ownerReferences?: OwnerReference[];
  /** Blocks removal until empty. */
  finalizers?: string[];
  /** Who wrote which fields when. */
  managedFields?: JsonObject[];
};

/** A reference from an owned object to its owner. */
export type OwnerReference = {
  /** Owner's API version, e.g. `apps/v1`. */
  apiVersion: string;
  /** Owner's kind. */
  kind: string;
  /** Owner's name. */
  name: string;
  /** Owner's uid. */
  uid: string;
  /** True for the one owner that manages this object. */
  controller?: boolean;
  /** True when foreground deletion of the owner waits for this object. */
  blockOwnerDeletion?: boolean;
};

/** A stored object: apiVersion, kind, metadata, and whatever its kind carries. */
export type KubeObject = {
  /** e.g. `apps/v1`. */
  apiVersion: string;
  /** e.g. `Deployment`. */
  kind: string;
  /** Object metadata. */
  metadata: ObjectMeta;
  /** Desired state. */
  spec?: JsonObject;
  /** Observed state. */
  status?: JsonObject;
  /** ConfigMap and Secret payload. */
  data?: { [key: string]: string };
  /** Whatever else the kind has (Event and Endpoints keep their fields at top level). */
  [key: string]: Json | undefined | ObjectMeta | OwnerReference;
};

/** A list answer. */
export type KubeList = {
  /** e.g. `v1`. */
  apiVersion: string;
  /** e.g. `PodList`. */
  kind: string;
  /** The store's resource version when the list was made. */
  metadata: { resourceVersion: string; remainingItemCount?: number; continue?: string };
  /** The objects, in namespace/name order. */
  items: KubeObject[];
};

/** A column of a `Table` answer; priority 1 columns are shown by `-o wide`. */
export type TableColumn = {
  name: string;
  type: string;
  format: string;
  description: string;
  priority: number;
};

/** The Table answer that kubectl prints. Cells are ready to print except timestamps of kind `date`. */
export type KubeTable = {
  /** Always `Table`. */
  kind: 'Table';
  /** Always `meta.k8s.io/v1`. */
  apiVersion: 'meta.k8s.io/v1';
  /** The store's resource version when the table was made; the rest as in a list. */
  metadata: { resourceVersion: string; remainingItemCount?: number; continue?: string };
  /** Columns. */
  columnDefinitions: TableColumn[];
  /** One row an object; `object` is the whole object. */
  rows: { cells: Json[]; object: KubeObject }[];
};

/** A Status answer: every refusal is one, worded as the real API server words it. */
export type KubeStatus = {
  /** Always `Status`. */
  kind: 'Status';
  /** Always `v1`. */
  apiVersion: 'v1';
  /** Empty. */
  metadata: JsonObject;
  /** Whether the request did what it asked. */
  status: 'Success' | 'Failure';
  /** What kubectl prints after "Error from server (Reason): ". */
  message: string;
  /** NotFound, AlreadyExists, Conflict, Invalid, BadRequest, Forbidden, MethodNotAllowed, Expired … */
  reason: string;
  /** HTTP status code. */
  code: number;
  /** What it was about. */
  details?: JsonObject;
};

/** What `request` answers. */
export type ApiAnswer =
  | { ok: true; code: number; object: KubeObject }
  | { ok: true; code: number; list: KubeList }
  | { ok: true; code: number; table: KubeTable }
  | { ok: false; code: number; status: KubeStatus };

/** One entry of the watch log. */
export type WatchEvent = {
  /** The resource version this write made. */
  resourceVersion: number;
  /** What happened to the object. */
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  /** Plural resource, e.g. `pods`. */
  resource: string;
  /** API group. */
  group: string;
  /** Namespace, '' for cluster-scoped. */
  namespace: string;
  /** Name. */
  name: string;
  /** The object after the write (before it, for DELETED). Frozen by convention: never mutated. */
  object: KubeObject;
};
