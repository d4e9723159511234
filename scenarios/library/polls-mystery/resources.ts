/** A rollout sets a resource limit of the application far below what its work needs. */
import type { FaultChoice, FaultInstance, Move } from '@chaotic-good/engine/protocol/scenario-spec';
import type { CommandPattern } from '@chaotic-good/engine/protocol/command-sign';
import type { MechanismId } from '@chaotic-good/engine/protocol/mechanisms';
import type { EvidenceSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { deleteAllPods, kubectl, linesFrom, POLLS, restartApplication, rightFix } from './refs.ts';

/** Rolls the deployment back. */
function undo(second: number): Move {
  return {
    id: 'undo',
    title: 'Roll the deployment back',
    lines: linesFrom(second, kubectl('rollout undo deployment/polls')),
  };
}

/** Sets a limit that the work fits in. */
function raise(second: number, resource: 'cpu' | 'memory'): Move {
  const amount = resource === 'cpu' ? 'cpu=1' : 'memory=512Mi';
  return {
    id: 'raise-limit',
    title: `Raise the ${resource} limit`,
    lines: linesFrom(second, kubectl(`set resources deployment/polls -c polls --limits=${amount}`)),
  };
}

/** Halves the limit once more. */
function lower(resource: 'cpu' | 'memory'): string[][] {
  const amount = resource === 'cpu' ? 'cpu=40m' : 'memory=96Mi';
  return [kubectl(`set resources deployment/polls -c polls --limits=${amount} --requests=${amount}`)];
}

/** A limit of the application at or below the squeezed one. */
function lowLimit(of: 'cpu' | 'memory', atMost: string): CommandPattern {
  return { type: 'lowLimit', resource: 'deployments', name: 'polls', container: 'polls', of, atMost };
}

/** What tells throttling. */
const throttling: EvidenceSpec = {
  id: 'throttling',
  title: 'The application is throttled in nearly every period',
  any: [
    { tool: 'series', name: 'container_cpu_cfs_throttled_*' },
    { tool: 'top', resource: 'pods', name: 'polls-*' },
  ],
};

/** What tells OOM kills. */
const oomKills: EvidenceSpec = {
  id: 'oom-kills',
  title: 'Containers end with exit code 137, OOMKilled',
  any: [
    { tool: 'get', resource: 'pods', name: 'polls-*' },
    { tool: 'series', name: 'kube_pod_container_status_*' },
    { tool: 'series', name: 'container_memory_working_set_bytes' },
  ],
};

/** One squeezed limit. */
function squeezed(id: string, resource: 'cpu' | 'memory', limit: string): FaultInstance {
  const mechanism: MechanismId = resource === 'cpu' ? 'cpu-limit' : 'memory-limit';
  return {
    id,
    weight: 1,
    fault: 'limit-squeeze',
    mechanism,
    params: {
      namespace: 'polls',
      deployment: 'polls',
      container: 'polls',
      [resource]: limit,
      changeCause: 'release 2.14.1',
    },
    component: 'deployment/polls',
    aliases: ['pod/polls-*', 'replicaset/polls-*'],
    evidence: [
      resource === 'cpu' ? throttling : oomKills,
      {
        id: 'the-limit',
        title: `The ${resource} limit of the application is ${limit}`,
        any: [
          { tool: 'get', resource: 'deployments', name: 'polls', detail: true },
          { tool: 'get', resource: 'pods', name: 'polls-*', detail: true },
          { tool: 'get', resource: 'replicasets', name: 'polls-*', detail: true },
          {
            tool: 'series',
            name: resource === 'cpu' ? 'container_spec_cpu_quota' : 'container_spec_memory_limit_bytes',
          },
        ],
      },
      {
        id: 'the-rollout',
        title: 'A rollout preceded it',
        any: [
          { tool: 'rollout', verb: 'history', name: 'polls' },
          { tool: 'get', resource: 'replicasets', name: 'polls-*' },
          { tool: 'get', resource: 'events' },
        ],
      },
    ],
    cured: {
      type: 'limitAtLeast',
      workload: POLLS,
      container: 'polls',
      resource,
      quantity: resource === 'cpu' ? '400m' : '280Mi',
    },
    golden: undo(160),
    rightFixes: [rightFix(undo(190), 'durable'), rightFix(raise(190, resource), 'durable')],
    wrongMoves: [
      restartApplication(190, { impactAgainst: 'golden', atLeastRatio: 1.5 }),
      deleteAllPods(190, { impactAgainst: 'golden', atLeastRatio: 1.5 }),
      {
        id: 'lower-limit',
        title: 'Lower the limit further',
        lines: linesFrom(190, ...lower(resource)),
        expectation: { impactAgainst: 'golden', atLeastRatio: 1.5 },
        sign: { any: [lowLimit(resource, limit)] },
        harmPoints: 20,
      },
    ],
    hints: [
      'Ask what changed shortly before.',
      'Compare what a container may use with what it used before.',
      `The ${resource} limit is far below the need.`,
    ],
  };
}

/** A limit set too small. */
export const resources: FaultChoice = {
  id: 'resource-exhaustion',
  instances: [
    squeezed('cpu-100m', 'cpu', '100m'),
    squeezed('cpu-140m', 'cpu', '140m'),
    squeezed('memory-128', 'memory', '128Mi'),
    squeezed('memory-140', 'memory', '140Mi'),
  ],
};
