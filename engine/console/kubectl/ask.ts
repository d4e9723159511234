/** Questions to the API server, and its refusals as kubectl words them. */
import { nearMisses } from '../near-miss.ts';
import type {
  ApiRequest,
  KubeObject,
  KubeStatus,
  KubeTable,
  RequestQuery,
} from '../../platforms/kubernetes/api-types.ts';
import { objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { apiRequest } from '../../platforms/kubernetes/entrance.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import type { Invocation } from './invocation.ts';
import type { Wanted } from './wanted.ts';

/** An answer, or the line that kubectl prints in its place. */
export type Answered<T> = { ok: true; value: T } | { ok: false; error: string; reason: string };

/** A refusal as kubectl prints it. */
export function statusText(status: KubeStatus): string {
  if (status.reason === 'Invalid') return invalidText(status);
  const reason = status.reason === '' ? '' : ` (${status.reason})`;
  return `Error from server${reason}: ${status.message}\n`;
}

/** An invalid object is told by its causes, one a line when there are several. */
function invalidText(status: KubeStatus): string {
  const [kind, name] = [textAt(status.details, 'kind'), textAt(status.details, 'name')];
  const subject = kind === '' ? 'The request' : `The ${kind}${name === '' ? '' : ` "${name}"`}`;
  const causes = objectsAt(status.details, 'causes').map(
    (cause) => `${textAt(cause, 'field')}: ${textAt(cause, 'message')}`,
  );
  const distinct = [...new Set(causes)];
  if (distinct.length === 0) return `${subject} is invalid: ${status.message}\n`;
  if (distinct.length === 1) return `${subject} is invalid: ${distinct[0]}\n`;
  return `${subject} is invalid: \n${distinct.map((one) => `* ${one}\n`).join('')}`;
}

/** Where a kind is served, for a request. */
function placeOf(invocation: Invocation, kind: KindDefinition) {
  const { group, version, plural: resource } = kind;
  const namespace = kind.namespaced && !invocation.allNamespaces ? invocation.namespace : undefined;
  return { group, version, resource, namespace, seat: invocation.seat };
}

/** Gets one object. */
export function getObject(invocation: Invocation, kind: KindDefinition, name: string): Answered<KubeObject> {
  const place = {
    ...placeOf(invocation, kind),
    namespace: kind.namespaced ? invocation.namespace : undefined,
  };
  const request: ApiRequest = { ...place, verb: 'get', name };
  const answer = apiRequest(invocation.world, request);
  if (answer.ok && 'object' in answer) return { ok: true, value: answer.object };
  return failed(invocation, kind, name, answer.ok ? null : answer.status);
}

/** Lists the objects of a kind. */
export function listObjects(
  invocation: Invocation,
  kind: KindDefinition,
  query: RequestQuery = {},
): Answered<KubeObject[]> {
  const answer = apiRequest(invocation.world, { ...placeOf(invocation, kind), verb: 'list', query });
  if (answer.ok && 'list' in answer) return { ok: true, value: answer.list.items };
  return failed(invocation, kind, null, answer.ok ? null : answer.status);
}

/** The table of what is wanted. */
export function getTable(invocation: Invocation, wanted: Wanted, query: RequestQuery): Answered<KubeTable> {
  const place = placeOf(invocation, wanted.kind);
  const asTable: RequestQuery = { ...query, as: 'table' };
  const named = wanted.name === null ? {} : { name: wanted.name };
  const namespace = wanted.kind.namespaced && wanted.name !== null ? invocation.namespace : place.namespace;
  const answer = apiRequest(invocation.world, {
    ...place,
    ...named,
    namespace,
    verb: wanted.name === null ? 'list' : 'get',
    query: asTable,
  });
  if (answer.ok && 'table' in answer) return { ok: true, value: answer.table };
  return failed(invocation, wanted.kind, wanted.name, answer.ok ? null : answer.status);
}

/** The objects that are wanted; what was not found is told beside them. */
export function fetchWanted(
  invocation: Invocation,
  wanted: readonly Wanted[],
  query: RequestQuery = {},
): { found: { kind: KindDefinition; object: KubeObject }[]; errors: string; reasons: string[] } {
  const found: { kind: KindDefinition; object: KubeObject }[] = [];
  let errors = '';
  const reasons: string[] = [];
  for (const { kind, name } of wanted) {
    const answer: Answered<KubeObject | KubeObject[]> =
      name === null ? listObjects(invocation, kind, query) : getObject(invocation, kind, name);
    if (!answer.ok) {
      errors += answer.error;
      reasons.push(answer.reason);
    } else for (const object of [answer.value].flat()) found.push({ kind, object });
  }
  return { found, errors, reasons };
}

function failed<T>(
  invocation: Invocation,
  kind: KindDefinition,
  name: string | null,
  status: KubeStatus | null,
): Answered<T> {
  if (status === null) return { ok: false, error: 'error: unexpected answer from the server\n', reason: '' };
  const hint = status.reason === 'NotFound' && name !== null ? didYouMean(invocation, kind, name) : '';
  return { ok: false, error: statusText(status) + hint, reason: status.reason };
}

/** A line that names the object most likely meant; '' when none is near. */
export function didYouMean(invocation: Invocation, kind: KindDefinition, name: string): string {
  const answer = apiRequest(invocation.world, { ...placeOf(invocation, kind), verb: 'list' });
  if (!answer.ok || !('list' in answer)) return '';
  const near = nearMisses(
    name,
    answer.list.items.map((item) => item.metadata.name),
  )[0];
  if (near === undefined) return kind.namespaced ? meantNamespace(invocation) : '';
  return `Did you mean "${near}"?\n`;
}

/** A line that names the namespace most likely meant, when the one in effect is not there; '' else. */
export function meantNamespace({ world, seat, namespace }: Invocation): string {
  const place = { group: '', version: 'v1', resource: 'namespaces', seat };
  const answer = apiRequest(world, { ...place, verb: 'list' });
  if (!answer.ok || !('list' in answer)) return '';
  const names = answer.list.items.map(({ metadata }) => metadata.name);
  const [near] = names.includes(namespace) ? [] : nearMisses(namespace, names);
  return near === undefined ? '' : `Did you mean namespace "${near}"?\n`;
}
