/** `kubectl logs`. */
import type { ConsoleReading, ConsoleStream } from '../console-types.ts';
import { readDuration } from '../read-duration.ts';
import { joined, refusal, shown } from '../reading.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { objectAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { parseTimestampMicros, timestampAt } from '../../platforms/kubernetes/timestamps.ts';
import { containerInstances } from '../../platforms/kubernetes/topology.ts';
import { renderLogLines } from '../../telemetry/log-text.ts';
import type { LogLinesOptions } from '../../telemetry/log-text.ts';
import { listObjects } from './ask.ts';
import { chooseContainer, choosePod, containerNames, containerStatus } from './choose-container.ts';
import { flagNumber, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';

/** One container whose log is shown. */
export type LogSource = {
  /** Namespace. */
  namespace: string;
  /** Pod. */
  pod: string;
  /** Container. */
  container: string;
};

/** Answers `kubectl logs …`. */
export function runLogs(invocation: Invocation): ConsoleReading {
  const chosen = chooseSources(invocation);
  if (!chosen.ok) return refusal(chosen.error);
  const options = readOptions(invocation);
  if (!options.ok) return refusal(options.error);
  const follow = flagOn(invocation, 'follow');
  const previous = flagOn(invocation, 'previous');
  const positions: { [source: string]: number } = {};
  const readings: ConsoleReading[] = [{ ...shown(''), stderr: chosen.note }];
  for (const { pod, container } of chosen.sources) {
    const source: LogSource = { namespace: pod.metadata.namespace ?? '', pod: pod.metadata.name, container };
    const found = instanceOf(invocation, pod, container, previous);
    if (!found.ok) {
      readings.push(refusal(found.error));
      if (!flagOn(invocation, 'ignore-errors') && chosen.sources.length > 1) break;
      continue;
    }
    const piece = showLog(invocation, source, found.instance, options.value);
    positions[sourceKey(source, found.instance)] = piece.next;
    readings.push(shown(piece.text, [piece.observation]));
  }
  const reading = joined(readings);
  if (!follow || reading.exitCode !== 0) return reading;
  const stream: ConsoleStream = {
    kind: 'logs',
    argv: invocation.argv,
    positions,
    namespace: invocation.namespace,
  };
  return { ...reading, stream };
}

/** Names a followed process among positions: the process too, so that a restart begins anew. */
export function sourceKey(source: LogSource, instance: number): string {
  return `${source.namespace}/${source.pod}/${source.container}/${instance}`;
}

/** What was read of one log. */
export type LogPiece = { text: string; next: number; observation: Observation };

/** The lines of one process, worded as the flags ask, and what they count for. */
export function showLog(
  invocation: Invocation,
  source: LogSource,
  instance: number,
  options: LogLinesOptions,
): LogPiece {
  const { kube, cluster } = invocation.world;
  const { lines, next } = renderLogLines(cluster, instance, options);
  const prefix = flagOn(invocation, 'prefix') ? `[pod/${source.pod}/${source.container}] ` : '';
  const withTime = flagOn(invocation, 'timestamps');
  let text = lines
    .map((line) => `${prefix}${withTime ? `${nanoTime(kube.store, line.atMicros)} ` : ''}${line.text}\n`)
    .join('');
  const limit = flagNumber(invocation, 'limit-bytes') ?? 0;
  if (limit > 0) text = text.slice(0, limit);
  const templates = [...new Set(lines.map((line) => line.template))];
  const { namespace, pod, container } = source;
  return { text, next, observation: { tool: 'logs', namespace, pod, container, templates } };
}

/** A timestamp as the container runtime writes it, with nine digits. */
function nanoTime(origin: { startSecondOfWeek: number }, atMicros: number): string {
  const micros = atMicros - Math.floor(atMicros / 1_000_000) * 1_000_000;
  return `${timestampAt(origin, atMicros).slice(0, -1)}.${String(micros).padStart(6, '0')}000Z`;
}

/** Pods and containers whose logs are asked for. */
type Sources =
  | { ok: true; sources: { pod: KubeObject; container: string }[]; note: string }
  | { ok: false; error: string };

/** Which logs a line asks for. */
function chooseSources(invocation: Invocation): Sources {
  const selector = flagText(invocation, 'selector');
  const [word, inlineContainer] = invocation.words;
  const asked = flagText(invocation, 'container') ?? inlineContainer ?? '';
  const all = flagOn(invocation, 'all-containers');
  if (all && asked !== '') {
    return {
      ok: false,
      error: 'error: --all-containers=true should not be specified with container name ' + asked,
    };
  }
  if (selector !== undefined && word !== undefined) {
    return {
      ok: false,
      error:
        'error: only a selector (-l) or a POD name is allowed\n' +
        "See 'kubectl logs -h' for help and examples",
    };
  }
  const pods = selector === undefined ? choosePods(invocation, word) : selectPods(invocation, selector);
  if (!pods.ok) return pods;
  let { note } = pods;
  const sources: { pod: KubeObject; container: string }[] = [];
  for (const pod of pods.pods) {
    if (all) {
      const { names, initNames } = containerNames(pod);
      sources.push(...[...initNames, ...names].map((container) => ({ pod, container })));
      continue;
    }
    const chosen = chooseContainer(pod, asked);
    if (!chosen.ok) {
      const error = chosen.error.replace(
        /^error: container (\S+) not found in pod (\S+)$/,
        (_whole, container, name) => {
          return `error: container ${container} is not valid for pod ${name}`;
        },
      );
      return { ok: false, error };
    }
    note += chosen.note;
    sources.push({ pod, container: chosen.name });
  }
  return { ok: true, sources, note };
}

type Pods = { ok: true; pods: KubeObject[]; note: string } | { ok: false; error: string };

function choosePods(invocation: Invocation, word: string | undefined): Pods {
  if (word === undefined) {
    const usage = "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.";
    return {
      ok: false,
      error:
        `${usage}\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl ` +
        `logs -h' for help and examples`,
    };
  }
  if (invocation.words.length > 2) {
    return {
      ok: false,
      error:
        "error: expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nSee 'kubectl logs -h' " +
        'for help and examples',
    };
  }
  const chosen = choosePod(invocation, word);
  if (!chosen.ok) {
    // logs looks the pod up by itself and words a miss in its own way.
    const missing = /^Error from server (\(NotFound\): .* not found)\n/.exec(chosen.error);
    if (!missing) return chosen;
    const rest = chosen.error.slice(missing[0].length);
    const error = `error: error from server ${missing[1]} in namespace "${invocation.namespace}"\n${rest}`;
    return { ok: false, error };
  }
  const every = flagOn(invocation, 'all-pods');
  const [first] = chosen.pods;
  const many = chosen.pods.length > 1 && !every;
  const note = many ? `Found ${chosen.pods.length} pods, using pod/${first.metadata.name}\n` : '';
  return { ok: true, pods: every ? chosen.pods : [first], note };
}

function selectPods(invocation: Invocation, labelSelector: string): Pods {
  const kind = findResourceByWord('pods');
  if (!kind) return { ok: true, pods: [], note: '' };
  const list = listObjects(invocation, kind, { labelSelector });
  if (!list.ok) return list;
  const note = list.value.length === 0 ? `No resources found in ${invocation.namespace} namespace.\n` : '';
  const most = flagNumber(invocation, 'max-log-requests') ?? 5;
  if (flagOn(invocation, 'follow') && list.value.length > most) {
    return {
      ok: false,
      error:
        `error: you are attempting to follow ${list.value.length} log streams, but maximum allowed ` +
        'concurrency is ' +
        `${most}, use --max-log-requests to increase the limit`,
    };
  }
  return { ok: true, pods: list.value, note };
}

/** Which lines the flags ask for, or kubectl's complaint. */
function readOptions(
  invocation: Invocation,
): { ok: true; value: LogLinesOptions } | { ok: false; error: string } {
  const { kube, cluster } = invocation.world;
  const value: LogLinesOptions = {};
  const tail = flagNumber(invocation, 'tail');
  // With a selector kubectl shows the last ten lines of each pod unless told otherwise.
  if (tail === undefined && invocation.flags.has('selector')) value.tail = 10;
  if (tail !== undefined && tail < -1) {
    return { ok: false, error: 'error: --tail must be greater than or equal to -1' };
  }
  if (tail !== undefined && tail >= 0) value.tail = tail;
  const since = flagText(invocation, 'since');
  const sinceTime = flagText(invocation, 'since-time');
  if (since !== undefined && sinceTime !== undefined) {
    return { ok: false, error: 'error: at most one of `sinceTime` or `since` may be specified' };
  }
  if (since !== undefined) {
    const micros = readDuration(since) ?? 0;
    if (micros > 0) value.sinceMicros = cluster.nowMicros - micros;
  }
  if (sinceTime !== undefined) {
    const micros = parseTimestampMicros(kube.store, sinceTime);
    if (micros === undefined) {
      return {
        ok: false,
        error: `error: parsing time "${sinceTime}" as "2006-01-02T15:04:05Z07:00": cannot parse it`,
      };
    }
    value.sinceMicros = micros;
  }
  return { ok: true, value };
}

/** The process whose log is meant, or the refusal of its kubelet. */
function instanceOf(
  invocation: Invocation,
  pod: KubeObject,
  container: string,
  previous: boolean,
): { ok: true; instance: number } | { ok: false; error: string } {
  const name = pod.metadata.name;
  const bad = (message: string) => ({
    ok: false as const,
    error: `Error from server (BadRequest): ${message}`,
  });
  const instances = containerInstances(invocation.world, pod.metadata.namespace ?? '', name, container);
  if (previous) {
    if (instances.previous >= 0) return { ok: true, instance: instances.previous };
    return bad(`previous terminated container "${container}" in pod "${name}" not found`);
  }
  if (instances.current >= 0) return { ok: true, instance: instances.current };
  const waiting = objectAt(objectAt(containerStatus(pod, container), 'state'), 'waiting');
  const reason = textAt(waiting, 'reason');
  const message = `container "${container}" in pod "${name}" is waiting to start`;
  if (reason === 'ImagePullBackOff' || reason === 'ErrImagePull') {
    return bad(`${message}: trying and failing to pull image`);
  }
  if (reason === '') return bad(`pod ${name} does not have a host assigned`);
  return bad(`${message}: ${reason}`);
}

/** The process that is followed now, −1 when there is none. */
export function currentInstance(invocation: Invocation, source: LogSource): number {
  return containerInstances(invocation.world, source.namespace, source.pod, source.container).current;
}
