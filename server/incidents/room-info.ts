/** What everybody in a room may know: story, map, lists to choose from. No word of the fault. */
import type { ScenarioWithSystem } from '@chaotic-good/scenarios/sdk/registry';
import { startSecondOfWeek } from '@chaotic-good/engine/incident/local-start';
import { unixSecondsAt } from '@chaotic-good/engine/platforms/kubernetes/timestamps';
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import type { MapEdge, MapNode, RoomInfo } from '@chaotic-good/engine/protocol/wire';

/** The parts of a manifest that matter here. */
type Manifest = { kind?: string; metadata?: { name?: string; namespace?: string }; spec?: unknown };

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'];
/** Kinds of objects that can be at fault, as `kubectl get` names them, in the order of the list. */
const COMPONENT_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Service',
  'NetworkPolicy',
  'ConfigMap',
  'PersistentVolumeClaim',
];

/** Container images of a workload's pods. */
function imagesOf({ spec }: Manifest): string[] {
  const template = (spec as { template?: { spec?: { containers?: { image?: string }[] } } })?.template;
  return (template?.spec?.containers ?? []).map(({ image }) => image ?? '');
}

function repository(image: string): string {
  return image.replace(/(:[^/:]+)?(@.+)?$/, '');
}

function componentId({ kind = '', metadata }: Manifest): string {
  return `${kind.toLowerCase()}/${metadata?.name ?? ''}`;
}

function mapNodes({ system }: ScenarioWithSystem, manifests: readonly Manifest[]): MapNode[] {
  const nodes: MapNode[] = [{ id: 'users', title: 'Users', kind: 'users', workload: '' }];
  for (const program of system.programs) {
    const owner = manifests.find(
      (manifest) =>
        WORKLOADS.includes(manifest.kind ?? '') && imagesOf(manifest).map(repository).includes(program.image),
    );
    // A sidecar has no place of its own on the map.
    if (owner === undefined || program.kind === 'agent') continue;
    const { name = '', namespace = 'default' } = owner.metadata ?? {};
    nodes.push({ id: componentId(owner), title: name, kind: program.kind, workload: `${namespace}/${name}` });
  }
  return nodes;
}

/** The map's end of an edge: the node of the program that calls, or of the service that is called. */
function mapEdges({ system }: ScenarioWithSystem, nodes: readonly MapNode[]): MapEdge[] {
  const nodeOf = (name: string) =>
    nodes.find(({ id, workload }) => id === name || workload === name || workload.endsWith(`/${name}`))?.id;
  return system.edges.flatMap(({ name, from, to }) => {
    const start = nodeOf(from);
    const end = nodeOf(to);
    return start === undefined || end === undefined ? [] : [{ name, from: start, to: end }];
  });
}

/** Names of the claims that a StatefulSet makes of its templates: `pgdata-postgres-0`. */
function claimsOf({ metadata, spec }: Manifest): string[] {
  const { volumeClaimTemplates = [], replicas = 1 } = (spec ?? {}) as {
    volumeClaimTemplates?: { metadata?: { name?: string } }[];
    replicas?: number;
  };
  return volumeClaimTemplates.flatMap((template) =>
    Array.from(
      { length: replicas },
      (_, at) => `persistentvolumeclaim/${template.metadata?.name}-${metadata?.name}-${at}`,
    ),
  );
}

function components({ system }: ScenarioWithSystem, manifests: readonly Manifest[]): string[] {
  const objects = COMPONENT_KINDS.flatMap((kind) => manifests.filter((manifest) => manifest.kind === kind));
  const claims = manifests.filter(({ kind }) => kind === 'StatefulSet').flatMap(claimsOf);
  const nodes = system.hosts.map(({ name }) => `node/${name}`);
  return [...new Set([...objects.map(componentId), ...claims, ...nodes])];
}

/** Unix milliseconds that incident time 0 stands for: what the cluster's own timestamps say. */
export function startedAtUnixMs(localStart: string): number {
  return unixSecondsAt({ startSecondOfWeek: startSecondOfWeek(localStart) }, 0) * 1000;
}

/** What a room may know of a scenario. */
export function roomInfo(
  place: Pick<RoomInfo, 'code' | 'incidentId' | 'round' | 'seedDay'>,
  subject: ScenarioWithSystem,
): RoomInfo {
  const { scenario, system } = subject;
  const manifests = system.manifests as readonly Manifest[];
  const nodes = mapNodes(subject, manifests);
  return {
    ...place,
    scenarioId: scenario.id,
    title: scenario.title,
    story: scenario.story,
    sentences: [...system.sentences],
    namespace: scenario.namespace,
    startedAtUnixMs: startedAtUnixMs(scenario.localStart),
    map: { nodes, edges: mapEdges(subject, nodes) },
    components: components(subject, manifests),
    mechanisms: [...MECHANISMS],
  };
}
