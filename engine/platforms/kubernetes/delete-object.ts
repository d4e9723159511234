/** Deleting: graceful for pods, held by finalizers, in the background, foreground or leaving orphans. */
import type { ApiAnswer, JsonObject, KubeObject, RequestQuery } from './api-types.ts';
import type { Call } from './call.ts';
import { asJson, countAt, isObject, numberAt, objectAt, textAt, textsAt, valueAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { metaOf } from './object-meta.ts';
import { conflict, type Refusal, wrongUid } from './status.ts';
import { removeObject, replaceObject } from './store-writes.ts';
import { timestampAt } from './timestamps.ts';

/** The finalizer that makes an owner wait for its dependents. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion';
/** The finalizer under which dependents are set free. */
export const ORPHAN_FINALIZER = 'orphan';

/** How an object is to be deleted. */
export type DeleteOptions = {
  /** Seconds a pod gets; undefined: its own default. */
  gracePeriodSeconds?: number;
  /** What becomes of dependents. */
  propagationPolicy?: RequestQuery['propagationPolicy'];
};

/** Options from the query, then from a DeleteOptions body. */
function optionsOf(call: Call): DeleteOptions {
  const body = isObject(call.request.body) ? call.request.body : undefined;
  const policy = call.query.propagationPolicy ?? textAt(body, 'propagationPolicy');
  const options: DeleteOptions = {};
  const grace = call.query.gracePeriodSeconds ?? numberAt(body, 'gracePeriodSeconds');
  if (grace !== undefined) options.gracePeriodSeconds = grace;
  if (policy === 'Foreground' || policy === 'Orphan' || policy === 'Background')
    options.propagationPolicy = policy;
  return options;
}

/** Preconditions of a DeleteOptions body. */
function preconditionRefusal(call: Call, current: KubeObject): Refusal | undefined {
  const body = isObject(call.request.body) ? call.request.body : undefined;
  const wanted = objectAt(body, 'preconditions');
  const uid = textAt(wanted, 'uid');
  if (uid !== '' && uid !== current.metadata.uid) {
    return wrongUid(call.kind, current.metadata.name, { asked: uid, found: current.metadata.uid });
  }
  const version = textAt(wanted, 'resourceVersion');
  if (version === '' || version === current.metadata.resourceVersion) return undefined;
  const found = `ResourceVersion in object meta: ${current.metadata.resourceVersion}`;
  const cause = `Precondition failed: ResourceVersion in precondition: ${version}, ${found}`;
  return conflict(call.kind, current.metadata.name, cause);
}

/** Seconds a pod may take: nobody waits for a pod that never ran or has ended. */
function podGrace(pod: JsonObject, options: DeleteOptions): number {
  const spec = objectAt(pod, 'spec');
  const phase = valueAt(pod, 'status', 'phase');
  if (textAt(spec, 'nodeName') === '' || phase === 'Succeeded' || phase === 'Failed') return 0;
  const grace = Math.trunc(options.gracePeriodSeconds ?? countAt(spec, 'terminationGracePeriodSeconds'));
  return grace < 0 ? 1 : grace;
}

/** Finalizers after the propagation policy has had its say. */
function finalizersFor(meta: JsonObject, policy: DeleteOptions['propagationPolicy']): string[] {
  const others = textsAt(meta, 'finalizers').filter(
    (finalizer) => finalizer !== FOREGROUND_FINALIZER && finalizer !== ORPHAN_FINALIZER,
  );
  if (policy === 'Foreground') return [...others, FOREGROUND_FINALIZER];
  if (policy === 'Orphan') return [...others, ORPHAN_FINALIZER];
  return policy === undefined ? textsAt(meta, 'finalizers') : others;
}

/** Marks the object as being deleted, or shortens the time it was given. */
function mark(call: Call, next: JsonObject, grace: number): void {
  const meta = metaOf(next);
  const marked = textAt(meta, 'deletionTimestamp') !== '';
  if (marked && countAt(meta, 'deletionGracePeriodSeconds') <= grace) return;
  meta.deletionTimestamp = timestampAt(call.store, call.atMicros + grace * 1_000_000);
  meta.deletionGracePeriodSeconds = grace;
  if (!marked && call.kind.countsGeneration) meta.generation = countAt(meta, 'generation') + 1;
}

/** True when the object stays for a while: grace is left, or something must still happen. */
function mustStay(call: Call, next: JsonObject, grace: number): boolean {
  if (textsAt(metaOf(next), 'finalizers').length > 0) return true;
  // A namespace goes when it is empty; the garbage collector empties it.
  if (call.kind.kind === 'Namespace') return true;
  return grace > 0;
}

/** Deletes a stored object as the options say. */
export function deleteStored(call: Call, current: KubeObject, options: DeleteOptions): ApiAnswer {
  const next = cloneJson(asJson(current));
  const meta = metaOf(next);
  const grace = call.kind.kind === 'Pod' ? podGrace(next, options) : 0;
  const finalizers = finalizersFor(meta, options.propagationPolicy);
  if (finalizers.length === 0) delete meta.finalizers;
  else meta.finalizers = finalizers;
  const stored = next as unknown as KubeObject;
  const isDry = call.query.dryRun !== undefined;
  if (!mustStay(call, next, grace)) {
    if (!isDry) removeObject(call.store, call.resource, stored);
    return { ok: true, code: 200, object: stored };
  }
  mark(call, next, grace);
  if (call.kind.kind === 'Namespace') next.status = { ...objectAt(next, 'status'), phase: 'Terminating' };
  const changed = JSON.stringify(next) !== JSON.stringify(current);
  if (changed && !isDry) replaceObject(call.store, call.resource, stored);
  return { ok: true, code: 200, object: changed ? stored : current };
}

/** DELETE of one object. */
export function deleteObject(call: Call, current: KubeObject): ApiAnswer {
  return preconditionRefusal(call, current) ?? deleteStored(call, current, optionsOf(call));
}
