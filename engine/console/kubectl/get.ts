/** `kubectl get`. */
import type { ConsoleReading } from '../console-types.ts';
import { joined, refusal, shown, silence } from '../reading.ts';
import type { KubeObject, KubeTable, RequestQuery } from '../../platforms/kubernetes/api-types.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { fetchWanted, getTable, meantNamespace } from './ask.ts';
import { printRows, sortRows } from './get-table.ts';
import { commandPath, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { printObjects } from './object-output.ts';
import { observeObjects } from './observe-objects.ts';
import { readWanted } from './wanted.ts';
import type { Wanted } from './wanted.ts';

/** Answers `kubectl get …`. */
export function runGet(invocation: Invocation): ConsoleReading {
  const read = readGetArguments(invocation);
  if (!read.ok) return refusal(read.error);
  const output = flagText(invocation, 'output') ?? '';
  const reading = isTable(output)
    ? getTables(invocation, read.wanted)
    : getObjects(invocation, read.wanted, output);
  const watches = flagOn(invocation, 'watch') || flagOn(invocation, 'watch-only');
  if (!watches || reading.exitCode !== 0) return reading;
  const stream: ConsoleReading['stream'] = {
    kind: 'watch',
    argv: invocation.argv,
    resourceVersion: invocation.world.kube.store.resourceVersion,
    namespace: invocation.namespace,
  };
  if (flagOn(invocation, 'watch-only')) return { ...silence(), stream };
  // A watch of nothing waits in silence; only a plain get says that there is nothing.
  return { ...reading, stderr: '', stream };
}

/** True for the formats that are tables. */
export function isTable(output: string): boolean {
  return output === '' || output === 'wide';
}

/** What a get asks for, or kubectl's complaint. */
export function readGetArguments(
  invocation: Invocation,
): { ok: true; wanted: Wanted[] } | { ok: false; error: string } {
  if (invocation.flags.has('filename')) {
    return { ok: false, error: 'error: get -f is not understood here; name the objects' };
  }
  if (invocation.words.length === 0) return { ok: false, error: missingResource(invocation) };
  const read = readWanted(invocation.words);
  if (!read.ok) return read;
  const named = read.wanted.some(({ name }) => name !== null);
  const selected = invocation.flags.has('selector') || invocation.flags.has('field-selector');
  if (named && selected) {
    return { ok: false, error: 'error: name cannot be provided when a selector is specified' };
  }
  if (named && invocation.allNamespaces) {
    return { ok: false, error: 'error: a resource cannot be retrieved by name across all namespaces' };
  }
  const watches = flagOn(invocation, 'watch') || flagOn(invocation, 'watch-only');
  if (watches && new Set(read.wanted.map(({ kind }) => kind)).size > 1) {
    return { ok: false, error: 'error: you may only specify a single resource type' };
  }
  if (watches && flagText(invocation, 'sort-by') !== undefined) {
    return { ok: false, error: 'error: --watch and --sort-by cannot be used together' };
  }
  return read;
}

/** What kubectl says when no resource was named. */
function missingResource(invocation: Invocation): string {
  return (
    'You must specify the type of resource to get. ' +
    'Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
    'error: Required resource not specified.\n' +
    'Use "kubectl explain <resource>" for a detailed description of that resource ' +
    '(e.g. kubectl explain pods).\n' +
    `See '${commandPath(invocation)} -h' for help and examples`
  );
}

/** Selectors as the API takes them. */
export function selectorsOf(invocation: Invocation): RequestQuery {
  const query: RequestQuery = {};
  const labels = flagText(invocation, 'selector');
  const fields = flagText(invocation, 'field-selector');
  if (labels !== undefined) query.labelSelector = labels;
  if (fields !== undefined) query.fieldSelector = fields;
  return query;
}

/** kubectl's words for an empty list. */
export function nothingFound(invocation: Invocation, kinds: readonly KindDefinition[]): string {
  const clusterWide = kinds.every((kind) => !kind.namespaced);
  if (invocation.allNamespaces || clusterWide) return 'No resources found\n';
  return `No resources found in ${invocation.namespace} namespace.\n${meantNamespace(invocation)}`;
}

function getTables(invocation: Invocation, wanted: readonly Wanted[]): ConsoleReading {
  const groups: { kind: KindDefinition; columns: KubeTable['columnDefinitions']; rows: KubeTable['rows'] }[] =
    [];
  let errors = '';
  let onlyNotFound = true;
  for (const one of wanted) {
    const answer = getTable(invocation, one, selectorsOf(invocation));
    if (!answer.ok) {
      onlyNotFound &&= answer.reason === 'NotFound';
      errors += answer.error;
      continue;
    }
    const group = groups.find(({ kind }) => kind === one.kind);
    if (group) group.rows.push(...answer.value.rows);
    else
      groups.push({
        kind: one.kind,
        columns: answer.value.columnDefinitions,
        rows: answer.value.rows.slice(),
      });
  }
  const forgiven = flagOn(invocation, 'ignore-not-found') && onlyNotFound;
  if (forgiven) errors = '';
  const withKind = flagOn(invocation, 'show-kind') || new Set(wanted.map(({ kind }) => kind)).size > 1;
  const reading = silence();
  for (const { kind, columns, rows } of groups) {
    const sortBy = flagText(invocation, 'sort-by');
    const ordered = sortBy === undefined ? { ok: true as const, rows } : sortRows(rows, sortBy);
    if (!ordered.ok) return joined([reading, refusal(ordered.error)]);
    if (rows.length === 0) continue;
    if (reading.stdout !== '') reading.stdout += '\n';
    reading.stdout += printRows(
      invocation,
      kind,
      { columnDefinitions: columns, rows: ordered.rows },
      withKind,
    );
    reading.observed.push(
      ...observeObjects(
        kind,
        ordered.rows.map(({ object }) => object),
        false,
      ),
    );
  }
  if (reading.stdout === '' && errors === '' && !flagOn(invocation, 'ignore-not-found')) {
    reading.stderr = nothingFound(
      invocation,
      wanted.map(({ kind }) => kind),
    );
  }
  return errors === '' ? reading : joined([reading, refusal(errors)]);
}

function getObjects(invocation: Invocation, wanted: readonly Wanted[], output: string): ConsoleReading {
  const fetched = fetchWanted(invocation, wanted, selectorsOf(invocation));
  let found = fetched.found;
  const sortBy = flagText(invocation, 'sort-by');
  if (sortBy !== undefined) {
    const ordered = sortRows(found, sortBy);
    if (!ordered.ok) return refusal(ordered.error);
    found = ordered.rows;
  }
  const forgiven =
    flagOn(invocation, 'ignore-not-found') && fetched.reasons.every((reason) => reason === 'NotFound');
  const errors = forgiven ? '' : fetched.errors;
  const single = wanted.length === 1 && wanted[0].name !== null;
  if (single && found.length === 0) return errors === '' ? silence() : refusal(errors);
  const printed = printObjects(found, {
    output,
    single,
    showManagedFields: flagOn(invocation, 'show-managed-fields'),
    noHeaders: flagOn(invocation, 'no-headers'),
  });
  if (!printed.ok) return refusal(printed.error);
  const detail = /^(yaml|json)$/.test(output);
  const kinds = [...new Set(found.map(({ kind }) => kind))];
  const observed = kinds.flatMap((kind) => observeObjects(kind, objectsOf(found, kind), detail));
  const reading = shown(printed.text, observed);
  return errors === '' ? reading : joined([reading, refusal(errors)]);
}

function objectsOf(
  found: readonly { kind: KindDefinition; object: KubeObject }[],
  kind: KindDefinition,
): KubeObject[] {
  return found.filter((one) => one.kind === kind).map(({ object }) => object);
}
