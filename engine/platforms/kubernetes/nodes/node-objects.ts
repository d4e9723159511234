/** Node objects made from the machines of the cluster. */
import type { HostSpec } from '../../../cluster/system-spec.ts';
import { drawU32, hashText } from '../../../kernel/chance.ts';
import { PURPOSE_IDENTITY } from '../../../kernel/purposes.ts';
import type { JsonObject } from '../api-types.ts';
import type { World } from '../kube-state.ts';
import { nodeAddress, podCidr } from '../node-address.ts';
import { formatBytes } from '../quantity.ts';
import { timestampAt } from '../timestamps.ts';

/** What the kubelet keeps free before it evicts pods (its default for memory). */
const EVICTION_BYTES = 104_857_600;
const DISK_BYTES = 107_374_182_400;
const IMAGE = 'Debian GNU/Linux 12 (bookworm)';
const KERNEL = '6.1.0-28-amd64';

/** The version of Kubernetes that is simulated. */
const KUBELET_VERSION = 'v1.32.5';

function hexDigits(world: World, key: string, length: number): string {
  let digits = '';
  for (let part = 0; digits.length < length; part++) {
    const word = drawU32(world.kube.store.identitySeed, PURPOSE_IDENTITY, hashText(key), 0, part);
    digits += word.toString(16).padStart(8, '0');
  }
  return digits.slice(0, length);
}

function dashed(digits: string): string {
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20, 32),
  ].join('-');
}

/** The object a kubelet registers for its machine. */
export function nodeObject(spec: HostSpec, host: number): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: spec.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': spec.name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': spec.zone,
        ...spec.labels,
      },
    },
    spec: { podCIDR: podCidr(host), podCIDRs: [podCidr(host)] },
  };
}

function resources(cpu: number, memoryBytes: number): JsonObject {
  return {
    cpu: String(cpu),
    'ephemeral-storage': formatBytes(DISK_BYTES),
    memory: formatBytes(memoryBytes),
    pods: '110',
  };
}

/** The status a kubelet reports for its machine. */
export function nodeStatus(world: World, spec: HostSpec, host: number): JsonObject {
  const system = dashed(hexDigits(world, `system ${spec.name}`, 32));
  return {
    addresses: [
      { type: 'InternalIP', address: nodeAddress(host) },
      { type: 'Hostname', address: spec.name },
    ],
    allocatable: resources(spec.cores, spec.memoryBytes - EVICTION_BYTES),
    capacity: resources(spec.cores, spec.memoryBytes),
    conditions: nodeConditions(world, timestampAt(world.kube.store, world.cluster.nowMicros)),
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: dashed(hexDigits(world, `boot ${spec.name}`, 32)),
      containerRuntimeVersion: 'containerd://1.7.27',
      kernelVersion: KERNEL,
      kubeProxyVersion: KUBELET_VERSION,
      kubeletVersion: KUBELET_VERSION,
      machineID: hexDigits(world, `machine ${spec.name}`, 32),
      operatingSystem: 'linux',
      osImage: IMAGE,
      systemUUID: system,
    },
  };
}

/** The conditions of a healthy node; `since` is when they began to hold. */
export function nodeConditions(world: World, since: string): JsonObject[] {
  const lastHeartbeatTime = timestampAt(world.kube.store, world.cluster.nowMicros);
  const calm = (type: string, reason: string, message: string): JsonObject => ({
    type,
    status: type === 'Ready' ? 'True' : 'False',
    lastHeartbeatTime,
    lastTransitionTime: since,
    reason,
    message,
  });
  return [
    calm('MemoryPressure', 'KubeletHasSufficientMemory', 'kubelet has sufficient memory available'),
    calm('DiskPressure', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure'),
    calm('PIDPressure', 'KubeletHasSufficientPID', 'kubelet has sufficient PID available'),
    calm('Ready', 'KubeletReady', 'kubelet is posting ready status'),
  ];
}
