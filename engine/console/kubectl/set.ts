/** `kubectl set image|env|resources`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import type { Json, JsonObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { equalJson } from '../../platforms/kubernetes/json-values.ts';
import { parseQuantity } from '../../platforms/kubernetes/quantity.ts';
import { flagList, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { readTargets } from './targets.ts';
import type { Target } from './targets.ts';

/** The changes of one container as a strategic patch, or null for none. */
type Change = (container: JsonObject) => JsonObject | null;

/** Answers `kubectl set image …`. */
export function runSetImage(invocation: Invocation): ConsoleReading {
  const { resources, pairs } = splitPairs(invocation.words);
  if (pairs.length === 0) return refusal('error: at least one image update is required');
  if (pairs.some(({ key, value }) => key === '' || value === ''))
    return refusal('error: all image updates must be in the form container=image');
  return changeContainers(invocation, resources, 'image updated', (target) => {
    const all = containersOf(target);
    const missing = pairs.find(({ key }) => key !== '*' && !all.some((one) => textAt(one, 'name') === key));
    if (missing) return `error: unable to find container named "${missing.key}"`;
    return (container) => {
      const pair = pairs.find(({ key }) => key === '*' || key === textAt(container, 'name'));
      return pair && pair.value !== textAt(container, 'image') ? { image: pair.value } : null;
    };
  });
}

/** Answers `kubectl set env …`. */
export function runSetEnv(invocation: Invocation): ConsoleReading {
  if (flagText(invocation, 'from') !== undefined) {
    return refusal('error: --from is not understood here; name the variables: KEY=VALUE');
  }
  const { resources, pairs } = splitPairs([...invocation.words, ...flagList(invocation, 'env')]);
  const removed = resources
    .filter((word) => /^[A-Za-z_.-][A-Za-z0-9_.-]*-$/.test(word))
    .map((word) => word.slice(0, -1));
  const words = resources.filter((word) => !word.endsWith('-'));
  if (flagOn(invocation, 'list')) return listEnv(invocation, words);
  const wrong = pairs.find(({ key }) => !/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key));
  if (wrong) return refusal(`error: "${wrong.key}" is not a valid environment variable name`);
  return changeContainers(invocation, words, 'env updated', () => (container) => {
    if (!chosenByFlag(invocation, container)) return null;
    const present = objectsAt(container, 'env');
    const changes: Json[] = [];
    for (const { key, value } of pairs) {
      const now = present.find((one) => textAt(one, 'name') === key);
      const wanted: JsonObject = { name: key, value };
      if (now && equalJson(now, wanted)) continue;
      changes.push(now && now.valueFrom !== undefined ? { ...wanted, valueFrom: null } : wanted);
    }
    for (const name of removed) {
      if (present.some((one) => textAt(one, 'name') === name)) changes.push({ $patch: 'delete', name });
    }
    if (changes.length === 0) return null;
    const kept = present.map((one) => textAt(one, 'name')).filter((name) => !removed.includes(name));
    const order = [...new Set([...kept, ...pairs.map(({ key }) => key)])].map((name) => ({ name }));
    return { '$setElementOrder/env': order, env: changes };
  });
}

function listEnv(invocation: Invocation, words: readonly string[]): ConsoleReading {
  const read = readTargets(invocation, words);
  if (!read.ok) return read.reading;
  let text = '';
  for (const target of read.targets) {
    for (const container of containersOf(target).filter((one) => chosenByFlag(invocation, one))) {
      text +=
        `# ${target.kind.kind} ${target.object.metadata.name}, container ` + `${textAt(container, 'name')}\n`;
      for (const variable of objectsAt(container, 'env')) {
        const from = objectAt(variable, 'valueFrom');
        text += from
          ? `# ${textAt(variable, 'name')} from ${JSON.stringify(from)}\n`
          : `${textAt(variable, 'name')}=${textAt(variable, 'value')}\n`;
      }
    }
  }
  return joined([shown(text), ...(read.errors === '' ? [] : [refusal(read.errors)])]);
}

/** Answers `kubectl set resources …`. */
export function runSetResources(invocation: Invocation): ConsoleReading {
  const resources: JsonObject = {};
  for (const field of ['limits', 'requests']) {
    const text = flagText(invocation, field);
    if (text === undefined) continue;
    const amounts = readAmounts(text);
    if (typeof amounts === 'string') return refusal(amounts);
    resources[field] = amounts;
  }
  if (Object.keys(resources).length === 0) {
    return refusal(
      'error: you must specify an update to requests or limits (in the form of --requests/--limits)',
    );
  }
  return changeContainers(
    invocation,
    invocation.words,
    'resource requirements updated',
    () => (container) => {
      if (!chosenByFlag(invocation, container)) return null;
      const now = objectAt(container, 'resources');
      const same = Object.keys(resources).every((field) =>
        sameAmounts(objectAt(resources, field) ?? {}, objectAt(now, field) ?? {}),
      );
      return same ? null : { resources };
    },
  );
}

/** Whether every amount asked for is what is there already. */
function sameAmounts(wanted: JsonObject, now: JsonObject): boolean {
  return Object.keys(wanted).every((name) => {
    const [asked, present] = [parseQuantity(wanted[name] ?? ''), parseQuantity(now[name] ?? '')];
    if (!asked.ok || !present.ok) return asked.ok === present.ok;
    return asked.quantity.nanos === present.quantity.nanos;
  });
}

/** `cpu=500m,memory=1Gi` as an object, or kubectl's complaint. A 0 takes the amount away. */
function readAmounts(text: string): JsonObject | string {
  const amounts: JsonObject = {};
  for (const part of text.split(',')) {
    const found = /^([a-z0-9.\-/]+)=(.+)$/.exec(part);
    if (!found) return `error: Invalid argument syntax ${part}, expected <resource>=<value>`;
    const parsed = parseQuantity(found[2]);
    if (!parsed.ok) return `error: ${parsed.error}`;
    amounts[found[1]] = found[2] === '0' ? null : found[2];
  }
  return amounts;
}

/** Splits `deployment/x a=b c=d` into the words that name objects and the pairs. */
function splitPairs(words: readonly string[]): {
  resources: string[];
  pairs: { key: string; value: string }[];
} {
  const resources = words.filter((word) => !word.includes('='));
  const pairs = words
    .filter((word) => word.includes('='))
    .map((word) => ({ key: word.slice(0, word.indexOf('=')), value: word.slice(word.indexOf('=') + 1) }));
  return { resources, pairs };
}

function chosenByFlag(invocation: Invocation, container: JsonObject): boolean {
  const pattern = flagText(invocation, 'containers') ?? '*';
  if (pattern.length > 253) return false;
  const name = textAt(container, 'name');
  const parts = pattern.split('*');
  if (parts.length === 1) return name === pattern;
  return name.startsWith(parts[0]) && name.endsWith(parts[parts.length - 1]);
}

function templateSpec(target: Target): JsonObject | undefined {
  const spec = objectAt(asJson(target.object), 'spec');
  if (target.kind.kind === 'Pod') return spec;
  return objectAt(objectAt(spec, 'template'), 'spec');
}

function containersOf(target: Target): JsonObject[] {
  const spec = templateSpec(target);
  return [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')];
}

/** Patches the containers of pod templates. `changeFor` answers a complaint in place of a change. */
function changeContainers(
  invocation: Invocation,
  words: readonly string[],
  said: string,
  changeFor: (target: Target) => Change | string,
): ConsoleReading {
  const read = readTargets(invocation, words);
  if (!read.ok) return read.reading;
  const readings: ConsoleReading[] = read.errors === '' ? [] : [refusal(read.errors)];
  const commands: ClusterCommand[] = [];
  for (const target of read.targets) {
    const spec = templateSpec(target);
    if (!spec || objectsAt(spec, 'containers').length === 0) {
      readings.push(
        refusal(
          `error: ${target.kind.plural}/${target.object.metadata.name} the object is not a pod or ` +
            `does not have a pod template: *v1.${target.kind.kind}`,
        ),
      );
      continue;
    }
    const change = changeFor(target);
    if (typeof change === 'string') {
      readings.push(refusal(change));
      continue;
    }
    const patch: JsonObject = {};
    for (const field of ['containers', 'initContainers']) {
      const changed = objectsAt(spec, field).flatMap((container) => {
        const difference = change(container);
        return difference ? [{ name: textAt(container, 'name'), ...difference }] : [];
      });
      if (changed.length > 0) patch[field] = changed;
    }
    // As kubectl: what would change nothing is not sent, and nothing is said of it.
    if (Object.keys(patch).length === 0) continue;
    const whole: JsonObject =
      target.kind.kind === 'Pod' ? { spec: patch } : { spec: { template: { spec: patch } } };
    commands.push(patchOf(refOf(target.kind, target.object), whole, { said, fieldManager: 'kubectl-set' }));
  }
  return joined([...readings, intends(commands)]);
}
