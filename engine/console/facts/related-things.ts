/** What stands around pods: services before them, rules over them, configurations and claims in them. */
import type { JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, objectsAt, textAt, textMapAt } from '../../platforms/kubernetes/json-access.ts';
import { findResourceByText } from '../../platforms/kubernetes/resources.ts';
import { labelSelectorOf, matchesLabels } from '../../platforms/kubernetes/selectors.ts';
import { observeObjects } from '../kubectl/observe-objects.ts';
import { objectsOf } from './facts-asking.ts';
import type { FactsAsking } from './facts-asking.ts';

const POLICIES = 'networkpolicies.networking.k8s.io';

/** Names of the objects of a kind that pick pods with these labels; they count as seen. */
function picking(
  asking: FactsAsking,
  resource: string,
  labels: { [key: string]: string },
  selectorOf: (spec: JsonObject | undefined) => JsonObject | undefined,
): string[] {
  const found = objectsOf(asking, resource).filter((object) => {
    const selector = selectorOf(objectAt(asJson(object), 'spec'));
    return selector !== undefined && matchesLabels(labelSelectorOf(selector), labels);
  });
  asking.observed.push(...observeObjects(findResourceByText(resource), found, false));
  return found.map(({ metadata }) => metadata.name);
}

/** A service without labels picks nothing, a policy without labels everything. */
function serviceSelector(spec: JsonObject | undefined): JsonObject | undefined {
  const matchLabels = textMapAt(spec, 'selector');
  return Object.keys(matchLabels).length === 0 ? undefined : { matchLabels };
}

/** Names of the configurations that a pod's containers read. */
function configsIn(spec: JsonObject | undefined): string[] {
  const sources = objectsAt(spec, 'containers').flatMap((container) => objectsAt(container, 'envFrom'));
  return [
    ...sources.map((source) => textAt(objectAt(source, 'configMapRef'), 'name')),
    ...objectsAt(spec, 'volumes').map((volume) => textAt(objectAt(volume, 'configMap'), 'name')),
  ];
}

/** Names of the claims that pods mount. */
function claimsIn(pods: readonly KubeObject[]): string[] {
  return pods.flatMap((pod) =>
    objectsAt(objectAt(asJson(pod), 'spec'), 'volumes').map((volume) =>
      textAt(objectAt(volume, 'persistentVolumeClaim'), 'claimName'),
    ),
  );
}

/** What stands around pods with these labels and this spec, as `kind/name`, each once. */
export function relatedThings(
  asking: FactsAsking,
  labels: { [key: string]: string },
  spec: JsonObject | undefined,
  pods: readonly KubeObject[],
): string[] {
  const policies = picking(asking, POLICIES, labels, (policy) => objectAt(policy, 'podSelector'));
  const found = [
    ...picking(asking, 'services', labels, serviceSelector).map((name) => `service/${name}`),
    ...policies.map((name) => `networkpolicy/${name}`),
    ...configsIn(spec).map((name) => name && `configmap/${name}`),
    ...claimsIn(pods).map((name) => name && `persistentvolumeclaim/${name}`),
  ];
  return [...new Set(found.filter((id) => id !== ''))];
}
