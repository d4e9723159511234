/** The facts of objects that run nothing: services, network policies, configurations, claims. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  textsAt,
} from '../../platforms/kubernetes/json-access.ts';
import { formatLabelSelector, labelSelectorOf } from '../../platforms/kubernetes/selectors.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import type { Fact, ThingFacts } from '../../protocol/thing-facts.ts';
import { fact, objectsOf } from './facts-asking.ts';
import type { FactsAsking, OwnFacts } from './facts-asking.ts';
import { podParts, podState } from './pod-facts.ts';
import { volumesOfPods } from './volume-facts.ts';
import { podsOf } from './workload-facts.ts';

function numberOf(parent: JsonObject | undefined, key: string): string {
  const value = memberAt(parent, key);
  return value === undefined ? 'any' : String(value);
}

/** A service: whom it sends to. */
export function serviceFacts(asking: FactsAsking, service: KubeObject): OwnFacts {
  const spec = objectAt(asJson(service), 'spec');
  const pods = podsOf(asking, { matchLabels: textMapAt(spec, 'selector') });
  const ready = pods.filter((pod) => podState(pod).tone === 'good').length;
  const ports = objectsAt(spec, 'ports').map(
    (port) => `${numberOf(port, 'port')} to ${numberOf(port, 'targetPort')} of the pods`,
  );
  return {
    state: `${ready} of ${pods.length} pods behind it ready`,
    tone: ready === pods.length ? 'good' : ready === 0 ? 'bad' : 'warn',
    facts: [
      fact(
        'Sends to pods with',
        formatLabelSelector(labelSelectorOf({ matchLabels: textMapAt(spec, 'selector') })),
      ),
      fact('Ports', ports.join(', ') || 'none'),
      fact('Address', textAt(spec, 'clusterIP') || 'none'),
    ],
    parts: podParts(asking, pods),
  };
}

/** `pods app=polls`, `pods app=traefik in namespaces …`, `anywhere`. */
function peerText(peer: JsonObject): string {
  const pods = objectAt(peer, 'podSelector');
  const namespaces = objectAt(peer, 'namespaceSelector');
  const block = textAt(objectAt(peer, 'ipBlock'), 'cidr');
  if (block !== '') return `addresses ${block}`;
  const which = formatLabelSelector(labelSelectorOf(pods)) || 'any label';
  const where = formatLabelSelector(labelSelectorOf(namespaces)) || 'any label';
  if (namespaces === undefined) return `pods with ${which}`;
  return `pods with ${which} in namespaces with ${where}`;
}

function ruleFact(word: string, rule: JsonObject, peers: JsonObject[]): Fact {
  const who = peers.map(peerText).join(', or ') || 'anywhere';
  const ports = objectsAt(rule, 'ports').map(
    (port) => `${textAt(port, 'protocol') || 'TCP'} ${numberOf(port, 'port')}`,
  );
  return fact(word, `${who}, ${ports.length === 0 ? 'any port' : `on ${ports.join(', ')}`}`);
}

/**
 * What a rule of a policy may name: the `app` labels and ports of the workloads in its namespace. The same
 * for every policy there, whatever its rules say.
 */
function ruleChoices(asking: FactsAsking): NonNullable<ThingFacts['rules']> {
  const templates = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps']
    .flatMap((resource) => objectsOf(asking, resource))
    .map((workload) => objectAt(objectAt(asJson(workload), 'spec'), 'template'));
  const apps = templates.map((template) => textMapAt(objectAt(template, 'metadata'), 'labels').app ?? '');
  const ports = templates
    .flatMap((template) => objectsAt(objectAt(template, 'spec'), 'containers'))
    .flatMap((container) => objectsAt(container, 'ports'))
    .map((port) => countAt(port, 'containerPort'));
  return {
    apps: [...new Set(apps)].filter((app) => app !== '').sort(compareText),
    ports: [...new Set(ports)].filter((port) => port > 0).sort((left, right) => left - right),
  };
}

/** A network policy: to whom it applies and what it lets through. */
export function policyFacts(asking: FactsAsking, policy: KubeObject): OwnFacts {
  const spec = objectAt(asJson(policy), 'spec');
  const selector = objectAt(spec, 'podSelector');
  const pods = podsOf(asking, selector);
  const types = textsAt(spec, 'policyTypes');
  const inward = objectsAt(spec, 'ingress').map((rule) => ruleFact('Lets in', rule, objectsAt(rule, 'from')));
  const outward = objectsAt(spec, 'egress').map((rule) => ruleFact('Lets out', rule, objectsAt(rule, 'to')));
  const rules = [
    ...(types.includes('Ingress') && inward.length === 0 ? [fact('Lets in', 'nothing by itself')] : inward),
    ...(types.includes('Egress') && outward.length === 0 ? [fact('Lets out', 'nothing by itself')] : outward),
  ];
  return {
    rules: ruleChoices(asking),
    state: `applies to ${pods.length} pods`,
    tone: 'neutral',
    facts: [fact('Pods with', formatLabelSelector(labelSelectorOf(selector)) || 'any label'), ...rules],
    parts: podParts(asking, pods),
  };
}

/** A configuration: what it says. */
export function configFacts(_asking: FactsAsking, config: KubeObject): OwnFacts {
  const data = Object.entries(config.data ?? {}).map(([key, value]) => ({ key, value }));
  return { state: `${data.length} entries`, tone: 'neutral', data };
}

/** A claim: how large, how full, who has it. */
export function claimFacts(asking: FactsAsking, claim: KubeObject): OwnFacts {
  const spec = objectAt(asJson(claim), 'spec');
  const status = objectAt(asJson(claim), 'status');
  const { name } = claim.metadata;
  const pods = objectsOf(asking, 'pods').filter((pod) =>
    objectsAt(objectAt(asJson(pod), 'spec'), 'volumes').some(
      (volume) => textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName') === name,
    ),
  );
  const inside = volumesOfPods(asking, pods);
  const paths = new Set(pods.flatMap((pod) => pathsOf(pod, name)));
  const kept = inside.volumes.map(({ path }) => paths.has(path));
  const phase = textAt(status, 'phase') || 'Pending';
  return {
    state: phase,
    tone: phase === 'Bound' ? 'good' : 'bad',
    facts: [
      fact('Asked for', textAt(objectAt(objectAt(spec, 'resources'), 'requests'), 'storage')),
      fact('Has', textAt(objectAt(status, 'capacity'), 'storage') || 'nothing yet'),
      fact('Storage class', textAt(spec, 'storageClassName') || 'none'),
    ],
    uses: inside.uses.filter((_, at) => kept[at]),
    volumes: inside.volumes.filter((_, at) => kept[at]),
    parts: podParts(asking, pods),
  };
}

/** Where containers of a pod mount a claim. */
function pathsOf(pod: KubeObject, claim: string): string[] {
  const spec = objectAt(asJson(pod), 'spec');
  const names = objectsAt(spec, 'volumes')
    .filter((volume) => textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName') === claim)
    .map((volume) => textAt(volume, 'name'));
  return objectsAt(spec, 'containers')
    .flatMap((container) => objectsAt(container, 'volumeMounts'))
    .filter((mount) => names.includes(textAt(mount, 'name')))
    .map((mount) => textAt(mount, 'mountPath'));
}
