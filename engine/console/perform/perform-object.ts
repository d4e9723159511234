/** Commands about objects: each is one request to the API server, worded as kubectl words its answer. */
import type {
  CommandOutcome,
  CreateObject,
  DeleteObject,
  ObjectRef,
  PatchObject,
  ReplaceObject,
} from '../../protocol/cluster-commands.ts';
import { statusText } from '../kubectl/ask.ts';
import { isDrained } from '../kubectl/nodes.ts';
import { objectText, singularText } from '../kubectl/resource-names.ts';
import type {
  ApiAnswer,
  ApiRequest,
  KubeObject,
  RequestQuery,
} from '../../platforms/kubernetes/api-types.ts';
import { isObject, objectAt, textAt, asJson } from '../../platforms/kubernetes/json-access.ts';
import { cloneJson } from '../../platforms/kubernetes/json-values.ts';
import { listObjects } from '../../platforms/kubernetes/object-reads.ts';
import { findResource } from '../../platforms/kubernetes/resources.ts';
import { apiRequest } from '../../platforms/kubernetes/world.ts';
import type { World } from '../../platforms/kubernetes/world.ts';
import { done, failed } from './outcome.ts';

/** Who asks, and about what. */
function place(seat: string, target: ObjectRef): Omit<ApiRequest, 'verb'> {
  const { group, version, resource, namespace, name } = target;
  return { group, version, resource, namespace: namespace === '' ? undefined : namespace, name, seat };
}

/** `deployment.apps/polls`, also for a kind nobody serves. */
function nameText(target: ObjectRef): string {
  const kind = findResource(target.group, target.version, target.resource);
  return kind ? objectText(kind, target.name) : `${target.resource}/${target.name}`;
}

function refused(answer: ApiAnswer): CommandOutcome | null {
  return answer.ok ? null : failed(statusText(answer.status));
}

function readTarget(world: World, seat: string, target: ObjectRef): KubeObject | null {
  const answer = apiRequest(world, { ...place(seat, target), verb: 'get' });
  return answer.ok && 'object' in answer ? answer.object : null;
}

/** What kubectl says when a patch changed nothing. */
const UNCHANGED: { readonly [said: string]: string } = {
  patched: 'patched (no change)',
  configured: 'unchanged',
  labeled: 'not labeled',
  unlabeled: 'not labeled',
};

/** Applies a patch. */
export function performPatch(world: World, seat: string, command: PatchObject): CommandOutcome {
  const { target, said } = command;
  if (said === 'drained') return performDrained(world, target);
  const before = readTarget(world, seat, target)?.metadata.resourceVersion;
  const query: RequestQuery = { patchType: command.patchType, fieldManager: command.fieldManager };
  const request: ApiRequest = {
    ...place(seat, target),
    verb: 'patch',
    query,
    body: cloneJson(command.patch),
  };
  if (command.subresource !== '') request.subresource = command.subresource;
  const answer = apiRequest(world, request);
  const refusal = refused(answer);
  if (refusal) return refusal;
  const after = readTarget(world, seat, target)?.metadata.resourceVersion;
  const words = before === after ? (UNCHANGED[said] ?? said) : said;
  return done(`${nameText(target)} ${words}\n`);
}

/** The last word of a drain is only said when it is true. */
function performDrained(world: World, target: ObjectRef): CommandOutcome {
  const pods = listObjects(world, 'pods').filter(
    (pod) => textAt(objectAt(asJson(pod), 'spec'), 'nodeName') === target.name,
  );
  if (isDrained(pods)) return done(`${nameText(target)} drained\n`);
  return failed(
    `error: unable to drain node "${target.name}" due to error: some pods could not be evicted, ` +
      'continuing command...\n' +
      `There are pending nodes to be drained:\n ${target.name}`,
  );
}

/** Deletes an object. */
export function performDelete(world: World, seat: string, command: DeleteObject): CommandOutcome {
  const { target, gracePeriodSeconds, propagationPolicy } = command;
  const query: RequestQuery = { propagationPolicy };
  if (gracePeriodSeconds !== null) query.gracePeriodSeconds = gracePeriodSeconds;
  const refusal = refused(apiRequest(world, { ...place(seat, target), verb: 'delete', query }));
  if (refusal) return refusal;
  const kind = findResource(target.group, target.version, target.resource);
  const forced = gracePeriodSeconds === 0 ? 'force deleted' : 'deleted';
  return done(`${kind ? singularText(kind) : target.resource} "${target.name}" ${forced}\n`);
}

/** Creates an object, or evicts a pod. */
export function performCreate(world: World, seat: string, command: CreateObject): CommandOutcome {
  const { target, object, said } = command;
  const body = cloneJson(object);
  if (isObject(body) && textAt(body, 'kind') === 'Eviction') {
    const answer = apiRequest(world, {
      ...place(seat, target),
      verb: 'create',
      subresource: 'eviction',
      body,
    });
    const line = `evicting pod ${target.namespace}/${target.name}\n`;
    if (answer.ok) return done(`${line}pod/${target.name} ${said}\n`);
    const gone = answer.status.reason === 'NotFound';
    const text =
      `error when evicting pods/"${target.name}" -n "${target.namespace}": ` + `${answer.status.message}\n`;
    return { ok: gone, stdout: line, stderr: gone ? '' : text, exitCode: gone ? 0 : 1 };
  }
  const { name: _none, ...where } = place(seat, target);
  const query: RequestQuery = { fieldManager: said === 'created' ? 'kubectl-create' : 'kubectl-replace' };
  const answer = apiRequest(world, { ...where, verb: 'create', query, body });
  if (!answer.ok) {
    // As kubectl: a refusal of a creation tells which step failed, but not when the object is invalid.
    const text = statusText(answer.status);
    const plain = answer.status.reason === 'Invalid';
    return failed(
      plain
        ? text
        : text.replace(
            /^Error from server( \([A-Za-z]+\))?: /,
            `Error from server$1: error when creating "STDIN": `,
          ),
    );
  }
  const name = 'object' in answer ? answer.object.metadata.name : target.name;
  return done(`${nameText({ ...target, name })} ${said}\n`);
}

/** Replaces an object whole. */
export function performReplace(world: World, seat: string, command: ReplaceObject): CommandOutcome {
  const { target, object, said } = command;
  const query: RequestQuery = { fieldManager: 'kubectl-replace' };
  const answer = apiRequest(world, {
    ...place(seat, target),
    verb: 'update',
    query,
    body: cloneJson(object),
  });
  if (!answer.ok) {
    const text = statusText(answer.status);
    return failed(
      text.replace(
        /^Error from server( \([A-Za-z]+\))?: /,
        `Error from server$1: error when replacing "STDIN": `,
      ),
    );
  }
  return done(`${nameText(target)} ${said}\n`);
}
