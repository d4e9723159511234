/** Which processes answer for a service, and which of them a caller picks next. */
import { chooseTarget } from './target-choice.ts';
import type { Balancer, Cluster, IngressRule, Process } from './cluster-state.ts';

/** Says which processes answer for a service (`namespace/name`); services no edge calls are ignored. */
export function setServiceTargets(cluster: Cluster, service: string, processes: number[]): void {
  const number = cluster.plan.services.indexOf(service);
  if (number >= 0) cluster.serviceTargets[number] = processes.slice();
}

/** Says who may connect to a process; null = anyone. */
export function setIngress(cluster: Cluster, process: number, rules: IngressRule[] | null): void {
  cluster.processes[process].ingress = rules;
}

/** The next target in turn that is not ejected by health checks; −1 when there is none. */
export function pickTarget(cluster: Cluster, service: number, balancer: Balancer | null): number {
  const targets = cluster.serviceTargets[service];
  const count = targets.length;
  if (count === 0) return -1;
  if (balancer === null) return targets[0];
  for (let tried = 0; tried < count; tried++) {
    const target = targets[balancer.turn % count];
    // Wrapped long before Float64 or Int32 care; a multiple of every target count below 17.
    balancer.turn = (balancer.turn + 1) % 720720;
    if (balancer.ejected.size === 0 || !balancer.ejected.has(target)) return target;
  }
  return -1;
}

/**
 * The process that a caller's next call over an edge goes to, by its balancer if it has one; −1 for none.
 *
 * @param userKey the user that the call is for, −1 = none.
 */
export function nextTarget(cluster: Cluster, caller: Process, edge: number, userKey = -1): number {
  const number = caller.balancerOfEdge[edge];
  const { service, spec } = cluster.plan.edges[edge];
  const balancer = number >= 0 ? cluster.balancers[number] : null;
  if (spec.balancing !== undefined && balancer !== null) {
    return chooseTarget(cluster, balancer, spec.balancing, cluster.serviceTargets[service], userKey);
  }
  return pickTarget(cluster, service, balancer);
}
