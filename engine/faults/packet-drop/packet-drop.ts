/**
 * Packets are dropped between other hosts and one port of the pods on one node.
 *
 * The node's own probes and the health port do not cross the broken path, so Kubernetes and the load
 * balancer both call the pods healthy. Whatever pod lands on the node next suffers the same.
 */
import { setHostDrop } from '../../cluster/network.ts';
import { invariant } from '../../kernel/invariant.ts';
import type { FaultDefinition } from '../fault-definition.ts';
import { numberOf, textOf } from '../read-params.ts';

/** Lossy network path to a node. */
export const packetDrop: FaultDefinition = {
  id: 'packet-drop',
  title: 'Packets to one node are dropped',
  summary: 'A share of the packets between other nodes and one port of the pods on a node is lost.',
  mechanisms: ['packet-loss'],
  target: 'node',
  parameters: [
    { name: 'node', type: 'text', meaning: 'name of the node' },
    { name: 'port', type: 'port', meaning: 'port of the pods whose packets are lost' },
    { name: 'share', type: 'share', meaning: 'share of packets lost, above 0 up to 1' },
  ],
  trigger: 'a forwarding table of the node goes bad',
  sustainedBy: 'nothing repairs the table; new pods on the node get the same path',
  raises: ['latency', 'errors'],
  relievedBy: ['fewer pods on the node'],
  curedBy: ['keeping pods off the node: cordon it and move them, or a node affinity'],
  providers: {
    simulated: 'setHostDrop on the host',
    docker: 'iptables -m statistic --mode random in the container network namespace',
    kubernetes: 'a privileged pod on the node with the same iptables rule',
  },
  start: (world, params) => {
    const host = world.cluster.hosts.findIndex((one) => one.name === textOf(params, 'node'));
    invariant(host >= 0, 'packet-drop names a node that the system does not have');
    const share = numberOf(params, 'share', 0.01, 1);
    setHostDrop(world.cluster, host, numberOf(params, 'port', 1, 65535), share);
  },
};
