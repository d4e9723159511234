/** `kubectl cordon`, `uncordon`, `drain` and `taint`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { Json, JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  flagAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
} from '../../platforms/kubernetes/json-access.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { listObjects } from './ask.ts';
import { commandPath, flagNumber, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { readTargets } from './targets.ts';
import type { Target } from './targets.ts';

/** The nodes that words name: `worker-1`, `node/worker-1`. */
function readNodes(invocation: Invocation): ReturnType<typeof readTargets> {
  if (invocation.words.length === 0 && !invocation.flags.has('selector')) {
    const usage =
      `USAGE: ${invocation.verb} NODE [flags]\nSee '${commandPath(invocation)} ` +
      `-h' for help and examples`;
    return { ok: false, reading: refusal(`error: ${usage}`) };
  }
  const bare = invocation.words.every((word) => !word.includes('/'));
  return readTargets(invocation, bare ? ['nodes', ...invocation.words] : invocation.words);
}

/** Answers `kubectl cordon|uncordon …`. */
export function runCordon(invocation: Invocation): ConsoleReading {
  const read = readNodes(invocation);
  if (!read.ok) return read.reading;
  const wanted = invocation.verb === 'cordon';
  const errors = read.errors === '' ? [] : [refusal(read.errors)];
  return joined([...errors, ...read.targets.map((target) => cordon(target, wanted))]);
}

function cordon({ kind, object }: Target, wanted: boolean): ConsoleReading {
  const said = wanted ? 'cordoned' : 'uncordoned';
  const now = flagAt(objectAt(asJson(object), 'spec'), 'unschedulable');
  if (now === wanted) return shown(`node/${object.metadata.name} already ${said}\n`);
  const patch: Json = { spec: { unschedulable: wanted ? true : null } };
  return intends([patchOf(refOf(kind, object), patch, { said, fieldManager: 'kubectl' })]);
}

/** Answers `kubectl drain …`: cordons, then evicts what may be evicted. */
export function runDrain(invocation: Invocation): ConsoleReading {
  const read = readNodes(invocation);
  if (!read.ok) return read.reading;
  const errors = read.errors === '' ? [] : [refusal(read.errors)];
  return joined([...errors, ...read.targets.map((target) => drainNode(invocation, target))]);
}

function drainNode(invocation: Invocation, target: Target): ConsoleReading {
  const name = target.object.metadata.name;
  const podKind = findResourceByWord('pods');
  const first = cordon(target, true);
  if (!podKind) return first;
  const list = listObjects({ ...invocation, allNamespaces: true }, podKind, {
    fieldSelector: `spec.nodeName=${name}`,
  });
  if (!list.ok) return joined([first, refusal(list.error)]);
  const selector = flagText(invocation, 'pod-selector');
  if (selector !== undefined)
    return refusal('error: --pod-selector is not understood here; delete those pods by hand');
  const judged = list.value.map((pod) => ({ pod, ...judge(invocation, pod) }));
  const blocking = BLOCKERS.flatMap(({ kind, text }) => {
    const pods = judged.filter((one) => one.blocked === kind).map(({ pod }) => placeText(pod));
    return pods.length === 0 ? [] : [`${text}: ${pods.join(', ')}`];
  });
  if (blocking.length > 0) {
    const list = blocking.length === 1 ? blocking[0] : `[${blocking.join(', ')}]`;
    return joined([
      first,
      refusal(
        `error: unable to drain node "${name}" due to error: ${list}, continuing command...\n` +
          `There are pending nodes to be drained:\n ${name}\n${blocking.map((one) => `${one}\n`).join('')}`,
      ),
    ]);
  }
  const warned = WARNINGS.flatMap(({ kind, text }) => {
    const pods = judged.filter((one) => one.warned === kind).map(({ pod }) => placeText(pod));
    return pods.length === 0 ? [] : [`${text}: ${pods.join(', ')}`];
  });
  const stderr = warned.length === 0 ? '' : `Warning: ${warned.join('; ')}\n`;
  const evictions = judged.filter(({ evict }) => evict).map(({ pod }) => eviction(invocation, podKind, pod));
  const done = patchOf(
    refOf(target.kind, target.object),
    {},
    { said: 'drained', fieldManager: 'kubectl-drain' },
  );
  return joined([first, { ...intends([...evictions, done]), stderr }]);
}

type Blocker = 'daemonSet' | 'local' | 'orphan';
type Judgement = { evict: boolean; blocked: Blocker | null; warned: 'daemonSet' | 'local' | 'orphan' | null };

const BLOCKERS: readonly { kind: Blocker; text: string }[] = [
  { kind: 'daemonSet', text: 'cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' },
  { kind: 'local', text: 'cannot delete Pods with local storage (use --delete-emptydir-data to override)' },
  { kind: 'orphan', text: 'cannot delete Pods that declare no controller (use --force to override)' },
];

const WARNINGS: readonly { kind: Blocker; text: string }[] = [
  { kind: 'daemonSet', text: 'ignoring DaemonSet-managed Pods' },
  { kind: 'local', text: 'deleting Pods with local storage' },
  { kind: 'orphan', text: 'deleting Pods that declare no controller' },
];

/** Whether drain may evict a pod. */
function judge(invocation: Invocation, pod: KubeObject): Judgement {
  const keep = (blocked: Blocker | null, warned: Judgement['warned'] = null): Judgement => ({
    evict: false,
    blocked,
    warned,
  });
  const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
  const phase = textAt(objectAt(asJson(pod), 'status'), 'phase');
  if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) return keep(null);
  if (owner?.kind === 'DaemonSet') {
    return flagOn(invocation, 'ignore-daemonsets') ? keep(null, 'daemonSet') : keep('daemonSet');
  }
  if (phase === 'Succeeded' || phase === 'Failed') return { evict: true, blocked: null, warned: null };
  const volumes = objectsAt(objectAt(asJson(pod), 'spec'), 'volumes');
  const local = volumes.some((volume) => objectAt(volume, 'emptyDir') !== undefined);
  const mayLoseData = flagOn(invocation, 'delete-emptydir-data') || flagOn(invocation, 'delete-local-data');
  if (!owner && !flagOn(invocation, 'force')) return keep('orphan');
  if (local && !mayLoseData) return keep('local');
  return { evict: true, blocked: null, warned: !owner ? 'orphan' : local ? 'local' : null };
}

function placeText(pod: KubeObject): string {
  return `${pod.metadata.namespace ?? ''}/${pod.metadata.name}`;
}

/** An eviction; with `--disable-eviction` a plain deletion. */
function eviction(invocation: Invocation, kind: KindDefinition, pod: KubeObject): ClusterCommand {
  const target = refOf(kind, pod);
  const grace = flagNumber(invocation, 'grace-period') ?? -1;
  if (flagOn(invocation, 'disable-eviction')) {
    return {
      type: 'DeleteObject',
      target,
      gracePeriodSeconds: grace < 0 ? null : grace,
      propagationPolicy: 'Background',
    };
  }
  const object: JsonObject = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { name: target.name, namespace: target.namespace },
  };
  if (grace >= 0) object.deleteOptions = { gracePeriodSeconds: grace };
  return { type: 'CreateObject', target, object, said: 'evicted' };
}

/** Answers `kubectl taint …`. */
export function runTaint(invocation: Invocation): ConsoleReading {
  const isTaint = (word: string) =>
    /^[^=:\s/]+(\/[^=:\s]+)?(=[^:\s]*)?(:[A-Za-z]+)?-?$/.test(word) && /[:=]|-$/.test(word);
  const [first, ...rest] = invocation.words;
  const changes = rest.filter(
    (word) => isTaint(word) && (word.includes(':') || word.includes('=') || word.endsWith('-')),
  );
  const names = rest.filter((word) => !changes.includes(word));
  if (first === undefined || changes.length === 0)
    return refusal('error: at least one taint update is required');
  const read = readTargets(invocation, [first, ...names]);
  if (!read.ok) return read.reading;
  const readings: ConsoleReading[] = read.errors === '' ? [] : [refusal(read.errors)];
  for (const target of read.targets) {
    if (target.kind.kind !== 'Node') {
      return refusal(`error: invalid resource type ${target.kind.kind}, only [nodes] are supported`);
    }
    readings.push(taintNode(invocation, target, changes));
  }
  return joined(readings);
}

function taintNode(invocation: Invocation, target: Target, changes: readonly string[]): ConsoleReading {
  const taints = objectsAt(objectAt(asJson(target.object), 'spec'), 'taints').map((taint) => ({ ...taint }));
  const same = (a: JsonObject, key: string, effect: string) =>
    textAt(a, 'key') === key && (effect === '' || textAt(a, 'effect') === effect);
  let next: JsonObject[] = taints;
  let [added, removed, replaced] = [false, false, false];
  for (const change of changes) {
    const found = /^([^=:]+)(?:=([^:]*))?(?::([A-Za-z]+))?$/.exec(change.replace(/-$/, ''));
    const [key, value, effect] = [found?.[1] ?? '', found?.[2] ?? '', found?.[3] ?? ''];
    if (change.endsWith('-')) {
      if (!next.some((taint) => same(taint, key, effect))) {
        return refusal(`error: taint "${key}${effect === '' ? '' : `:${effect}`}" not found`);
      }
      next = next.filter((taint) => !same(taint, key, effect));
      removed = true;
      continue;
    }
    added = true;
    if (!['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(effect)) {
      return refusal(
        `error: invalid taint effect: ${effect}, unsupported taint effect\n` +
          "See 'kubectl taint -h' for help and examples",
      );
    }
    const present = next.some((taint) => same(taint, key, effect));
    replaced ||= present;
    if (present && !flagOn(invocation, 'overwrite')) {
      return refusal(
        `error: node ${target.object.metadata.name} already has ${key} taint(s) with same effect(s) ` +
          'and --overwrite is false',
      );
    }
    next = next.filter((taint) => !same(taint, key, effect));
    next.push({ key, ...(value === '' ? {} : { value }), effect });
  }
  const patch: Json = { spec: { taints: next.length === 0 ? null : next } };
  const said = replaced || (added && removed) ? 'modified' : added ? 'tainted' : 'untainted';
  const how = { patchType: 'merge' as const, said, fieldManager: 'kubectl-taint' };
  return intends([patchOf(refOf(target.kind, target.object), patch, how)]);
}

/** Whether pods still stand in the way of calling a node drained. */
export function isDrained(pods: readonly KubeObject[]): boolean {
  return pods.every((pod) => {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller === true);
    const mirror = memberAt(objectAt(asJson(pod), 'metadata'), 'annotations');
    const isMirror = typeof mirror === 'object' && mirror !== null && 'kubernetes.io/config.mirror' in mirror;
    return owner?.kind === 'DaemonSet' || isMirror || pod.metadata.deletionTimestamp !== undefined;
  });
}
