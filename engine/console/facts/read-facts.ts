/**
 * The facts of one thing, read through the store's entrance and the console's own readers.
 *
 * Reads   the world and its telemetry. Changes   nothing.
 * Why     Who clicks must be able to learn what who types learns, and it must count the same: so what is
 *         shown is handed back as observations, exactly as a line of the terminal does.
 */
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { findResourceByText } from '../../platforms/kubernetes/resources.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import type { FactKind, ThingFacts } from '../../protocol/thing-facts.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { ConsoleContext } from '../console-types.ts';
import { getObject, listObjects } from '../kubectl/ask.ts';
import type { Invocation } from '../kubectl/invocation.ts';
import { observeObjects } from '../kubectl/observe-objects.ts';
import { eventsOf, momentOf } from './facts-asking.ts';
import type { FactsAsking, OwnFacts } from './facts-asking.ts';
import { nodeFacts } from './node-facts.ts';
import { claimFacts, configFacts, policyFacts, serviceFacts } from './object-facts.ts';
import { podFacts } from './pod-facts.ts';
import { workloadFacts } from './workload-facts.ts';

type Reader = { resource: string; read: (asking: FactsAsking, object: KubeObject) => OwnFacts };

const READERS: { readonly [Kind in FactKind]: Reader } = {
  pod: { resource: 'pods', read: podFacts },
  node: { resource: 'nodes', read: nodeFacts },
  deployment: {
    resource: 'deployments.apps',
    read: (asking, object) => workloadFacts(asking, object, 'deployments'),
  },
  statefulset: {
    resource: 'statefulsets.apps',
    read: (asking, object) => workloadFacts(asking, object, 'statefulsets'),
  },
  daemonset: {
    resource: 'daemonsets.apps',
    read: (asking, object) => workloadFacts(asking, object, 'daemonsets'),
  },
  service: { resource: 'services', read: serviceFacts },
  networkpolicy: { resource: 'networkpolicies.networking.k8s.io', read: policyFacts },
  configmap: { resource: 'configmaps', read: configFacts },
  persistentvolumeclaim: { resource: 'persistentvolumeclaims', read: claimFacts },
};

function isFactKind(word: string): word is FactKind {
  return Object.hasOwn(READERS, word);
}

/** The object of that name: that of the context's namespace first, else the first of another. */
function findObject(call: Invocation, kind: KindDefinition, name: string): KubeObject | null {
  const own = getObject(call, kind, name);
  if (own.ok) return own.value;
  const all = listObjects({ ...call, allNamespaces: true }, kind);
  return (all.ok && all.value.find(({ metadata }) => metadata.name === name)) || null;
}

function callOf(world: World, { seat, namespace }: ConsoleContext): Invocation {
  return {
    world,
    seat,
    verb: 'get',
    namespace,
    allNamespaces: false,
    words: [],
    afterDashes: null,
    flags: new Map(),
    stdin: '',
    argv: [],
  };
}

/** Reads the facts of `kind/name`; null when no such thing is there, or its kind has no facts. */
export function readFacts(
  world: World,
  telemetry: Telemetry,
  context: ConsoleContext,
  id: string,
): { facts: ThingFacts | null; observed: Observation[] } {
  const slash = id.indexOf('/');
  const [word, name] = [id.slice(0, slash), id.slice(slash + 1)];
  if (slash < 0 || name === '' || !isFactKind(word)) return { facts: null, observed: [] };
  const { resource, read } = READERS[word];
  const kind = findResourceByText(resource);
  const call = callOf(world, context);
  const object = findObject(call, kind, name);
  if (object === null) return { facts: null, observed: [] };
  const namespace = object.metadata.namespace ?? '';
  const observed = observeObjects(kind, [object], true);
  const asking: FactsAsking = { world, telemetry, call: { ...call, namespace }, observed };
  const empty = { facts: [], uses: [], conditions: [], containers: [], parts: [], revisions: [], data: [] };
  const facts: ThingFacts = {
    id: `${word}/${name}`,
    kind: word,
    namespace,
    name,
    atMicros: world.cluster.nowMicros,
    createdAtMicros: momentOf(asking, object.metadata.creationTimestamp),
    ...empty,
    replicas: null,
    related: [],
    rules: null,
    volumes: [],
    lines: [],
    ...read(asking, object),
    events: eventsOf(asking, object),
  };
  return { facts, observed };
}
