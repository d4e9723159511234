/** `kubectl rollout status|history|undo|restart|pause|resume`. */
import { alignColumns, DESCRIBE_STYLE } from '../align-columns.ts';
import type { ConsoleReading, ConsoleStream } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { Json } from '../../platforms/kubernetes/api-types.ts';
import { asJson, flagAt, objectAt } from '../../platforms/kubernetes/json-access.ts';
import { cloneJson, equalJson } from '../../platforms/kubernetes/json-values.ts';
import { timestampAt } from '../../platforms/kubernetes/timestamps.ts';
import { templateLines } from './describe/pod.ts';
import { flagNumber, flagOn } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { objectText } from './resource-names.ts';
import { revisionsOf, templateOf } from './revisions.ts';
import { rolloutProgress } from './rollout-progress.ts';
import { readTargets } from './targets.ts';
import type { Target } from './targets.ts';

const ROLLED = ['Deployment', 'StatefulSet', 'DaemonSet'];

/** Answers `kubectl rollout …`. */
export function runRollout(invocation: Invocation): ConsoleReading {
  const action = invocation.verb.slice('rollout '.length);
  if (invocation.words.length === 0 && !invocation.flags.has('filename')) {
    return refusal(`error: required resource not specified`);
  }
  const read = readTargets(invocation, invocation.words, true);
  if (!read.ok) return read.reading;
  const readings: ConsoleReading[] = read.errors === '' ? [] : [refusal(read.errors)];
  for (const target of read.targets) {
    if (!ROLLED.includes(target.kind.kind)) {
      readings.push(refusal(unsupported(action, target)));
      continue;
    }
    readings.push(actions[action]?.(invocation, target) ?? refusal(`error: unknown command "${action}"`));
  }
  return joined(readings);
}

function unsupported(action: string, { kind, object }: Target): string {
  const resource = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
  switch (action) {
    case 'status':
      return `error: no status viewer has been implemented for ${kind.kind}`;
    case 'history':
      return `error: no history viewer has been implemented for "${kind.kind}"`;
    case 'undo':
      return `error: no rollbacker has been implemented for "${kind.kind}"`;
    case 'restart':
      return `error: ${resource} "${object.metadata.name}" restarting is not supported`;
    default:
      return (
        `error: ${resource} "${object.metadata.name}" ` +
        `${action === 'pause' ? 'pausing' : 'resuming'} is not supported`
      );
  }
}

const actions: { readonly [action: string]: (invocation: Invocation, target: Target) => ConsoleReading } = {
  status: showStatus,
  history: showHistory,
  undo: undoRollout,
  restart: restartRollout,
  pause: (invocation, target) => pauseRollout(invocation, target, true),
  resume: (invocation, target) => pauseRollout(invocation, target, false),
};

function showStatus(invocation: Invocation, target: Target): ConsoleReading {
  const progress = rolloutProgress(target.object);
  const { name, namespace = '' } = target.object.metadata;
  const observed = {
    tool: 'rollout' as const,
    verb: 'status' as const,
    resource: target.kind.plural,
    namespace,
    name,
  };
  if (progress.error !== '') return joined([shown('', [observed]), refusal(progress.error)]);
  const reading = shown(progress.text, [observed]);
  if (progress.done || !flagOn(invocation, 'watch', true)) return reading;
  const stream: ConsoleStream = {
    kind: 'rollout',
    argv: invocation.argv,
    lastLine: progress.text,
    namespace: invocation.namespace,
  };
  return { ...reading, stream };
}

function showHistory(invocation: Invocation, target: Target): ConsoleReading {
  const { name, namespace = '' } = target.object.metadata;
  const revisions = revisionsOf(invocation, target.object);
  const observed = {
    tool: 'rollout' as const,
    verb: 'history' as const,
    resource: target.kind.plural,
    namespace,
    name,
  };
  const title = objectText(target.kind, name);
  const asked = flagNumber(invocation, 'revision') ?? 0;
  if (asked < 0) return refusal('error: revision must be a positive integer: ' + asked);
  if (asked > 0) {
    const found = revisions.find(({ number }) => number === asked);
    if (!found) return refusal('error: unable to find the specified revision');
    // What kubectl prints of a revision is its pod template alone, and it leaves the tabs as they are.
    const text = `${title} with revision #${asked}\n${templateLines(found.shown)}\n`;
    return shown(text, [observed]);
  }
  const rows = revisions.map(({ number, cause }) => `${number}\t${cause || '<none>'}\n`).join('');
  const table = alignColumns(`REVISION\tCHANGE-CAUSE\n${rows}`, DESCRIBE_STYLE);
  return shown(`${title} \n${table}\n`, [observed]);
}

function undoRollout(invocation: Invocation, target: Target): ConsoleReading {
  const { object, kind } = target;
  const text = objectText(kind, object.metadata.name);
  const asked = flagNumber(invocation, 'to-revision') ?? 0;
  if (asked < 0) return refusal(`error: revision must be a positive integer: ${asked}`);
  const revisions = revisionsOf(invocation, object);
  if (revisions.length === 0)
    return refusal(`error: no rollout history found for ${kind.singular} "${object.metadata.name}"`);
  const found = asked > 0 ? revisions.find(({ number }) => number === asked) : revisions.at(-2);
  if (!found) {
    return refusal(
      asked > 0
        ? `error: unable to find specified revision ${asked} in history`
        : `error: no rollout history found for ${kind.singular} "${object.metadata.name}"`,
    );
  }
  if (flagAt(objectAt(asJson(object), 'spec'), 'paused')) {
    return refusal(
      'error: you cannot rollback a paused deployment; resume it first with ' +
        `'kubectl rollout resume ${kind.singular}/${object.metadata.name}' and try again`,
    );
  }
  const now = cloneJson(templateOf(object));
  if (equalJson(found.template, now)) {
    return shown(`${text} skipped rollback (current template already matches revision ${found.number})\n`);
  }
  const patch: Json = [{ op: 'replace', path: '/spec/template', value: found.template }];
  const how = { patchType: 'json' as const, said: 'rolled back', fieldManager: 'kubectl-rollout' };
  return intends([patchOf(refOf(kind, object), patch, how)]);
}

function restartRollout(invocation: Invocation, target: Target): ConsoleReading {
  const { object, kind } = target;
  if (flagAt(objectAt(asJson(object), 'spec'), 'paused')) {
    const resource = `${kind.plural}.${kind.group}`;
    return refusal(
      `error: ${resource} "${object.metadata.name}" can't restart paused deployment (run rollout ` +
        'resume first)',
    );
  }
  const { kube, cluster } = invocation.world;
  const restartedAt = timestampAt(kube.store, cluster.nowMicros);
  const annotations = { 'kubectl.kubernetes.io/restartedAt': restartedAt };
  const patch: Json = { spec: { template: { metadata: { annotations } } } };
  const command: ClusterCommand = patchOf(refOf(kind, object), patch, {
    said: 'restarted',
    fieldManager: 'kubectl-rollout',
  });
  return intends([command]);
}

function pauseRollout(_invocation: Invocation, target: Target, wanted: boolean): ConsoleReading {
  const { object, kind } = target;
  const resource = `${kind.plural}.${kind.group}`;
  if (kind.kind !== 'Deployment') return refusal(unsupported(wanted ? 'pause' : 'resume', target));
  const now = flagAt(objectAt(asJson(object), 'spec'), 'paused');
  if (now === wanted) {
    return refusal(
      `error: ${resource} "${object.metadata.name}" is ${wanted ? 'already paused' : 'not paused'}`,
    );
  }
  const patch: Json = { spec: { paused: wanted ? true : null } };
  const how = { said: wanted ? 'paused' : 'resumed', fieldManager: 'kubectl-rollout' };
  return intends([patchOf(refOf(kind, object), patch, how)]);
}
