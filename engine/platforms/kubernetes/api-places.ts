/** Where the resources that controllers use are served: group and version by plural name. */

/** A resource that controllers read or write. */
export type ControlledResource =
  | 'pods'
  | 'services'
  | 'endpoints'
  | 'configmaps'
  | 'secrets'
  | 'namespaces'
  | 'nodes'
  | 'persistentvolumes'
  | 'persistentvolumeclaims'
  | 'deployments'
  | 'replicasets'
  | 'statefulsets'
  | 'daemonsets'
  | 'endpointslices'
  | 'networkpolicies'
  | 'poddisruptionbudgets'
  | 'storageclasses';

const CORE = { group: '', version: 'v1' };
const APPS = { group: 'apps', version: 'v1' };

/** Group and version of each resource. */
export const API_PLACES: { readonly [resource in ControlledResource]: { group: string; version: string } } = {
  pods: CORE,
  services: CORE,
  endpoints: CORE,
  configmaps: CORE,
  secrets: CORE,
  namespaces: CORE,
  nodes: CORE,
  persistentvolumes: CORE,
  persistentvolumeclaims: CORE,
  deployments: APPS,
  replicasets: APPS,
  statefulsets: APPS,
  daemonsets: APPS,
  endpointslices: { group: 'discovery.k8s.io', version: 'v1' },
  networkpolicies: { group: 'networking.k8s.io', version: 'v1' },
  poddisruptionbudgets: { group: 'policy', version: 'v1' },
  storageclasses: { group: 'storage.k8s.io', version: 'v1' },
};
