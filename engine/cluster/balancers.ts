/** Balancers: round robin over a service's targets, with active health checks that eject and readmit. */
import { hashText } from '../kernel/chance.ts';
import { schedule } from '../kernel/event-queue.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { EVENT_HEALTH_CHECK } from './event-kinds.ts';
import { inquireTarget } from './inquiries.ts';
import { createChoice } from './target-choice.ts';

/** Gives a calling process a balancer for an edge and starts its health checks. */
export function createBalancer(cluster: Cluster, edge: number, caller: Process): number {
  const number = cluster.balancers.length;
  cluster.balancers.push({ edge, caller: caller.id, turn: 0, ejected: new Map(), failures: new Map() });
  const { healthCheck: check, balancing } = cluster.plan.edges[edge].spec;
  if (balancing !== undefined) {
    const choice = createChoice(hashText(caller.workload), caller.ordinal * 4096 + edge);
    cluster.balancers[number].choice = choice;
  }
  if (check) {
    schedule(cluster.queue, cluster.nowMicros + check.intervalMicros, EVENT_HEALTH_CHECK, number, 0);
  }
  return number;
}

/** Asks every target of a balancer how it is; the answers arrive as inquiries. */
export function handleHealthCheck(cluster: Cluster, number: number): void {
  const balancer = cluster.balancers[number];
  const caller = cluster.processes[balancer.caller];
  if (caller.phase === 'exited') return;
  const edge = cluster.plan.edges[balancer.edge];
  const check = edge.spec.healthCheck;
  if (!check) return;
  const targets = cluster.serviceTargets[edge.service];
  for (const target of targets) inquireTarget(cluster, number, target, check.timeoutMicros);
  // What is no longer a target is forgotten, so that a pod that comes back starts clean.
  for (const gone of [...balancer.failures.keys()])
    if (!targets.includes(gone)) balancer.failures.delete(gone);
  for (const gone of [...balancer.ejected.keys()]) if (!targets.includes(gone)) balancer.ejected.delete(gone);
  schedule(cluster.queue, cluster.nowMicros + check.intervalMicros, EVENT_HEALTH_CHECK, number, 0);
}

/** Takes the result of a health check into account. */
export function noteHealth(cluster: Cluster, number: number, target: number, ok: boolean): void {
  const balancer = cluster.balancers[number];
  const check = cluster.plan.edges[balancer.edge].spec.healthCheck;
  if (!check) return;
  const successes = balancer.ejected.get(target);
  if (!ok) {
    const failures = (balancer.failures.get(target) ?? 0) + 1;
    balancer.failures.set(target, failures);
    if (failures >= check.failures || successes !== undefined) balancer.ejected.set(target, 0);
    return;
  }
  balancer.failures.delete(target);
  if (successes === undefined) return;
  if (successes + 1 >= check.successes) {
    balancer.ejected.delete(target);
    const view = balancer.choice?.targets.get(target);
    if (view !== undefined) view.sinceMicros = cluster.nowMicros;
  } else balancer.ejected.set(target, successes + 1);
}
