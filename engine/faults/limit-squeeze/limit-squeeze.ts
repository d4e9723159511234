/**
 * A rollout gives a container a limit far below what its work needs: throttling, or OOM kills.
 */
import type { JsonObject } from '../../platforms/kubernetes/api-types.ts';
import { changeObject } from '../change-object.ts';
import type { FaultDefinition } from '../fault-definition.ts';
import { optionalText, textOf } from '../read-params.ts';

/** A resource limit set too small. */
export const limitSqueeze: FaultDefinition = {
  id: 'limit-squeeze',
  title: 'A rollout sets a tiny resource limit',
  summary: 'The pod template of a workload gets a CPU or memory limit that its work exceeds.',
  mechanisms: ['cpu-limit', 'memory-limit'],
  target: 'workload',
  parameters: [
    { name: 'namespace', type: 'text', meaning: 'namespace of the deployment' },
    { name: 'deployment', type: 'text', meaning: 'its name' },
    { name: 'container', type: 'text', meaning: 'the container' },
    { name: 'cpu', type: 'quantity', meaning: 'new CPU limit (the request follows)', optional: true },
    { name: 'memory', type: 'quantity', meaning: 'new memory limit (the request follows)', optional: true },
    { name: 'changeCause', type: 'text', meaning: 'what the pipeline writes as change-cause' },
  ],
  trigger: 'a pipeline rolls out the changed template',
  sustainedBy: 'every new pod of the template has the limit',
  raises: ['latency', 'errors', 'saturation'],
  relievedBy: ['more replicas, if the limit leaves them any capacity', 'less load'],
  curedBy: ['raising the limit', 'rolling the template back'],
  providers: {
    simulated: 'strategic patch of the template',
    docker: 'docker update --cpus / --memory',
    kubernetes: 'strategic patch of the template',
  },
  start: (world, params) => {
    const limits: JsonObject = {};
    for (const resource of ['cpu', 'memory']) {
      const quantity = optionalText(params, resource);
      if (quantity !== null) limits[resource] = quantity;
    }
    changeObject(world, {
      group: 'apps',
      resource: 'deployments',
      namespace: textOf(params, 'namespace'),
      name: textOf(params, 'deployment'),
      patch: {
        metadata: { annotations: { 'kubernetes.io/change-cause': textOf(params, 'changeCause') } },
        spec: {
          template: {
            spec: {
              // A request above its limit would be refused, so the pipeline lowers both.
              containers: [
                { name: textOf(params, 'container'), resources: { limits, requests: { ...limits } } },
              ],
            },
          },
        },
      },
      patchType: 'strategic',
    });
  },
};
