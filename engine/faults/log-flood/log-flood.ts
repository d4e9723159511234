/**
 * A program begins to log far too much and fills the volume that its log lies on.
 *
 * The setting that makes it do so lies in a ConfigMap, in the pod template or with the database's own
 * data: a restart reads it again. Once the volume is full, whatever must be written fails; after minutes
 * the program gives up and cannot start again.
 */
import { invariant } from '../../kernel/invariant.ts';
import { alterSystem, reloadSettings } from '../../cluster/settings.ts';
import type { Json } from '../../platforms/kubernetes/api-types.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import { changeObject } from '../change-object.ts';
import type { FaultDefinition, FaultParams } from '../fault-definition.ts';
import { textOf } from '../read-params.ts';

/** A change of the pod template: what every rollout is. */
function changeTemplate(world: World, params: FaultParams, template: Json): void {
  changeObject(world, {
    group: 'apps',
    resource: 'deployments',
    namespace: textOf(params, 'namespace'),
    name: textOf(params, 'deployment'),
    patch: {
      metadata: { annotations: { 'kubernetes.io/change-cause': textOf(params, 'changeCause') } },
      spec: { template },
    },
    patchType: 'strategic',
  });
}

/** Sets a key of a ConfigMap and rolls the deployment that reads it. */
function floodByConfigMap(world: World, params: FaultParams): void {
  changeObject(world, {
    group: '',
    resource: 'configmaps',
    namespace: textOf(params, 'namespace'),
    name: textOf(params, 'configMap'),
    patch: { data: { [textOf(params, 'key')]: textOf(params, 'value') } },
    patchType: 'merge',
  });
  changeTemplate(world, params, {
    metadata: { annotations: { 'example.org/config-version': textOf(params, 'configVersion') } },
  });
}

/** Sets an environment variable in the pod template. */
function floodByEnvironment(world: World, params: FaultParams): void {
  const env = [{ name: textOf(params, 'key'), value: textOf(params, 'value') }];
  changeTemplate(world, params, { spec: { containers: [{ name: textOf(params, 'container'), env }] } });
}

/** Keeps the setting with the program's own data and has it reloaded. */
function floodByAlterSystem(world: World, params: FaultParams): void {
  const name = textOf(params, 'program');
  const { cluster } = world;
  for (const process of cluster.processes) {
    if (process.phase !== 'running' || cluster.plan.programs[process.program].name !== name) continue;
    alterSystem(cluster, process.id, textOf(params, 'key'), textOf(params, 'value'));
    reloadSettings(cluster, process.id);
  }
}

/** Excessive logging onto a bounded volume. */
export const logFlood: FaultDefinition = {
  id: 'log-flood',
  title: 'Logging fills a volume',
  summary: 'A verbose log setting makes a program write more than its volume can hold.',
  mechanisms: ['disk-full'],
  target: 'volume',
  parameters: [
    {
      name: 'how',
      type: { oneOf: ['configMap', 'environment', 'alterSystem'] },
      meaning: 'where the setting lies',
    },
    { name: 'key', type: 'text', meaning: 'the setting' },
    { name: 'value', type: 'text', meaning: 'its verbose value' },
    { name: 'namespace', type: 'text', meaning: 'configMap, environment: namespace', optional: true },
    { name: 'deployment', type: 'text', meaning: 'configMap, environment: what is rolled', optional: true },
    { name: 'changeCause', type: 'text', meaning: 'configMap, environment: change-cause', optional: true },
    { name: 'configMap', type: 'text', meaning: 'configMap: its name', optional: true },
    { name: 'configVersion', type: 'text', meaning: 'configMap: template annotation', optional: true },
    { name: 'container', type: 'text', meaning: 'environment: container', optional: true },
    { name: 'program', type: 'text', meaning: 'alterSystem: program', optional: true },
  ],
  trigger: 'somebody turns verbose logging on',
  sustainedBy: 'the setting, which every restart reads again, and the bytes already written',
  raises: ['errors', 'saturation'],
  relievedBy: ['truncating the log', 'growing the volume', 'moving the pod to another node'],
  curedBy: ['setting the log level back and freeing the room'],
  providers: {
    simulated: 'patch of ConfigMap or template, or ALTER SYSTEM',
    docker: 'the same setting in the container environment, volume on a small loop device',
    kubernetes: 'patch of ConfigMap or template, or ALTER SYSTEM',
  },
  start: (world, params) => {
    const how = textOf(params, 'how');
    if (how === 'configMap') floodByConfigMap(world, params);
    else if (how === 'environment') floodByEnvironment(world, params);
    else {
      invariant(how === 'alterSystem', `log-flood cannot be brought about by ${how}`);
      floodByAlterSystem(world, params);
    }
  },
};
