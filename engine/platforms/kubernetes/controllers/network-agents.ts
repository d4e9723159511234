/**
 * The network agent of each node: puts the policies into force for the pods there, a little after a change.
 *
 * Why   Agents know pods (addresses), the machines know processes. A container that restarts keeps its
 *       pod's address, so its new process takes over at once what its pod was allowed.
 */
import { schedule } from '../../../kernel/event-queue.ts';
import type { IngressRule } from '../../../cluster/cluster-state.ts';
import { setIngress } from '../../../cluster/service-targets.ts';
import { controlDelay } from '../control-delay.ts';
import { EVENT_POLICY_AGENT } from '../event-kinds.ts';
import type { PodIngress, World } from '../kube-state.ts';
import type { PodRuntime } from '../kubelet/pod-runtime.ts';
import { listObjects } from '../object-reads.ts';
import { compileIngress } from './network-policies.ts';

const LEAST_MICROS = 200_000;
const MOST_MICROS = 1_500_000;

/** Policies, pods or labels have changed: every node's agent will look, each in its own time. */
export function wakeAgents(world: World): void {
  const { cluster, kube } = world;
  const known = kube.nodes.some((node) => node.policies.size > 0);
  if (!known && listObjects(world, 'networkpolicies').length === 0) return;
  kube.nodes.forEach((node, host) => {
    if (node.policyDueMicros >= 0) return;
    const wait = controlDelay(world, `policy agent ${host}`, LEAST_MICROS, MOST_MICROS);
    node.policyDueMicros = cluster.nowMicros + wait;
    schedule(cluster.queue, node.policyDueMicros, EVENT_POLICY_AGENT, host, 0);
  });
}

/** One node's agent compiles and applies all policies for its pods. */
export function handlePolicyAgent(world: World, host: number): void {
  const { kube } = world;
  const node = kube.nodes[host];
  node.policyDueMicros = -1;
  node.policies = new Map();
  for (const pod of kube.pods.values()) {
    if (pod.host !== host) continue;
    const ways = compileIngress(world, pod);
    if (ways !== null) node.policies.set(pod.serial, ways);
    applyTo(world, pod, ways);
  }
}

/** What a pod is allowed, in terms of processes. */
function rulesOf(world: World, ways: PodIngress[]): IngressRule[] {
  return ways.map(({ port, sources }) => ({
    port,
    sources: sources === null ? null : sources.flatMap((serial) => processesOf(world, serial)),
  }));
}

/** The running processes of a pod. */
function processesOf(world: World, serial: number): number[] {
  const pod = world.kube.pods.get(serial);
  if (pod === undefined) return [];
  return pod.containers.flatMap((one) => (one.running && one.process >= 0 ? [one.process] : []));
}

function applyTo(world: World, pod: PodRuntime, ways: PodIngress[] | null): void {
  for (const process of processesOf(world, pod.serial)) {
    setIngress(world.cluster, process, ways === null ? null : rulesOf(world, ways));
  }
}

/**
 * A pod has a new process. It gets what its pod is allowed (a network plugin sets that up before the
 * container starts), and pods that let its pod in now let the process in.
 */
export function spreadPolicies(world: World, pod: PodRuntime): void {
  const { kube } = world;
  const own = kube.nodes[pod.host].policies;
  const ways = own.get(pod.serial) ?? compileIngress(world, pod);
  if (ways !== null) own.set(pod.serial, ways);
  applyTo(world, pod, ways);
  for (const node of kube.nodes) {
    for (const [serial, theirs] of node.policies) {
      const target = kube.pods.get(serial);
      const named = theirs.some(({ sources }) => sources !== null && sources.includes(pod.serial));
      if (target !== undefined && named && serial !== pod.serial) applyTo(world, target, theirs);
    }
  }
}
