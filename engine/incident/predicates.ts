/** Answers the closed list of questions about the world that scenarios ask: is it cured, is it intact? */
import type { Json, JsonObject, KubeObject } from '../platforms/kubernetes/api-types.ts';
import {
  asJson,
  isObject,
  memberAt,
  objectsAt,
  textAt,
  valueAt,
} from '../platforms/kubernetes/json-access.ts';
import { listAt, numberAt, objectAt } from '../platforms/kubernetes/json-access.ts';
import { equalJson } from '../platforms/kubernetes/json-values.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { compareQuantities, parseQuantity } from '../platforms/kubernetes/quantity.ts';
import { readObject } from '../platforms/kubernetes/store-state.ts';
import type { ObjectRef } from '../protocol/cluster-commands.ts';
import type { Predicate } from '../protocol/predicate.ts';
import type { Baseline } from './baseline.ts';
import { policiesAllow, policiesAreNarrow } from './policy-check.ts';

/** The object, unless it is absent or on its way out. */
function findObject(world: World, ref: ObjectRef): KubeObject | undefined {
  const shelf = ref.group === '' ? ref.resource : `${ref.resource}.${ref.group}`;
  const object = readObject(world.kube.store, shelf, { namespace: ref.namespace, name: ref.name });
  return object?.metadata.deletionTimestamp === undefined ? object : undefined;
}

/** One step of a path: a member, an index of a list, or `name=x` for the item of that name. */
function step(value: Json | undefined, key: string): Json | undefined {
  if (!Array.isArray(value)) return isObject(value) ? memberAt(value, key) : undefined;
  const named = /^name=(.*)$/.exec(key);
  if (named !== null) return value.find((item) => isObject(item) && textAt(item, 'name') === named[1]);
  return /^\d+$/.test(key) ? value[Number(key)] : undefined;
}

function fieldOf(world: World, ref: ObjectRef, path: readonly string[]): Json | undefined {
  const object = findObject(world, ref);
  if (object === undefined) return undefined;
  return path.reduce<Json | undefined>((value, key) => step(value, key), asJson(object));
}

function atLeast(value: Json | undefined, quantity: string): boolean {
  if (value === undefined || !parseQuantity(value).ok) return false;
  return compareQuantities(value, quantity) >= 0;
}

function limitAtLeast(world: World, asked: Extract<Predicate, { type: 'limitAtLeast' }>): boolean {
  const object = findObject(world, asked.workload);
  if (object === undefined) return false;
  const pod = valueAt(asJson(object), 'spec', 'template', 'spec');
  const containers = objectsAt(isObject(pod) ? pod : undefined, 'containers');
  const container = containers.find((one) => textAt(one, 'name') === asked.container);
  if (container === undefined) return false;
  const limit = valueAt(container, 'resources', 'limits', asked.resource);
  return limit === undefined || atLeast(limit, asked.quantity);
}

/** Ready addresses of a service's Endpoints that lie on a node. */
function hasEndpointOnNode(world: World, asked: Extract<Predicate, { type: 'noEndpointOnNode' }>): boolean {
  const endpoints = readObject(world.kube.store, 'endpoints', {
    namespace: asked.namespace,
    name: asked.service,
  });
  const subsets = endpoints === undefined ? [] : objectsAt(asJson(endpoints), 'subsets');
  return subsets.some((subset: JsonObject) =>
    listAt(subset, 'addresses').some(
      (address) => isObject(address) && textAt(address, 'nodeName') === asked.node,
    ),
  );
}

function settingIs(world: World, asked: Extract<Predicate, { type: 'settingIs' }>): boolean {
  const { programs } = world.cluster.plan;
  const running = world.cluster.processes.filter(
    (process) => process.phase === 'running' && programs[process.program].name === asked.program,
  );
  return running.length > 0 && running.every((process) => process.settings.get(asked.key) === asked.value);
}

/** Data is lost when a volume's data was destroyed, or a claim has another volume than before, or none. */
function noDataLost(world: World, baseline: Baseline): boolean {
  const { volumes } = world.cluster;
  if (baseline.dataEpochs.some((epoch, number) => volumes[number].dataEpoch !== epoch)) return false;
  return [...baseline.claims].every(([claim, number]) => world.kube.claimVolumes.get(claim) === number);
}

/** Whether it holds now. */
export function holds(world: World, baseline: Baseline, asked: Predicate): boolean {
  switch (asked.type) {
    case 'fieldEquals':
      return equalJson(fieldOf(world, asked.object, asked.path), asked.value);
    case 'fieldAtLeast':
      return atLeast(fieldOf(world, asked.object, asked.path), asked.quantity);
    case 'objectExists':
      return findObject(world, asked.object) !== undefined;
    case 'policyAllows': {
      const narrow = !asked.notWide || !policiesAllow(world, asked.namespace, { ...asked, fromLabels: {} });
      return narrow && policiesAllow(world, asked.namespace, asked);
    }
    case 'policyNotWide':
      return policiesAreNarrow(world, asked.namespace, asked.toLabels);
    case 'noEndpointOnNode':
      return !hasEndpointOnNode(world, asked);
    case 'settingIs':
      return settingIs(world, asked);
    case 'volumeUsedBelow': {
      const volumes = world.cluster.volumes.filter((volume) => volume.name.startsWith(asked.volumePrefix));
      return volumes.length > 0 && volumes.every((one) => one.usedBytes < asked.ratio * one.capacityBytes);
    }
    case 'limitAtLeast':
      return limitAtLeast(world, asked);
    case 'noDataLost':
      return noDataLost(world, baseline);
    case 'workloadReplicasAtLeast': {
      const object = findObject(world, asked.workload);
      const spec = object === undefined ? undefined : objectAt(asJson(object), 'spec');
      // An absent count means one, as the API server defaults it.
      return object !== undefined && (numberAt(spec, 'replicas') ?? 1) >= asked.replicas;
    }
    case 'all':
      return asked.of.every((part) => holds(world, baseline, part));
    case 'any':
      return asked.of.some((part) => holds(world, baseline, part));
    case 'not':
      return !holds(world, baseline, asked.of);
  }
}
