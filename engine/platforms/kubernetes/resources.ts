/** The registry of kinds the server serves. */
import { invariant } from '../../kernel/invariant.ts';
import type { KindDefinition } from './kind-definition.ts';
import { CONFIG_MAP } from './kinds/config-map.ts';
import { DAEMON_SET } from './kinds/daemon-set.ts';
import { DEPLOYMENT } from './kinds/deployment.ts';
import { ENDPOINT_SLICE } from './kinds/endpoint-slice.ts';
import { ENDPOINTS } from './kinds/endpoints.ts';
import { EVENT } from './kinds/event.ts';
import { NAMESPACE } from './kinds/namespace.ts';
import { NETWORK_POLICY } from './kinds/network-policy.ts';
import { NODE } from './kinds/node.ts';
import { PERSISTENT_VOLUME_CLAIM } from './kinds/persistent-volume-claim.ts';
import { PERSISTENT_VOLUME } from './kinds/persistent-volume.ts';
import { POD_DISRUPTION_BUDGET } from './kinds/pod-disruption-budget.ts';
import { POD } from './kinds/pod.ts';
import { REPLICA_SET } from './kinds/replica-set.ts';
import { SECRET } from './kinds/secret.ts';
import { SERVICE_ACCOUNT } from './kinds/service-account.ts';
import { SERVICE } from './kinds/service.ts';
import { STATEFUL_SET } from './kinds/stateful-set.ts';
import { STORAGE_CLASS } from './kinds/storage-class.ts';
import { resourceText } from './status.ts';

/** Every kind, in the order discovery lists them. */
export const RESOURCES: readonly KindDefinition[] = [
  CONFIG_MAP,
  ENDPOINTS,
  EVENT,
  NAMESPACE,
  NODE,
  PERSISTENT_VOLUME_CLAIM,
  PERSISTENT_VOLUME,
  POD,
  SECRET,
  SERVICE_ACCOUNT,
  SERVICE,
  DAEMON_SET,
  DEPLOYMENT,
  REPLICA_SET,
  STATEFUL_SET,
  ENDPOINT_SLICE,
  NETWORK_POLICY,
  POD_DISRUPTION_BUDGET,
  STORAGE_CLASS,
];

const byText = new Map(RESOURCES.map((kind) => [resourceText(kind), kind]));

/** The kind of a group, version and plural resource. */
export function findResource(group: string, version: string, plural: string): KindDefinition | undefined {
  const kind = byText.get(resourceText({ group, plural }));
  return kind?.version === version ? kind : undefined;
}

/** The kind of a message name such as `deployments.apps`, which must be served. */
export function findResourceByText(text: string): KindDefinition {
  const kind = byText.get(text);
  invariant(kind !== undefined, `no resource ${text} is served`);
  return kind;
}

/** The kind that has that apiVersion and kind, e.g. `apps/v1` and `ReplicaSet`. */
export function findKind(apiVersion: string, kind: string): KindDefinition | undefined {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  const version = apiVersion.slice(slash + 1);
  return RESOURCES.find((one) => one.kind === kind && one.group === group && one.version === version);
}

/**
 * The kind a player means by a word: `po`, `pod`, `pods`, `deploy`, `deployments.apps`,
 * `deployment.v1.apps`, in any case.
 */
export function findResourceByWord(word: string): KindDefinition | undefined {
  const lower = word.toLowerCase();
  const dot = lower.indexOf('.');
  const name = dot < 0 ? lower : lower.slice(0, dot);
  const rest = dot < 0 ? '' : lower.slice(dot + 1);
  return RESOURCES.find((kind) => {
    const named = [kind.plural, kind.singular, ...kind.shortNames].includes(name);
    return named && (rest === '' || rest === kind.group || rest === `${kind.version}.${kind.group}`);
  });
}
