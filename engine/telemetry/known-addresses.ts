/** The addresses by which programs know each other, for the texts of their errors. */
import { numberAt, objectsAt, textAt } from '../platforms/kubernetes/json-access.ts';
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readAll } from '../platforms/kubernetes/store-state.ts';

/** `ip:port` by `service namespace/name`, and `ip` by `pod namespace/name`; headless services by name. */
export function knownAddresses(world: World): ReadonlyMap<string, string> {
  const { store } = world.kube;
  const addresses = new Map<string, string>();
  for (const service of readAll(store, 'services')) {
    const { namespace = '', name } = service.metadata;
    const ip = textAt(service.spec, 'clusterIP');
    const [port] = objectsAt(service.spec, 'ports');
    if (ip === '' || ip === 'None' || port === undefined) continue;
    addresses.set(`service ${namespace}/${name}`, `${ip}:${numberAt(port, 'port') ?? 80}`);
  }
  for (const pod of readAll(store, 'pods')) {
    const { namespace = '', name } = pod.metadata;
    const ip = textAt(pod.status, 'podIP');
    if (ip !== '') addresses.set(`pod ${namespace}/${name}`, ip);
  }
  return addresses;
}
