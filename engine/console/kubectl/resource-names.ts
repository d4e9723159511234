/** Which kind a player means by `po`, `deploy`, `deployments.apps` or `statefulset`. */
import { nearMisses } from '../near-miss.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { RESOURCES } from '../../platforms/kubernetes/resources.ts';

/** The kinds of a category such as `all`, in the order kubectl prints them. */
export function kindsOfCategory(category: string): KindDefinition[] {
  const kinds = RESOURCES.filter((kind) => kind.categories.includes(category));
  const place = (kind: KindDefinition) => {
    const index = CATEGORY_ORDER.indexOf(kind.plural);
    return index < 0 ? CATEGORY_ORDER.length : index;
  };
  return kinds.sort((a, b) => place(a) - place(b) || (a.plural < b.plural ? -1 : 1));
}

const CATEGORY_ORDER = [
  'pods',
  'replicationcontrollers',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'horizontalpodautoscalers',
  'cronjobs',
  'jobs',
];

/** kubectl's complaint about a word that names no kind, with what may have been meant. */
export function unknownKind(word: string): string {
  const known = RESOURCES.flatMap((kind) => [kind.plural, kind.singular, ...kind.shortNames]);
  const meant = nearMisses(
    word.split('.')[0],
    known.filter((name) => name.length > 2),
  )[0];
  const hint = meant === undefined ? '' : `Did you mean "${meant}"?\n`;
  return `error: the server doesn't have a resource type "${word}"\n${hint}`;
}

/** `deployment.apps`, or `pod`: how kubectl names a kind before an object's name. */
export function singularText(kind: { group: string; singular: string }): string {
  return kind.group === '' ? kind.singular : `${kind.singular}.${kind.group}`;
}

/** `deployment.apps/polls`. */
export function objectText(kind: { group: string; singular: string }, name: string): string {
  return `${singularText(kind)}/${name}`;
}
