/** The next piece of a stream: what a watch, a followed log or a rollout has had to say since. */
import type { ConsoleContext, ConsoleStream, StreamPiece } from './console-types.ts';
import { fetchWanted, statusText } from './kubectl/ask.ts';
import { isTable, readGetArguments, selectorsOf } from './kubectl/get.ts';
import { printRows } from './kubectl/get-table.ts';
import { flagOn, flagText } from './kubectl/invocation.ts';
import type { Invocation } from './kubectl/invocation.ts';
import { readInvocation } from './kubectl/kubectl.ts';
import { currentInstance, showLog, sourceKey } from './kubectl/logs.ts';
import { printObjects } from './kubectl/object-output.ts';
import { observeObjects } from './kubectl/observe-objects.ts';
import { rolloutProgress } from './kubectl/rollout-progress.ts';
import { readWanted } from './kubectl/wanted.ts';
import type { Wanted } from './kubectl/wanted.ts';
import { parseFieldSelector, parseLabelSelector } from '../platforms/kubernetes/selectors.ts';
import { watchExpired, watchSince } from '../platforms/kubernetes/store.ts';
import type { WatchFilter } from '../platforms/kubernetes/store.ts';
import { tableOf } from '../platforms/kubernetes/table.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { expired } from '../platforms/kubernetes/status.ts';

/** Answers what is new of a stream. */
export function followStream(world: World, context: ConsoleContext, stream: ConsoleStream): StreamPiece {
  const inside: ConsoleContext = { ...context, namespace: stream.namespace };
  const read = readInvocation({ world, context: inside, argv: stream.argv, stdin: '' });
  if (!read.ok) return ended('', 1);
  switch (stream.kind) {
    case 'watch':
      return followWatch(read.invocation, stream);
    case 'logs':
      return followLogs(read.invocation, stream);
    case 'rollout':
      return followRollout(read.invocation, stream);
  }
}

function ended(stdout: string, exitCode: number): StreamPiece {
  return { stdout, stream: null, exitCode, observed: [] };
}

type Watch = Extract<ConsoleStream, { kind: 'watch' }>;

function followWatch(invocation: Invocation, stream: Watch): StreamPiece {
  const read = readGetArguments(invocation);
  if (!read.ok) return ended(`${read.error}\n`, 1);
  const { store } = invocation.world.kube;
  if (watchExpired(store, stream.resourceVersion)) {
    return ended(statusText(expired(stream.resourceVersion, store.resourceVersion).status), 1);
  }
  const [wanted] = read.wanted;
  const names = read.wanted.flatMap(({ name }) => (name === null ? [] : [name]));
  const events = watchSince(store, stream.resourceVersion, filterOf(invocation, wanted)).filter(
    ({ name }) => names.length === 0 || names.includes(name),
  );
  const next: Watch = { ...stream, resourceVersion: store.resourceVersion };
  if (events.length === 0) return { stdout: '', stream: next, exitCode: 0, observed: [] };
  const objects = events.map(({ object }) => object);
  const output = flagText(invocation, 'output') ?? '';
  const { kind } = wanted;
  if (!isTable(output)) {
    const choice = {
      output,
      single: true,
      showManagedFields: flagOn(invocation, 'show-managed-fields'),
      noHeaders: true,
    };
    const separator = output === 'yaml' ? '---\n' : '';
    const texts = objects.map((object) => printObjects([{ kind, object }], choice));
    const stdout = texts.map((text) => (text.ok ? separator + text.text : `${text.error}\n`)).join('');
    return {
      stdout,
      stream: next,
      exitCode: 0,
      observed: observeObjects(kind, objects, /^(yaml|json)$/.test(output)),
    };
  }
  return {
    stdout: watchRows(invocation, wanted, objects),
    stream: next,
    exitCode: 0,
    observed: observeObjects(kind, objects, false),
  };
}

/** Rows of changed objects, in the widths of the whole list so that they stand below the first ones. */
function watchRows(
  invocation: Invocation,
  wanted: Wanted,
  objects: ReturnType<typeof fetchWanted>['found'][number]['object'][],
): string {
  const { kube, cluster } = invocation.world;
  const present = fetchWanted(invocation, [{ kind: wanted.kind, name: null }], selectorsOf(invocation)).found;
  const all = [...present.map(({ object }) => object), ...objects];
  const table = tableOf(kube.store, cluster.nowMicros, { kind: wanted.kind, objects: all });
  const lines = printRows(
    { ...invocation, flags: withHeader(invocation) },
    wanted.kind,
    table,
    flagOn(invocation, 'show-kind'),
  ).split('\n');
  return lines.slice(-objects.length - 1).join('\n');
}

/** The header is measured with the rows, and cut off with the rows that are not new. */
function withHeader(invocation: Invocation): Map<string, string[]> {
  const flags = new Map(invocation.flags);
  flags.set('no-headers', ['false']);
  return flags;
}

function filterOf(invocation: Invocation, wanted: Wanted): WatchFilter {
  const { kind } = wanted;
  const filter: WatchFilter = { group: kind.group, resource: kind.plural };
  if (kind.namespaced && !invocation.allNamespaces) filter.namespace = invocation.namespace;
  const query = selectorsOf(invocation);
  const labels = parseLabelSelector(query.labelSelector ?? '');
  if (labels.ok && query.labelSelector !== undefined) filter.labels = labels.selector;
  const supported = ['metadata.name', 'metadata.namespace', ...kind.fieldLabels];
  const fields = parseFieldSelector(query.fieldSelector ?? '', supported);
  if (fields.ok && query.fieldSelector !== undefined) filter.fields = fields.selector;
  return filter;
}

type Logs = Extract<ConsoleStream, { kind: 'logs' }>;

/** New lines of the followed containers. As kubectl's, the stream of a container ends with its process. */
function followLogs(invocation: Invocation, stream: Logs): StreamPiece {
  const positions: { [source: string]: number } = {};
  const piece: StreamPiece = { stdout: '', stream: null, exitCode: 0, observed: [] };
  let alive = false;
  for (const key of Object.keys(stream.positions)) {
    const [namespace, pod, container, instanceText] = key.split('/');
    const instance = Number(instanceText);
    const source = { namespace, pod, container };
    const running = currentInstance(invocation, source) === instance && isRunning(invocation, instance);
    const shown = showLog(invocation, source, instance, { from: stream.positions[key] });
    if (shown.text !== '') {
      piece.stdout += shown.text;
      piece.observed.push(shown.observation);
    }
    if (!running) continue;
    alive = true;
    positions[sourceKey(source, instance)] = shown.next;
  }
  if (alive) piece.stream = { ...stream, positions };
  return piece;
}

function isRunning(invocation: Invocation, instance: number): boolean {
  const { phase } = invocation.world.cluster.processes[instance] ?? { phase: 'exited' };
  return phase !== 'exited';
}

type Rollout = Extract<ConsoleStream, { kind: 'rollout' }>;

function followRollout(invocation: Invocation, stream: Rollout): StreamPiece {
  const read = readWanted(invocation.words);
  if (!read.ok) return ended('', 1);
  const { found, errors } = fetchWanted(invocation, read.wanted, selectorsOf(invocation));
  if (found.length === 0) return ended(errors, 1);
  const before = new Set(stream.lastLine.split(/(?<=\n)/));
  const piece: StreamPiece = { stdout: '', stream: null, exitCode: 0, observed: [] };
  let lines = '';
  for (const { kind, object } of found) {
    const progress = rolloutProgress(object);
    lines += progress.text;
    if (progress.error !== '')
      return { ...piece, stdout: `${piece.stdout}${progress.error}\n`, stream: null, exitCode: 1 };
    if (!progress.done) piece.stream = stream;
    if (before.has(progress.text)) continue;
    piece.stdout += progress.text;
    const { name, namespace = '' } = object.metadata;
    piece.observed.push({ tool: 'rollout', verb: 'status', resource: kind.plural, namespace, name });
  }
  if (piece.stream !== null) piece.stream = { ...stream, lastLine: lines };
  return piece;
}
