/** What the network policies of a namespace, all together, let in; read from the objects as they stand. */
import type { Json, JsonObject } from '../platforms/kubernetes/api-types.ts';
import { asJson, isObject, memberAt, objectAt, objectsAt } from '../platforms/kubernetes/json-access.ts';
import { listAt, textsAt } from '../platforms/kubernetes/json-access.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { labelSelectorOf, matchesLabels } from '../platforms/kubernetes/selectors.ts';
import { readAll } from '../platforms/kubernetes/store-state.ts';
import type { Labels } from '../protocol/predicate.ts';

/** Ingress rules of all policies that select pods with these labels; null when none does: all may come. */
function rulesFor(world: World, namespace: string, toLabels: Labels): JsonObject[] | null {
  let rules: JsonObject[] | null = null;
  for (const policy of readAll(world.kube.store, 'networkpolicies.networking.k8s.io', namespace)) {
    const spec = objectAt(asJson(policy), 'spec');
    const types = textsAt(spec, 'policyTypes');
    if (types.length > 0 && !types.includes('Ingress')) continue;
    if (!matchesLabels(labelSelectorOf(objectAt(spec, 'podSelector')), toLabels)) continue;
    rules = [...(rules ?? []), ...objectsAt(spec, 'ingress')];
  }
  return rules;
}

/** Whether a list of ports, absent or empty meaning every port, holds this one. */
function portFits(rule: JsonObject, port: number): boolean {
  const ports = listAt(rule, 'ports');
  if (ports.length === 0) return true;
  return ports.some((entry: Json) => {
    if (!isObject(entry)) return false;
    const first = memberAt(entry, 'port');
    const last = memberAt(entry, 'endPort');
    if (first === undefined) return true;
    if (typeof first !== 'number') return false;
    return port >= first && port <= (typeof last === 'number' ? last : first);
  });
}

/** Whether a rule's sources, absent or empty meaning everybody, hold pods with these labels. */
function sourceFits(rule: JsonObject, fromLabels: Labels): boolean {
  const sources = objectsAt(rule, 'from');
  if (listAt(rule, 'from').length === 0) return true;
  return sources.some((peer) => {
    const pods = objectAt(peer, 'podSelector');
    // A namespace selector alone lets in every pod of the namespaces; ours is assumed to be among them.
    if (pods === undefined) return objectAt(peer, 'namespaceSelector') !== undefined;
    return matchesLabels(labelSelectorOf(pods), fromLabels);
  });
}

/** May pods with `fromLabels` connect to pods with `toLabels` of the same namespace on this port? */
export function policiesAllow(
  world: World,
  namespace: string,
  asked: { fromLabels: Labels; toLabels: Labels; port: number },
): boolean {
  const rules = rulesFor(world, namespace, asked.toLabels);
  if (rules === null) return true;
  return rules.some((rule) => portFits(rule, asked.port) && sourceFits(rule, asked.fromLabels));
}

/** Does no rule (and not the lack of any policy) let everybody in on every port? */
export function policiesAreNarrow(world: World, namespace: string, toLabels: Labels): boolean {
  const rules = rulesFor(world, namespace, toLabels);
  if (rules === null) return false;
  return !rules.some((rule) => listAt(rule, 'from').length === 0 && listAt(rule, 'ports').length === 0);
}
