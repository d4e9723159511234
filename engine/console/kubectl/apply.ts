/** `kubectl apply -f -`, `create -f -` and `replace -f -`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { Json, JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, isObject, memberAt, objectAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { cloneJson, setMember } from '../../platforms/kubernetes/json-values.ts';
import { getObject } from './ask.ts';
import { flagOn } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { readManifests } from './manifests.ts';
import { sortedJson } from './object-output.ts';
import type { Manifest } from './manifests.ts';
import { patchOf, refByName } from './object-ref.ts';
import { refuseDryRun } from './targets.ts';

/** The annotation in which apply keeps what it last wrote. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Answers `kubectl apply|create|replace -f -`. */
export function runApply(invocation: Invocation): ConsoleReading {
  const refused = refuseDryRun(invocation);
  if (refused) return refused;
  if (!invocation.flags.has('filename')) return refusal(withoutFile(invocation));
  const read = readManifests(invocation);
  if (!read.ok) return refusal(read.error);
  return joined(read.manifests.map((manifest) => applyOne(invocation, manifest)));
}

function withoutFile(invocation: Invocation): string {
  if (invocation.verb === 'create' && invocation.words.length > 0) {
    return (
      `error: kubectl create ${invocation.words[0]} is not available here; use kubectl create ` +
      '-f - with a manifest'
    );
  }
  if (invocation.verb !== 'apply') return 'error: must specify one of -f and -k';
  return invocation.words.length > 0
    ? `error: Unexpected args: [${invocation.words.join(' ')}]\nSee 'kubectl apply -h' for help and examples`
    : 'error: must specify one of -f and -k';
}

function applyOne(invocation: Invocation, manifest: Manifest): ConsoleReading {
  const { kind, name, namespace, object } = manifest;
  const inside: Invocation = {
    ...invocation,
    namespace: namespace || invocation.namespace,
    allNamespaces: false,
  };
  const target = refByName(inside, kind, name);
  const create = (body: JsonObject): ConsoleReading =>
    intends([{ type: 'CreateObject', target, object: body, said: 'created' }]);
  if (invocation.verb === 'create') return create(object);
  if (name === '') return refusal('error: resource name may not be empty');
  if (invocation.verb === 'replace') return replaceOne(invocation, manifest, target);
  const current = getObject(inside, kind, name);
  if (!current.ok && current.reason !== 'NotFound') return refusal(current.error);
  if (flagOn(invocation, 'server-side')) {
    const how = { patchType: 'apply' as const, said: 'serverside-applied', fieldManager: 'kubectl' };
    return intends([patchOf(target, object, how)]);
  }
  const stamped = withLastApplied(object);
  if (!current.ok) return create(stamped);
  const before = lastAppliedOf(current.value);
  const patch = withRemovals(stamped, before);
  const warning =
    before === null
      ? `Warning: resource ${kind.plural}/${name} is missing the ${LAST_APPLIED} annotation which is ` +
        'required by ' +
        'kubectl apply. kubectl apply should only be used on resources created declaratively by ' +
        'either kubectl create ' +
        '--save-config or kubectl apply. The missing annotation will be patched automatically.\n'
      : '';
  const how = { said: 'configured', fieldManager: 'kubectl-client-side-apply' };
  return { ...intends([patchOf(target, patch, how)]), stderr: warning };
}

function replaceOne(
  invocation: Invocation,
  manifest: Manifest,
  target: ReturnType<typeof refByName>,
): ConsoleReading {
  const commands: ClusterCommand[] = [];
  if (flagOn(invocation, 'force')) {
    commands.push({ type: 'DeleteObject', target, gracePeriodSeconds: 0, propagationPolicy: 'Background' });
    commands.push({ type: 'CreateObject', target, object: manifest.object, said: 'replaced' });
  } else commands.push({ type: 'ReplaceObject', target, object: manifest.object, said: 'replaced' });
  return intends(commands);
}

/** The object with a note of itself, for the next apply. */
function withLastApplied(object: JsonObject): JsonObject {
  const stamped = cloneJson(object);
  const meta = objectAt(stamped, 'metadata') ?? {};
  const annotations = objectAt(meta, 'annotations') ?? {};
  delete annotations[LAST_APPLIED];
  meta.annotations = annotations;
  stamped.metadata = meta;
  // A status, a version or an uid that came with `get -o yaml` is not the author's wish.
  delete stamped.status;
  for (const field of ['resourceVersion', 'uid', 'creationTimestamp', 'generation', 'managedFields'])
    delete meta[field];
  const text = `${JSON.stringify(sortedJson(stamped))}\n`;
  setMember(annotations, LAST_APPLIED, text);
  return stamped;
}

function lastAppliedOf(object: KubeObject): JsonObject | null {
  const text = textAt(objectAt(objectAt(asJson(object), 'metadata'), 'annotations'), LAST_APPLIED);
  if (text === '' || text.length > 1_000_000) return null;
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** The new object as a patch that also removes what was applied before and is wished no more. */
function withRemovals(wanted: JsonObject, before: JsonObject | null): JsonObject {
  if (before === null) return wanted;
  const patch: JsonObject = {};
  for (const key of Object.keys(wanted))
    setMember(patch, key, memberRemovals(wanted[key], memberAt(before, key)));
  for (const key of Object.keys(before)) {
    if (!Object.hasOwn(wanted, key) && key !== 'status') setMember(patch, key, null);
  }
  return patch;
}

function memberRemovals(wanted: Json, before: Json | undefined): Json {
  if (isObject(wanted) && isObject(before)) return withRemovals(wanted, before);
  if (!Array.isArray(wanted) || !Array.isArray(before)) return wanted;
  const nameOf = (item: Json) => (isObject(item) ? textAt(item, 'name') : '');
  if (wanted.some((item) => nameOf(item) === '') || before.some((item) => nameOf(item) === '')) return wanted;
  // Lists of named things merge by name, so what is gone must be said to be gone.
  const kept = wanted.map((item) =>
    memberRemovals(
      item,
      before.find((one) => nameOf(one) === nameOf(item)),
    ),
  );
  const gone = before
    .filter((item) => !wanted.some((one) => nameOf(one) === nameOf(item)))
    .map((item) => ({ $patch: 'delete', name: nameOf(item) }));
  return [...kept, ...gone];
}
