/** By which commands an authored wrong move is recognised when players make it in their own words. */
import type { Json } from '../platforms/kubernetes/api-types.ts';
import { amountOf } from './amount.ts';
import type { ClusterCommand } from './cluster-commands.ts';
import { matchesName } from './name-pattern.ts';

/** One kind of command. Names and paths may hold `*` gaps; an absent one matches all. */
export type CommandPattern =
  | { type: 'delete'; resource: string; name?: string }
  /** Any patch, replacement or scale of the object, but for those named below. */
  | { type: 'change'; resource: string; name?: string }
  /** A limit of a container of a workload, set to no more than an amount, e.g. `cpu` to `300m`. */
  | {
      type: 'lowLimit';
      resource: string;
      name?: string;
      container: string;
      of: 'cpu' | 'memory';
      atMost: string;
    }
  /** A rolling restart. */
  | { type: 'restart'; resource: string; name?: string }
  | { type: 'scale'; resource: string; name?: string; replicasAtMost?: number; replicasAtLeast?: number }
  | { type: 'removeFile'; path?: string }
  | { type: 'truncateFile'; path?: string }
  | { type: 'signal'; pod?: string };

/** A move is recognised when so many commands of these kinds succeed within the time. */
export type CommandSign = {
  /** Kinds that count. */
  any: CommandPattern[];
  /** How many are needed; default 1. */
  count?: number;
  /** Within how many seconds; default 60. */
  withinSeconds?: number;
};

/** A member of a JSON object at a path, or undefined. */
function at(value: Json, ...path: string[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
    found = found[key];
  }
  return found;
}

/** Replicas that a command asks for, or undefined when it asks for none. */
function replicasOf(command: ClusterCommand): number | undefined {
  if (command.type !== 'PatchObject') return undefined;
  const replicas = at(command.patch, 'spec', 'replicas');
  return typeof replicas === 'number' ? replicas : undefined;
}

/** The annotation that `kubectl rollout restart` sets. */
function isRestart(command: ClusterCommand): boolean {
  if (command.type !== 'PatchObject') return false;
  const annotations = at(command.patch, 'spec', 'template', 'metadata', 'annotations');
  return annotations !== undefined && at(annotations, 'kubectl.kubernetes.io/restartedAt') !== undefined;
}

function isTarget(pattern: { resource: string; name?: string }, command: ClusterCommand): boolean {
  if (!('target' in command)) return false;
  const named = pattern.name === undefined || matchesName(pattern.name, command.target.name);
  return named && pattern.resource === command.target.resource;
}

/** The limit of a container that a command asks for, as it says it; undefined when it asks for none. */
function limitOf(command: ClusterCommand, container: string, of: 'cpu' | 'memory'): Json | undefined {
  if (command.type !== 'PatchObject' && command.type !== 'ReplaceObject') return undefined;
  const asked = command.type === 'PatchObject' ? command.patch : command.object;
  const containers = at(asked, 'spec', 'template', 'spec', 'containers');
  if (!Array.isArray(containers)) return undefined;
  const own = containers.find((one) => at(one, 'name') === container);
  return own === undefined ? undefined : at(own, 'resources', 'limits', of);
}

/** True when the command is of the kind that the pattern describes. */
export function matchesCommand(pattern: CommandPattern, command: ClusterCommand): boolean {
  switch (pattern.type) {
    case 'delete':
      return command.type === 'DeleteObject' && isTarget(pattern, command);
    case 'change':
      return (
        (command.type === 'PatchObject' || command.type === 'ReplaceObject') && isTarget(pattern, command)
      );
    case 'lowLimit': {
      const limit = amountOf(limitOf(command, pattern.container, pattern.of));
      const atMost = amountOf(pattern.atMost);
      return limit !== undefined && atMost !== undefined && limit <= atMost && isTarget(pattern, command);
    }
    case 'restart':
      return isRestart(command) && isTarget(pattern, command);
    case 'scale': {
      const replicas = replicasOf(command);
      if (replicas === undefined || !isTarget(pattern, command)) return false;
      return (
        replicas <= (pattern.replicasAtMost ?? replicas) && replicas >= (pattern.replicasAtLeast ?? replicas)
      );
    }
    case 'removeFile':
      return command.type === 'RemoveFile' && matchesName(pattern.path ?? '*', command.path);
    case 'truncateFile':
      return command.type === 'TruncateFile' && matchesName(pattern.path ?? '*', command.path);
    case 'signal':
      return command.type === 'SignalProcess' && matchesName(pattern.pod ?? '*', command.in.pod);
  }
}
