/** Which program and which processes answer at the other end of a request. */
import type { ContainerRef, SendRequest } from '../../protocol/cluster-commands.ts';
import type { PlanProgram } from '../../cluster/plan.ts';
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
} from '../../platforms/kubernetes/json-access.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { listObjects } from '../../platforms/kubernetes/object-reads.ts';
import { labelSelectorOf, matchesLabels } from '../../platforms/kubernetes/selectors.ts';
import { containerInstances } from '../../platforms/kubernetes/topology.ts';
import type { ProgramPlace } from './exec-context.ts';

/** The far end of a request. */
export type FarEnd = {
  /** Port of the program, after the service has mapped it; 0 when the service has no such port. */
  port: number;
  /** Processes (running or not) of the containers that serve that port. */
  processes: number[];
};

/** Finds the far end of a request. */
export function farEnd(world: World, from: ContainerRef | null, to: SendRequest['to'], port: number): FarEnd {
  if ('localhost' in to)
    return from ? ofPods(world, podNamed(world, from.namespace, from.pod), port) : { port, processes: [] };
  if ('pod' in to) return ofPods(world, podNamed(world, to.namespace, to.pod), port);
  const slash = to.service.indexOf('/');
  const [namespace, name] = [to.service.slice(0, slash), to.service.slice(slash + 1)];
  const service = listObjects(world, 'services', namespace).find(({ metadata }) => metadata.name === name);
  if (!service) return { port: 0, processes: [] };
  const spec = objectAt(asJson(service), 'spec');
  const selector = textMapAt(spec, 'selector');
  const matched = labelSelectorOf({ matchLabels: selector });
  const pods =
    Object.keys(selector).length === 0
      ? []
      : listObjects(world, 'pods', namespace).filter((pod) => matchesLabels(matched, pod.metadata.labels));
  const headless = textAt(spec, 'clusterIP') === 'None';
  const mapped = objectsAt(spec, 'ports').find((one) => countAt(one, 'port') === port);
  if (!mapped) return headless ? ofPods(world, pods, port) : { port: 0, processes: [] };
  return ofPods(world, pods, targetPort(mapped, pods));
}

function podNamed(world: World, namespace: string, name: string): KubeObject[] {
  return listObjects(world, 'pods', namespace).filter(({ metadata }) => metadata.name === name);
}

/** The container port that a service port leads to. */
function targetPort(mapped: JsonObject, pods: readonly KubeObject[]): number {
  const target = memberAt(mapped, 'targetPort');
  if (typeof target === 'number') return target;
  if (typeof target !== 'string') return countAt(mapped, 'port');
  if (/^[0-9]{1,5}$/.test(target)) return Number(target);
  for (const pod of pods) {
    for (const container of objectsAt(objectAt(asJson(pod), 'spec'), 'containers')) {
      const named = objectsAt(container, 'ports').find((port) => textAt(port, 'name') === target);
      if (named) return countAt(named, 'containerPort');
    }
  }
  return 0;
}

function ofPods(world: World, pods: readonly KubeObject[], port: number): FarEnd {
  const { cluster } = world;
  const processes: number[] = [];
  for (const pod of pods) {
    for (const container of objectsAt(objectAt(asJson(pod), 'spec'), 'containers')) {
      const { name, namespace = '' } = pod.metadata;
      const { current } = containerInstances(world, namespace, name, textAt(container, 'name'));
      if (current < 0) continue;
      const { spec } = cluster.plan.programs[cluster.processes[current].program];
      if (port !== 0 && (spec.port === port || spec.adminPort === port)) processes.push(current);
    }
  }
  return { port, processes };
}

/** The program at the far end, or null when no container serves that port. */
export function calledProgram(place: ProgramPlace, to: SendRequest['to'], port: number): PlanProgram | null {
  const { cluster } = place.world;
  const [first] = farEnd(place.world, place.place, to, port).processes;
  return first === undefined ? null : cluster.plan.programs[cluster.processes[first].program];
}
