/**
 * What a player can do to the cluster, as typed data: these are journalled, never the shell line.
 *
 * A line such as `kubectl rollout undo deployment/polls` is read once, by `console`, into one or more
 * of these; replays apply the command again, not the line. Each is resolved when it is applied: an
 * object or pod that is gone by then is a recorded refusal, not an error of ours.
 */
import type { Json } from '../platforms/kubernetes/api-types.ts';

/** Names one object of the Kubernetes store. */
export type ObjectRef = {
  /** API group, '' for core. */
  group: string;
  /** API version, e.g. `v1`. */
  version: string;
  /** Plural resource, e.g. `deployments`. */
  resource: string;
  /** Namespace; '' for cluster-scoped objects. */
  namespace: string;
  /** Name. */
  name: string;
};

/** Names one container of a pod. */
export type ContainerRef = {
  /** Namespace. */
  namespace: string;
  /** Pod name. */
  pod: string;
  /** Container name. */
  container: string;
};

/** Changes an object by a patch; `said` is the word kubectl prints after the name, e.g. `patched`. */
export type PatchObject = {
  type: 'PatchObject';
  target: ObjectRef;
  /** '' or a subresource such as `scale`. */
  subresource: string;
  patchType: 'json' | 'merge' | 'strategic' | 'apply';
  patch: Json;
  fieldManager: string;
  said: string;
};

/** Deletes an object. */
export type DeleteObject = {
  type: 'DeleteObject';
  target: ObjectRef;
  /** Seconds of grace; null = the object's own. */
  gracePeriodSeconds: number | null;
  propagationPolicy: 'Background' | 'Foreground' | 'Orphan';
};

/** Creates an object. */
export type CreateObject = { type: 'CreateObject'; target: ObjectRef; object: Json; said: string };

/** Replaces an object whole. */
export type ReplaceObject = { type: 'ReplaceObject'; target: ObjectRef; object: Json; said: string };

/** Removes a file (`rm`) as seen inside a container; `recursive` removes everything below a directory. */
export type RemoveFile = {
  type: 'RemoveFile';
  in: ContainerRef;
  path: string;
  recursive: boolean;
  force: boolean;
};

/** Cuts a file to a size in bytes (`truncate -s`, `> file`) as seen inside a container. */
export type TruncateFile = { type: 'TruncateFile'; in: ContainerRef; path: string; bytes: number };

/** Sends a signal to the main process of a container (`kill -TERM 1`). */
export type SignalProcess = { type: 'SignalProcess'; in: ContainerRef; signal: 'HUP' | 'TERM' | 'KILL' };

/** Runs a closed set of SQL that changes something: reload of the configuration, ALTER SYSTEM. */
export type RunSql = {
  type: 'RunSql';
  in: ContainerRef;
  statement: { kind: 'reload' } | { kind: 'alterSystem'; key: string; value: string | null };
};

/**
 * Sends a real simulated request (`curl`, `psql -c 'select …'`) from inside a container and waits for
 * its answer, which arrives as an event with the same `correlationId`.
 */
export type SendRequest = {
  type: 'SendRequest';
  /** Container it is sent from; null = from the responder's own terminal, outside the cluster. */
  from: ContainerRef | null;
  /** What is called: a service `namespace/name`, a pod, or localhost of the container. */
  to: { service: string } | { pod: string; namespace: string } | { localhost: true };
  /** Port number called. */
  port: number;
  /** Endpoint of the program, e.g. `GET /results`, `select count votes`, or `probe` for its health check. */
  endpoint: string;
  /** Gives up after this many microseconds. */
  timeoutMicros: number;
  /** Made by the caller; unique in the incident. */
  correlationId: string;
};

/** Every command that changes the cluster. */
export type ClusterCommand =
  | PatchObject
  | DeleteObject
  | CreateObject
  | ReplaceObject
  | RemoveFile
  | TruncateFile
  | SignalProcess
  | RunSql
  | SendRequest;

/**
 * What a player looked at, as typed data: journalled as an `Observed` command, and what evidence is
 * matched against. Only what was really shown counts.
 */
export type Observation =
  /** `kubectl get` of one or many objects; `names` are those shown; `detail` = describe or -o yaml/json. */
  | { tool: 'get'; resource: string; namespace: string; names: string[]; detail: boolean }
  /** `kubectl logs` (or the Logs tab) of containers: which, and which templates stood in what was shown. */
  | { tool: 'logs'; namespace: string; pod: string; container: string; templates: string[] }
  /** `kubectl top`. */
  | { tool: 'top'; resource: 'pods' | 'nodes'; namespace: string; names: string[] }
  /** A program run inside a container: df, du, ls, cat, ps, env. */
  | { tool: 'exec'; program: string; namespace: string; pod: string; container: string; argument: string }
  /** Rollout history or status. */
  | { tool: 'rollout'; verb: 'history' | 'status'; resource: string; namespace: string; name: string }
  /** A chart or series looked at, by series name and the label values shown. */
  | { tool: 'series'; name: string; labels: { [key: string]: string } }
  /** The answer of a request sent by hand. */
  /** One chart, read closely: somebody put the crosshair on it or singled out a line. */
  | { tool: 'chart'; title: string }
  | { tool: 'request'; from: string; to: string; port: number; ok: boolean; error: string };

/** What came of a cluster command, as the terminal prints it. */
export type CommandOutcome = {
  /** False when the API server or the program refused. */
  ok: boolean;
  /** What goes to standard output, with its line ends. */
  stdout: string;
  /** What goes to standard error, with its line ends. */
  stderr: string;
  /** Exit code of this command. */
  exitCode: number;
};
