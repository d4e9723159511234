/** What the scheduler sees of each node: its object, its pods and what they asked for. */
import type { JsonObject, KubeObject } from '../api-types.ts';
import { memberAt, objectAt, objectsAt, textAt } from '../json-access.ts';
import type { World } from '../kube-state.ts';
import { listObjects } from '../object-reads.ts';
import { quantityMilli, quantityUnits } from '../quantity.ts';

/** CPU and memory asked for. */
export type Request = {
  /** Thousandths of a core. */
  cpuMillis: number;
  /** Bytes. */
  memoryBytes: number;
};

/** One node, its pods and their sums. */
export type NodePicture = {
  /** The object. */
  node: KubeObject;
  /** Name. */
  name: string;
  /** What pods may ask for in all. */
  allocatable: Request;
  /** Pods it takes at most. */
  podLimit: number;
  /** Pods bound to it that have not ended. */
  pods: KubeObject[];
  /** What they ask for. */
  requested: Request;
  /** The same for scoring, where a pod that asks for nothing counts a little. */
  weighed: Request;
};

/** What a pod that names no request counts for when nodes are compared. */
const FREE_CPU_MILLIS = 100;
const FREE_MEMORY_BYTES = 209_715_200;

function readRequest(container: JsonObject): Request {
  const requests = objectAt(objectAt(container, 'resources'), 'requests');
  const cpu = memberAt(requests, 'cpu');
  const memory = memberAt(requests, 'memory');
  return {
    cpuMillis: cpu === undefined ? 0 : quantityMilli(cpu),
    memoryBytes: memory === undefined ? 0 : quantityUnits(memory),
  };
}

/** What a pod asks for: its containers together, or its largest init container if that is more. */
export function requestOf(pod: KubeObject): Request {
  const total = { cpuMillis: 0, memoryBytes: 0 };
  for (const container of objectsAt(pod.spec, 'containers')) {
    const one = readRequest(container);
    total.cpuMillis += one.cpuMillis;
    total.memoryBytes += one.memoryBytes;
  }
  for (const container of objectsAt(pod.spec, 'initContainers')) {
    const one = readRequest(container);
    total.cpuMillis = Math.max(total.cpuMillis, one.cpuMillis);
    total.memoryBytes = Math.max(total.memoryBytes, one.memoryBytes);
  }
  return total;
}

/** What a pod counts for when nodes are compared. */
export function weightOf(pod: KubeObject): Request {
  const total = { cpuMillis: 0, memoryBytes: 0 };
  for (const container of objectsAt(pod.spec, 'containers')) {
    const one = readRequest(container);
    total.cpuMillis += one.cpuMillis || FREE_CPU_MILLIS;
    total.memoryBytes += one.memoryBytes || FREE_MEMORY_BYTES;
  }
  return total;
}

/** All nodes by name, with what runs on them. */
export function drawNodePictures(world: World): NodePicture[] {
  const pictures = listObjects(world, 'nodes').map((node): NodePicture => {
    const allocatable = objectAt(node.status, 'allocatable');
    return {
      node,
      name: node.metadata.name,
      allocatable: {
        cpuMillis: quantityMilli(memberAt(allocatable, 'cpu') ?? 0),
        memoryBytes: quantityUnits(memberAt(allocatable, 'memory') ?? 0),
      },
      podLimit: quantityUnits(memberAt(allocatable, 'pods') ?? 110),
      pods: [],
      requested: { cpuMillis: 0, memoryBytes: 0 },
      weighed: { cpuMillis: 0, memoryBytes: 0 },
    };
  });
  const byName = new Map(pictures.map((picture) => [picture.name, picture]));
  for (const pod of listObjects(world, 'pods')) {
    const picture = byName.get(textAt(pod.spec, 'nodeName'));
    const phase = textAt(pod.status, 'phase');
    if (picture === undefined || phase === 'Succeeded' || phase === 'Failed') continue;
    const asked = requestOf(pod);
    const weight = weightOf(pod);
    picture.pods.push(pod);
    picture.requested.cpuMillis += asked.cpuMillis;
    picture.requested.memoryBytes += asked.memoryBytes;
    picture.weighed.cpuMillis += weight.cpuMillis;
    picture.weighed.memoryBytes += weight.memoryBytes;
  }
  return pictures;
}

/** A label of a node, '' when it has none of that name. */
export function nodeLabel(node: KubeObject, key: string): string {
  return node.metadata.labels?.[key] ?? '';
}
