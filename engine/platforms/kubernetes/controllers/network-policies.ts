/**
 * NetworkPolicies compiled for one pod: who may come in, on which ports.
 *
 * A pod that any policy selects for ingress is isolated; what several policies allow is added up. Egress
 * rules are not modelled: what leaves a pod is judged only where it arrives.
 */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { countAt, memberAt, objectAt, objectsAt, textAt, textsAt } from '../json-access.ts';
import type { PodIngress, World } from '../kube-state.ts';
import { podObject } from '../kubelet/pod-reads.ts';
import type { PodRuntime } from '../kubelet/pod-runtime.ts';
import { getObject, listObjects } from '../object-reads.ts';
import { labelSelectorOf, matchesLabels } from '../selectors.ts';

/** True when a policy speaks about what comes in. */
function isAboutIngress(policy: KubeObject): boolean {
  const types = textsAt(policy.spec, 'policyTypes');
  return types.length === 0 || types.includes('Ingress');
}

/** The ways into a pod, or null when no policy isolates it. */
export function compileIngress(world: World, pod: PodRuntime): PodIngress[] | null {
  const object = podObject(world, pod);
  if (object === undefined) return null;
  let ways: PodIngress[] | null = null;
  for (const policy of listObjects(world, 'networkpolicies', pod.namespace)) {
    const selector = labelSelectorOf(objectAt(policy.spec, 'podSelector'));
    if (!isAboutIngress(policy) || !matchesLabels(selector, object.metadata.labels)) continue;
    ways ??= [];
    for (const rule of objectsAt(policy.spec, 'ingress'))
      ways.push(...waysOf(world, pod.namespace, object, rule));
  }
  return ways;
}

/** One ingress rule as ports × sources. */
function waysOf(world: World, namespace: string, object: KubeObject, rule: JsonObject): PodIngress[] {
  const peers = objectsAt(rule, 'from');
  const sources = peers.length === 0 ? null : sourcesOf(world, namespace, peers);
  const ports = objectsAt(rule, 'ports');
  const numbers = ports.length === 0 ? [0] : ports.flatMap((port) => portNumbers(object, port));
  return numbers.map((port) => ({ port, sources: sources === null ? null : sources.slice() }));
}

/** The container ports of a pod. */
function containerPorts(object: KubeObject): JsonObject[] {
  return objectsAt(object.spec, 'containers').flatMap((container) => objectsAt(container, 'ports'));
}

function portNumbers(object: KubeObject, port: JsonObject): number[] {
  const value = memberAt(port, 'port');
  if (value === undefined) return [0];
  if (typeof value === 'string') {
    const named = containerPorts(object).filter((one) => textAt(one, 'name') === value);
    return named.map((one) => countAt(one, 'containerPort'));
  }
  const first = Number(value);
  const last = countAt(port, 'endPort');
  if (last <= first) return [first];
  // A range lets in on the ports that somebody listens on.
  const listening = containerPorts(object).map((one) => countAt(one, 'containerPort'));
  return listening.filter((one) => one >= first && one <= last);
}

/** Serials of the pods that peers name, in order; null when an address block lets anyone in. */
function sourcesOf(world: World, namespace: string, peers: JsonObject[]): number[] | null {
  const found = new Set<number>();
  for (const peer of peers) {
    const block = objectAt(peer, 'ipBlock');
    if (block !== undefined && isEverywhere(block)) return null;
    for (const pod of world.kube.pods.values()) {
      const matches =
        block === undefined ? matchesPeer(world, namespace, peer, pod) : isInBlock(block, pod.ip);
      if (matches) found.add(pod.serial);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function matchesPeer(world: World, namespace: string, peer: JsonObject, pod: PodRuntime): boolean {
  const namespaces = objectAt(peer, 'namespaceSelector');
  if (namespaces === undefined) {
    if (pod.namespace !== namespace) return false;
  } else {
    const labels = getObject(world, 'namespaces', '', pod.namespace)?.metadata.labels;
    if (!matchesLabels(labelSelectorOf(namespaces), labels)) return false;
  }
  const pods = objectAt(peer, 'podSelector');
  return pods === undefined || matchesLabels(labelSelectorOf(pods), podObject(world, pod)?.metadata.labels);
}

function isEverywhere(block: JsonObject): boolean {
  return textAt(block, 'cidr').endsWith('/0') && textsAt(block, 'except').length === 0;
}

/** An IPv4 address as a number, −1 for none. */
function addressNumber(ip: string): number {
  const parts = ip.split('.').map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part >= 0 && part <= 255))) return -1;
  return ((parts[0] * 256 + parts[1]) * 256 + parts[2]) * 256 + parts[3];
}

function isInRange(cidr: string, ip: string): boolean {
  const [base, bits] = cidr.split('/');
  const from = addressNumber(base);
  const address = addressNumber(ip);
  if (from < 0 || address < 0) return false;
  let size = 1;
  for (let bit = Number(bits ?? 32); bit < 32; bit++) size *= 2;
  return Math.floor(from / size) === Math.floor(address / size);
}

function isInBlock(block: JsonObject, ip: string): boolean {
  return (
    isInRange(textAt(block, 'cidr'), ip) && !textsAt(block, 'except').some((cidr) => isInRange(cidr, ip))
  );
}
