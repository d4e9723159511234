/** `help`: the twelve lines that solve most incidents, with the names of this very system in them. */
import { apiRequest } from '../platforms/kubernetes/entrance.ts';
import { asJson, objectAt, objectsAt, textAt } from '../platforms/kubernetes/json-access.ts';
import type { KubeObject } from '../platforms/kubernetes/api-types.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { findResourceByText } from '../platforms/kubernetes/resources.ts';
import type { ConsoleContext } from './console-types.ts';

/** The first object of a kind, of the context's namespace if the kind has any. */
function first(world: World, { seat, namespace }: ConsoleContext, text: string): KubeObject | undefined {
  const { group, version, plural: resource, namespaced } = findResourceByText(text);
  const place = { group, version, resource, namespace: namespaced ? namespace : undefined };
  const answer = apiRequest(world, { ...place, verb: 'list', seat });
  return answer.ok && 'list' in answer ? answer.list.items[0] : undefined;
}

function nameOf(object: KubeObject | undefined, otherwise: string): string {
  return object?.metadata.name ?? otherwise;
}

/** Name of the first container of a pod template. */
function containerOf(workload: KubeObject | undefined): string {
  const template = objectAt(objectAt(workload && asJson(workload), 'spec'), 'template');
  const [container] = objectsAt(objectAt(template, 'spec'), 'containers');
  return textAt(container, 'name') || 'CONTAINER';
}

/** What `help` prints, lines in two columns. */
export function helpText(world: World, context: ConsoleContext): string {
  const deployment = first(world, context, 'deployments.apps');
  const workload = `deployment/${nameOf(deployment, 'NAME')}`;
  const container = containerOf(deployment);
  const pod = nameOf(first(world, context, 'pods'), 'POD');
  const node = nameOf(first(world, context, 'nodes'), 'NODE');
  const commands: [string, string][] = [
    ['kubectl get pods -o wide', 'pods: state, restarts, node'],
    ['kubectl get events --sort-by=.lastTimestamp', 'what Kubernetes did, newest last'],
    ['kubectl top pods', 'what pods use now'],
    [`kubectl describe pod ${pod}`, 'one pod: limits, last end, events'],
    [`kubectl logs ${pod} --tail=40`, 'what it said last'],
    [`kubectl exec ${pod} -- df -h`, 'how full its disks are'],
    [`kubectl rollout history ${workload}`, 'what was rolled out when'],
    [`kubectl rollout undo ${workload}`, 'back to the revision before'],
    [`kubectl rollout restart ${workload}`, 'new pods, one after another'],
    [`kubectl set resources ${workload} -c ${container} --limits=cpu=1`, 'other limits'],
    ['kubectl get networkpolicies -o yaml', 'who may talk to whom'],
    [`kubectl cordon ${node}`, 'no new pods on a node'],
  ];
  const width = Math.max(...commands.map(([line]) => line.length)) + 2;
  const rows = commands.map(([line, words]) => `  ${line.padEnd(width)}${words}\n`);
  return (
    `The namespace is ${context.namespace}; -n names another, -A means all. k is short for kubectl.\n\n` +
    `${rows.join('')}\nTab completes names. kubectl VERB --help tells the flags of a verb.\n`
  );
}
