/** `kubectl label` and `kubectl annotate`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { JsonObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, textMapAt } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { flagOn } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { objectText } from './resource-names.ts';
import { readTargets } from './targets.ts';

const CHANGE = /^[A-Za-z0-9][A-Za-z0-9_./-]*(=[\s\S]*|-)$/;

/** Answers `kubectl label …` and `kubectl annotate …`. */
export function runLabel(invocation: Invocation): ConsoleReading {
  const isLabel = invocation.verb === 'label';
  const field = isLabel ? 'labels' : 'annotations';
  const changes = invocation.words.filter(
    (word) => CHANGE.test(word) && !/^[^=]*\/[^=]*$/.test(bareName(word)),
  );
  const words = invocation.words.filter((word) => !changes.includes(word));
  const isList = flagOn(invocation, 'list');
  if (changes.length === 0 && !isList)
    return refusal(`error: at least one ${field.slice(0, -1)} update is required`);
  const seen = new Set<string>();
  for (const change of changes) {
    const key = keyOf(change);
    if (seen.has(key))
      return refusal(`error: can not both modify and remove a ${field.slice(0, -1)} in the same command`);
    seen.add(key);
    const wrong = isLabel ? wrongLabel(change) : null;
    if (wrong !== null) return refusal(wrong);
  }
  const read = readTargets(invocation, words);
  if (!read.ok) return read.reading;
  const readings: ConsoleReading[] = read.errors === '' ? [] : [refusal(read.errors)];
  const commands: ClusterCommand[] = [];
  for (const { kind, object } of read.targets) {
    const present = textMapAt(objectAt(asJson(object), 'metadata'), field);
    if (isList) {
      const keys = Object.keys(present).sort(compareText);
      readings.push(shown(keys.map((key) => `${key}=${present[key]}\n`).join('')));
      if (changes.length === 0) continue;
    }
    const taken = flagOn(invocation, 'overwrite')
      ? undefined
      : changes.find((change) => overwrites(change, present));
    if (taken !== undefined) {
      const key = keyOf(taken);
      readings.push(
        refusal(
          isLabel
            ? `error: '${key}' already has a value (${present[key]}), and --overwrite is false`
            : `error: --overwrite is false but found the following declared annotation(s): '${key}' ` +
                `already has a value (${present[key]})`,
        ),
      );
      continue;
    }
    const absent = changes
      .filter((change) => !change.includes('=') && !(keyOf(change) in present))
      .map(keyOf);
    const removed = changes.some((change) => !change.includes('='));
    for (const key of absent) readings.push(shown(isLabel ? `label "${key}" not found.\n` : ''));
    if (absent.length === changes.length) {
      readings.push(
        shown(`${objectText(kind, object.metadata.name)} ${isLabel ? 'not labeled' : 'annotated'}\n`),
      );
      continue;
    }
    const values: JsonObject = {};
    for (const change of changes) {
      values[keyOf(change)] = change.includes('=') ? change.slice(change.indexOf('=') + 1) : null;
    }
    const onlyRemoved = removed && changes.every((change) => !change.includes('='));
    const said = isLabel ? (onlyRemoved ? 'unlabeled' : 'labeled') : 'annotated';
    const how = { patchType: 'merge' as const, said, fieldManager: `kubectl-${invocation.verb}` };
    commands.push(patchOf(refOf(kind, object), { metadata: { [field]: values } }, how));
  }
  return joined([...readings, intends(commands)]);
}

/** The part of a removal that could be `TYPE/NAME`: `pod/x-` is no label. */
function bareName(change: string): string {
  return change.includes('=')
    ? ''
    : /^(po|pods?|deploy|deployments?|no|nodes?|svc|services?|sts|statefulsets?|rs|ds|cm|pvc)\//.test(change)
      ? change
      : '';
}

function keyOf(change: string): string {
  return change.includes('=') ? change.slice(0, change.indexOf('=')) : change.slice(0, -1);
}

function overwrites(change: string, present: { [key: string]: string }): boolean {
  const key = keyOf(change);
  return (
    change.includes('=') &&
    Object.hasOwn(present, key) &&
    present[key] !== change.slice(change.indexOf('=') + 1)
  );
}

function wrongLabel(change: string): string | null {
  if (!change.includes('=')) return null;
  const value = change.slice(change.indexOf('=') + 1);
  if (value === '' || (value.length <= 63 && /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(value)))
    return null;
  return (
    `error: invalid label value: "${change}": a valid label must be an empty string or consist of ` +
    'alphanumeric characters, ' +
    "'-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or " +
    "'my_value',  or '12345', " +
    "regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
  );
}
