/** Labels of what is measured in one container. */
import type { Process } from '../../cluster/cluster-state.ts';
import type { Scope } from '../series-store.ts';

/** Namespace and pod, as scraped from the program in it. */
export function podScope(process: Process): Scope {
  const [namespace, pod = ''] = process.owner.split('/');
  return { key: `${namespace}/${pod}`, labels: { namespace, pod } };
}

/** Namespace, pod and container, as the kubelet sees it. */
export function containerScope(process: Process): Scope {
  const [namespace, pod = '', container = ''] = process.owner.split('/');
  return { key: process.owner, labels: { namespace, pod, container } };
}
