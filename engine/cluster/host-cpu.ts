/**
 * The CPU of a host whose processes contend: cores shared by weight, and steal by the hypervisor.
 *
 * A process can use as many cores as it has runnable jobs. While the demands of all add up to no more
 * than the cores, nobody waits and nothing is shared out. Beyond that, cores go round by weight
 * (cgroup `cpu.weight`, once `cpu.shares`) as the kernel's fair scheduler gives them: in proportion,
 * within what each can use, what one leaves going to the others (weighted max-min). Rates change only
 * when a demand does, so sharing stays exact in virtual time. Steal slows every core alike.
 * Sources: Linux `Documentation/scheduler/sched-design-CFS.rst`, `Documentation/admin-guide/cgroup-v2.rst`
 * (cpu.weight); steal as of proc(5): time in other guests while this one was ready to run.
 */
import { invariant } from '../kernel/invariant.ts';
import type { Cluster, Process } from './cluster-state.ts';
import { advanceProcessor, armProcessor, runnableThreads } from './processor.ts';

/** Weight of a process that says none: the kernel's default of cpu.shares. */
export const DEFAULT_CPU_SHARES = 1024;

/** The shared CPU of a host. */
export type HostCpu = {
  /** Live processes of the host, by process number, in order of start. */
  members: number[];
  /** Weight of each member, ≥ 1. */
  weights: number[];
  /** Cores that each member could use now: its runnable jobs, at most the host's cores. */
  demands: number[];
  /** Cores that each member was given when they were last shared out. */
  grants: number[];
  /** Sum of `demands`, cores. */
  demandCores: number;
  /** True while demand exceeds the cores. */
  contended: boolean;
  /** Share of each core's time that the hypervisor gives to others, 0 ≤ s < 1. */
  stealShare: number;
  /** Time stolen while a core had work, up to `updatedMicros`; feeds node_cpu_seconds_total{mode="steal"}. */
  stolenMicros: number;
  /** Time with unmet demand (some job waited for a core), microseconds; feeds the node's CPU pressure. */
  contendedMicros: number;
  /** When the two counters above were last brought up to date. */
  updatedMicros: number;
};

/** Brings the counters of a host up to `now`. */
function accrue(shared: HostCpu, cores: number, now: number): void {
  const elapsed = now - shared.updatedMicros;
  const busy = shared.demandCores < cores ? shared.demandCores : cores;
  shared.stolenMicros += elapsed * busy * shared.stealShare;
  if (shared.contended) shared.contendedMicros += elapsed;
  shared.updatedMicros = now;
}

/** Fills `grants` by weighted max-min: `demands` add up to more than `cores`. */
function fillGrants(shared: HostCpu, cores: number): void {
  const { weights, demands, grants } = shared;
  for (let at = 0; at < demands.length; at++) grants[at] = demands[at] > 0 ? -1 : 0;
  for (;;) {
    let left = cores;
    let weight = 0;
    for (let at = 0; at < grants.length; at++) {
      if (grants[at] < 0) weight += weights[at];
      else left -= grants[at];
    }
    const level = left / weight;
    let satisfied = 0;
    for (let at = 0; at < grants.length; at++) {
      if (grants[at] >= 0 || demands[at] > level * weights[at]) continue;
      grants[at] = demands[at];
      satisfied++;
    }
    if (satisfied > 0) continue;
    for (let at = 0; at < grants.length; at++) if (grants[at] < 0) grants[at] = level * weights[at];
    return;
  }
}

/** Gives every member its cores; those whose rate changed are brought up to date and armed again. */
function shareOut(cluster: Cluster, shared: HostCpu, cores: number, self: number): void {
  const now = cluster.nowMicros;
  const { members, demands, grants, stealShare } = shared;
  shared.contended = shared.demandCores > cores;
  if (shared.contended) fillGrants(shared, cores);
  for (let at = 0; at < members.length; at++) {
    const demand = demands[at];
    let rate = cores;
    if (demand > 0 && shared.contended) rate = grants[at] * (1 - stealShare);
    else if (demand > 0 && stealShare > 0) rate = demand * (1 - stealShare);
    const process = cluster.processes[members[at]];
    if (process.cpu.cores === rate) continue;
    advanceProcessor(process.cpu, now);
    process.cpu.cores = rate;
    // Whoever called arms itself; one amid its own event is armed at its end.
    if (process.id !== self && !process.cpu.settling) armProcessor(cluster, process);
  }
}

/**
 * Tells the host what a process could use now. Costs a comparison while demand is as it was, and no
 * more than a sum while the host has cores to spare.
 */
export function noteDemand(cluster: Cluster, process: Process): void {
  const { cpu: shared, cores } = cluster.hosts[process.host];
  if (shared === undefined) return;
  const at = shared.members.indexOf(process.id);
  if (at < 0) return;
  const jobs = runnableThreads(process.cpu);
  setDemand(cluster, shared, cores, at, jobs < cores ? jobs : cores);
}

function setDemand(cluster: Cluster, shared: HostCpu, cores: number, at: number, demand: number): void {
  if (demand === shared.demands[at]) return;
  accrue(shared, cores, cluster.nowMicros);
  shared.demandCores += demand - shared.demands[at];
  shared.demands[at] = demand;
  if (shared.demandCores <= cores && !shared.contended && shared.stealShare === 0) return;
  shareOut(cluster, shared, cores, shared.members[at]);
}

/** Lets a new process take part in the sharing of its host, when that shares. */
export function joinHostCpu(cluster: Cluster, process: Process): void {
  const { cpu: shared } = cluster.hosts[process.host];
  if (shared === undefined) return;
  shared.members.push(process.id);
  shared.weights.push(process.cpuShares ?? DEFAULT_CPU_SHARES);
  shared.demands.push(0);
  shared.grants.push(0);
  noteDemand(cluster, process);
}

/** Gives what an ended process used back to the others of its host. */
export function leaveHostCpu(cluster: Cluster, process: Process): void {
  const { cpu: shared, cores } = cluster.hosts[process.host];
  const at = shared === undefined ? -1 : shared.members.indexOf(process.id);
  if (shared === undefined || at < 0) return;
  setDemand(cluster, shared, cores, at, 0);
  shared.members.splice(at, 1);
  shared.weights.splice(at, 1);
  shared.demands.splice(at, 1);
  shared.grants.splice(at, 1);
}

/** Makes the processes of a host contend for its cores from now on, those that run included. */
export function shareHostCpu(cluster: Cluster, number: number): HostCpu {
  const host = cluster.hosts[number];
  if (host.cpu !== undefined) return host.cpu;
  host.cpu = {
    members: [],
    weights: [],
    demands: [],
    grants: [],
    demandCores: 0,
    contended: false,
    stealShare: 0,
    stolenMicros: 0,
    contendedMicros: 0,
    updatedMicros: cluster.nowMicros,
  };
  for (const process of cluster.processes) {
    if (process.host !== number || process.phase === 'exited') continue;
    advanceProcessor(process.cpu, cluster.nowMicros);
    joinHostCpu(cluster, process);
    if (process.cpu.marks.length > 0) armProcessor(cluster, process);
  }
  return host.cpu;
}

/**
 * Sets the share of a host's CPU time that the hypervisor takes; 0 ends it. The host shares from then on.
 *
 * @throws InvariantError unless 0 ≤ share < 1.
 */
export function setSteal(cluster: Cluster, number: number, share: number): void {
  invariant(share >= 0 && share < 1, `steal of ${share}`);
  const shared = shareHostCpu(cluster, number);
  const { cores } = cluster.hosts[number];
  accrue(shared, cores, cluster.nowMicros);
  shared.stealShare = share;
  shareOut(cluster, shared, cores, -1);
}

/** Changes the weight of a live process (`cpu.shares` of its cgroup), ≥ 1. */
export function setCpuShares(cluster: Cluster, number: number, shares: number): void {
  invariant(shares >= 1, `CPU shares of ${shares}`);
  const process = cluster.processes[number];
  process.cpuShares = shares;
  const { cpu: shared, cores } = cluster.hosts[process.host];
  const at = shared === undefined ? -1 : shared.members.indexOf(number);
  if (shared === undefined || at < 0) return;
  accrue(shared, cores, cluster.nowMicros);
  shared.weights[at] = shares;
  if (shared.contended) shareOut(cluster, shared, cores, -1);
}

/** CPU time stolen from a host so far, microseconds; 0 for one that never shared. */
export function stolenMicros(cluster: Cluster, number: number): number {
  const { cpu: shared, cores } = cluster.hosts[number];
  if (shared === undefined) return 0;
  const busy = Math.min(shared.demandCores, cores);
  return shared.stolenMicros + (cluster.nowMicros - shared.updatedMicros) * busy * shared.stealShare;
}
