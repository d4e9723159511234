/**
 * An edit of an existing network policy cuts a client from its server.
 *
 * Standing connections live on until they are recycled, so the cut shows over a minute and a restart
 * makes it complete at once. Dropped, not refused: callers wait for their connect time-out.
 */
import type { FaultDefinition } from '../fault-definition.ts';
import { changeObject } from '../change-object.ts';
import { textOf } from '../read-params.ts';

/** A wrong edit of a network policy. */
export const policyEdit: FaultDefinition = {
  id: 'policy-edit',
  title: 'A network policy was edited wrongly',
  summary: 'The rules of a network policy are replaced by rules that no longer admit a client.',
  mechanisms: ['policy-cut'],
  target: 'policy',
  parameters: [
    { name: 'namespace', type: 'text', meaning: 'namespace of the policy' },
    { name: 'policy', type: 'text', meaning: 'name of the policy' },
    { name: 'ingress', type: 'json', meaning: 'the new list of ingress rules' },
  ],
  trigger: 'a pipeline applies an edited policy',
  sustainedBy: 'the policy stays as it is',
  raises: ['errors', 'latency', 'saturation'],
  relievedBy: ['nothing short of admitting the client again'],
  curedBy: ['restoring the rule', 'adding a rule that admits the client on the right port'],
  providers: {
    simulated: 'merge patch of spec.ingress',
    docker: 'disconnecting the networks of client and server',
    kubernetes: 'merge patch of spec.ingress',
  },
  start: (world, params) => {
    changeObject(world, {
      group: 'networking.k8s.io',
      resource: 'networkpolicies',
      namespace: textOf(params, 'namespace'),
      name: textOf(params, 'policy'),
      patch: { spec: { ingress: params['ingress'] } },
      patchType: 'merge',
    });
  },
};
