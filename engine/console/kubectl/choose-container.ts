/** Which pod and which container a line means, for `logs`, `exec` and the like. */
import { nearMisses } from '../near-miss.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, objectsAt, textAt, textMapAt } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { formatLabelSelector, labelSelectorOf } from '../../platforms/kubernetes/selectors.ts';
import { getObject, listObjects } from './ask.ts';
import type { Invocation } from './invocation.ts';
import { unknownKind } from './resource-names.ts';

/** The pods meant, or kubectl's complaint. */
export type PodChoice = { ok: true; pods: KubeObject[]; via: string } | { ok: false; error: string };

/** The pod of `pod`, `pod/x` or `deploy/x`: of several pods of a workload, the best one is first. */
export function choosePod(invocation: Invocation, word: string): PodChoice {
  const podKind = findResourceByWord('pods');
  if (!podKind) return { ok: false, error: unknownKind('pods') };
  const parts = word.split('/');
  if (parts.length > 2 || parts.includes('')) {
    return {
      ok: false,
      error: 'error: arguments in resource/name form must have a single resource and name',
    };
  }
  const kind = parts.length === 1 ? podKind : findResourceByWord(parts[0]);
  if (!kind) return { ok: false, error: unknownKind(parts[0]) };
  const answer = getObject(invocation, kind, parts[parts.length - 1]);
  if (!answer.ok) return answer;
  if (kind === podKind) return { ok: true, pods: [answer.value], via: '' };
  const spec = objectAt(asJson(answer.value), 'spec');
  const ofService = kind.kind === 'Service' ? { matchLabels: textMapAt(spec, 'selector') } : null;
  const source = ofService ?? objectAt(spec, 'selector');
  if (!source) {
    return {
      ok: false,
      error: `error: cannot attach to *v1.${kind.kind}: selector for *v1.${kind.kind} not implemented`,
    };
  }
  const labelSelector = formatLabelSelector(labelSelectorOf(source));
  const list = listObjects({ ...invocation, allNamespaces: false }, podKind, { labelSelector });
  if (!list.ok) return list;
  if (list.value.length === 0) {
    return { ok: false, error: `error: timed out waiting for the condition` };
  }
  const sorted = list.value
    .slice()
    .sort((a, b) => rankOf(a) - rankOf(b) || compareText(a.metadata.name, b.metadata.name));
  return { ok: true, pods: sorted, via: word };
}

/** Ready pods first, then running ones, then the rest; pods on their way out last. */
function rankOf(pod: KubeObject): number {
  const status = objectAt(asJson(pod), 'status');
  const ready = objectsAt(status, 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  );
  const running = textAt(status, 'phase') === 'Running';
  return (pod.metadata.deletionTimestamp === undefined ? 0 : 4) + (ready ? 0 : running ? 1 : 2);
}

/** Names of the containers of a pod; init containers last. */
export function containerNames(pod: KubeObject): { names: string[]; initNames: string[] } {
  const spec = objectAt(asJson(pod), 'spec');
  const named = (field: string) => objectsAt(spec, field).map((container) => textAt(container, 'name'));
  return { names: named('containers'), initNames: named('initContainers') };
}

/** The container meant, with what kubectl says about its choice; or its complaint. */
export type ContainerChoice = { ok: true; name: string; note: string } | { ok: false; error: string };

/** The container of that name, or the one that kubectl takes when none is named. */
export function chooseContainer(pod: KubeObject, asked: string): ContainerChoice {
  const { names, initNames } = containerNames(pod);
  if (asked !== '') {
    if (names.includes(asked) || initNames.includes(asked)) return { ok: true, name: asked, note: '' };
    const pods = pod.metadata.name;
    return {
      ok: false,
      error: `error: container ${asked} not found in pod ${pods}\n${meantContainer(pod, asked)}`,
    };
  }
  const wanted = pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'];
  if (wanted !== undefined && names.includes(wanted)) return { ok: true, name: wanted, note: '' };
  const name = names[0] ?? '';
  const others = [...names, ...initNames.map((one) => `${one} (init)`)];
  const note = others.length > 1 ? `Defaulted container "${name}" out of: ${others.join(', ')}\n` : '';
  return { ok: true, name, note };
}

/** A line that names the container most likely meant; '' when none is near. */
export function meantContainer(pod: KubeObject, asked: string): string {
  const { names, initNames } = containerNames(pod);
  const [near] = nearMisses(asked, [...names, ...initNames]);
  return near === undefined ? '' : `Did you mean "${near}"?\n`;
}

/** The status of a container; undefined before the kubelet has taken the pod. */
export function containerStatus(pod: KubeObject, name: string): ReturnType<typeof objectAt> {
  const status = objectAt(asJson(pod), 'status');
  const all = [...objectsAt(status, 'containerStatuses'), ...objectsAt(status, 'initContainerStatuses')];
  return all.find((one) => textAt(one, 'name') === name);
}
