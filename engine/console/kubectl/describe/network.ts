/** `kubectl describe` of services and network policies. */
import type { JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  listAt,
  memberAt,
  objectAt,
  objectsAt,
  textAt,
  textMapAt,
  textsAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { formatLabelSelector, labelSelectorOf } from '../../../platforms/kubernetes/selectors.ts';
import { eventLines, labelLines, line, metaLines, optionalLine, textList } from './lines.ts';
import type { DescribeClock } from './lines.ts';

/** Describes a service with the addresses that answer for it. */
export function describeService(
  service: KubeObject,
  endpoints: KubeObject | undefined,
  slices: readonly KubeObject[],
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const spec = objectAt(asJson(service), 'spec');
  const ingress = objectsAt(objectAt(objectAt(asJson(service), 'status'), 'loadBalancer'), 'ingress');
  const internal = textAt(spec, 'internalTrafficPolicy');
  return (
    line(0, `Name:\t${service.metadata.name}`) +
    line(0, `Namespace:\t${service.metadata.namespace ?? ''}`) +
    metaLines(service) +
    labelLines('Selector', textMapAt(spec, 'selector')) +
    line(0, `Type:\t${textAt(spec, 'type')}`) +
    optionalLine(0, 'IP Family Policy', textAt(spec, 'ipFamilyPolicy')) +
    (textsAt(spec, 'ipFamilies').length === 0
      ? ''
      : line(0, `IP Families:\t${textList(spec, 'ipFamilies')}`)) +
    line(0, `IP:\t${textAt(spec, 'clusterIP')}`) +
    line(0, `IPs:\t${textList(spec, 'clusterIPs') || '<none>'}`) +
    (textsAt(spec, 'externalIPs').length === 0
      ? ''
      : line(0, `External IPs:\t${textList(spec, 'externalIPs')}`)) +
    optionalLine(0, 'External Name', textAt(spec, 'externalName')) +
    (ingress.length === 0
      ? ''
      : line(
          0,
          'LoadBalancer ' +
            `Ingress:\t${ingress.map((one) => textAt(one, 'ip') || textAt(one, 'hostname')).join(', ')}`,
        )) +
    objectsAt(spec, 'ports')
      .map((port) => portLines(port, endpoints, slices))
      .join('') +
    line(0, `Session Affinity:\t${textAt(spec, 'sessionAffinity')}`) +
    optionalLine(0, 'External Traffic Policy', textAt(spec, 'externalTrafficPolicy')) +
    optionalLine(0, 'Internal Traffic Policy', internal) +
    eventLines(events, clock)
  );
}

function portLines(
  port: JsonObject,
  endpoints: KubeObject | undefined,
  slices: readonly KubeObject[],
): string {
  const name = textAt(port, 'name');
  const protocol = textAt(port, 'protocol') || 'TCP';
  const target = memberAt(port, 'targetPort') ?? countAt(port, 'port');
  const addresses = slices.length > 0 ? sliceAddresses(slices, name) : endpointAddresses(endpoints, name);
  const nodePort = countAt(port, 'nodePort');
  return (
    line(0, `Port:\t${name || '<unset>'}\t${countAt(port, 'port')}/${protocol}`) +
    line(0, `TargetPort:\t${String(target)}/${protocol}`) +
    (nodePort === 0 ? '' : line(0, `NodePort:\t${name || '<unset>'}\t${nodePort}/${protocol}`)) +
    line(0, `Endpoints:\t${shortList(addresses)}`)
  );
}

/** The first three addresses, and how many more there are. */
function shortList(addresses: readonly string[]): string {
  const more = addresses.length > 3 ? ` + ${addresses.length - 3} more...` : '';
  return addresses.slice(0, 3).join(',') + more;
}

function sliceAddresses(slices: readonly KubeObject[], name: string): string[] {
  const found: string[] = [];
  for (const slice of slices) {
    const port = objectsAt(asJson(slice), 'ports').find((one) => textAt(one, 'name') === name);
    if (!port) continue;
    for (const endpoint of objectsAt(asJson(slice), 'endpoints')) {
      if (memberAt(objectAt(endpoint, 'conditions'), 'ready') === false) continue;
      found.push(...textsAt(endpoint, 'addresses').map((address) => `${address}:${countAt(port, 'port')}`));
    }
  }
  return found;
}

function endpointAddresses(endpoints: KubeObject | undefined, name: string): string[] {
  if (!endpoints) return [];
  return objectsAt(asJson(endpoints), 'subsets').flatMap((subset) => {
    const port = objectsAt(subset, 'ports').find((one) => textAt(one, 'name') === name);
    if (!port) return [];
    return objectsAt(subset, 'addresses').map((one) => `${textAt(one, 'ip')}:${countAt(port, 'port')}`);
  });
}

/** Describes a network policy. */
export function describeNetworkPolicy(policy: KubeObject): string {
  const spec = objectAt(asJson(policy), 'spec');
  const selector = formatLabelSelector(labelSelectorOf(objectAt(spec, 'podSelector')));
  const types = textsAt(spec, 'policyTypes');
  const everything = '<none> (Allowing the specific traffic to all pods in this namespace)';
  return (
    line(0, `Name:\t${policy.metadata.name}`) +
    line(0, `Namespace:\t${policy.metadata.namespace ?? ''}`) +
    line(0, `Created on:\t${spacedTime(policy.metadata.creationTimestamp)}`) +
    metaLines(policy) +
    line(0, 'Spec:') +
    line(1, `PodSelector:     ${selector || everything}`) +
    directionLines('ingress', objectsAt(spec, 'ingress'), types.includes('Ingress')) +
    directionLines('egress', objectsAt(spec, 'egress'), types.includes('Egress')) +
    line(1, `Policy Types: ${types.join(', ')}`)
  );
}

function directionLines(way: 'ingress' | 'egress', rules: readonly JsonObject[], isolated: boolean): string {
  if (!isolated) return line(1, `Not affecting ${way} traffic`);
  const title = line(1, `Allowing ${way} traffic:`);
  if (rules.length === 0) {
    return title + line(2, `<none> (Selected pods are isolated for ${way} connectivity)`);
  }
  const [peers, word] = way === 'ingress' ? ['from', 'From'] : ['to', 'To'];
  return title + rules.map((rule) => ruleLines(rule, peers, word)).join(line(2, '----------'));
}

function ruleLines(rule: JsonObject, peersField: string, word: string): string {
  const ports = objectsAt(rule, 'ports');
  const peers = objectsAt(rule, peersField);
  let text = '';
  if (ports.length === 0) text += line(2, 'To Port: <any> (traffic allowed to all ports)');
  for (const port of ports) {
    text += line(
      2,
      `To Port: ${String(memberAt(port, 'port') ?? '<any>')}/${textAt(port, 'protocol') || 'TCP'}`,
    );
  }
  if (peers.length === 0) {
    const scope = word === 'From' ? 'source' : 'destination';
    return text + line(2, `${word}: <any> (traffic not restricted by ${scope})`);
  }
  return text + peers.map((peer) => peerLines(peer, word)).join('');
}

function peerLines(peer: JsonObject, word: string): string {
  const block = objectAt(peer, 'ipBlock');
  if (block) {
    const except = listAt(block, 'except').map(String).join(', ');
    return (
      line(2, `${word}:`) +
      line(3, 'IPBlock:') +
      line(4, `CIDR: ${textAt(block, 'cidr')}`) +
      line(4, `Except: ${except}`)
    );
  }
  const selector = (field: string) => {
    const found = objectAt(peer, field);
    return found ? formatLabelSelector(labelSelectorOf(found)) || '<none>' : undefined;
  };
  const [namespaces, pods] = [selector('namespaceSelector'), selector('podSelector')];
  return (
    line(2, `${word}:`) +
    (namespaces === undefined ? '' : line(3, `NamespaceSelector: ${namespaces}`)) +
    (pods === undefined ? '' : line(3, `PodSelector: ${pods}`))
  );
}

/** `2026-01-05 09:00:00 +0000 UTC`, as Go prints a time. */
function spacedTime(timestamp: string): string {
  return timestamp.replace('T', ' ').replace('Z', ' +0000 UTC');
}

/** Describes endpoints. */
export function describeEndpoints(
  endpoints: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const addresses = (subset: JsonObject, field: string) =>
    objectsAt(subset, field)
      .map((one) => textAt(one, 'ip'))
      .join(',') || '<none>';
  const subsets = objectsAt(asJson(endpoints), 'subsets').map(
    (subset) =>
      line(1, `Addresses:\t${addresses(subset, 'addresses')}`) +
      line(1, `NotReadyAddresses:\t${addresses(subset, 'notReadyAddresses')}`) +
      portTable(objectsAt(subset, 'ports'), 1) +
      '\n',
  );
  return (
    line(0, `Name:\t${endpoints.metadata.name}`) +
    line(0, `Namespace:\t${endpoints.metadata.namespace ?? ''}`) +
    metaLines(endpoints) +
    line(0, 'Subsets:') +
    subsets.join('') +
    eventLines(events, clock)
  );
}

function portTable(ports: readonly JsonObject[], level: number): string {
  if (ports.length === 0) return line(level, 'Ports:\t<unset>');
  const rows = ports.map((port) => {
    const cells = [
      textAt(port, 'name') || '<unset>',
      String(countAt(port, 'port')),
      textAt(port, 'protocol'),
    ];
    return line(level + 1, cells.join('\t'));
  });
  return line(level, 'Ports:') + underlined(['Name', 'Port', 'Protocol'], level + 1) + rows.join('');
}

function underlined(titles: readonly string[], level: number): string {
  return (
    line(level, titles.join('\t')) + line(level, titles.map((title) => '-'.repeat(title.length)).join('\t'))
  );
}

/** Describes an endpoint slice. */
export function describeEndpointSlice(
  slice: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const endpoints = objectsAt(asJson(slice), 'endpoints').map((endpoint) => {
    const target = objectAt(endpoint, 'targetRef');
    const ready = memberAt(objectAt(endpoint, 'conditions'), 'ready');
    return (
      line(1, `- Addresses:\t${textList(endpoint, 'addresses')}`) +
      line(2, 'Conditions:') +
      line(3, `Ready:\t${ready === undefined ? '<unset>' : String(ready)}`) +
      line(2, `Hostname:\t${textAt(endpoint, 'hostname') || '<unset>'}`) +
      (target ? line(2, `TargetRef:\t${textAt(target, 'kind')}/${textAt(target, 'name')}`) : '') +
      line(2, `NodeName:\t${textAt(endpoint, 'nodeName') || '<unset>'}`) +
      line(2, `Zone:\t${textAt(endpoint, 'zone') || '<unset>'}`)
    );
  });
  return (
    line(0, `Name:\t${slice.metadata.name}`) +
    line(0, `Namespace:\t${slice.metadata.namespace ?? ''}`) +
    metaLines(slice) +
    line(0, `AddressType:\t${textAt(asJson(slice), 'addressType')}`) +
    portTable(objectsAt(asJson(slice), 'ports'), 0) +
    (endpoints.length === 0 ? line(0, 'Endpoints: <none>') : line(0, 'Endpoints:') + endpoints.join('')) +
    eventLines(events, clock)
  );
}
