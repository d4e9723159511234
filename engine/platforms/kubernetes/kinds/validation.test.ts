import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../api-types.ts';
import { applyMergePatch } from '../merge-patch.ts';
import type { Store } from '../store.ts';
import { ask, messageOf, objectOf, testDeployment, testPod, testStore } from '../test-store.ts';

const MERGE = { patchType: 'merge' } as const;

/** What the server says to a test deployment with a merge patch on it. */
function complaint(patch: Json): string {
  const body = applyMergePatch(testDeployment('polls'), patch);
  return messageOf(ask(testStore(), 'create', 'deploy', { body }));
}

function inContainer(container: JsonObject): Json {
  return {
    spec: { template: { spec: { containers: [{ name: 'polls', image: 'polls:1', ...container }] } } },
  };
}

function patchOf(store: Store, word: string, name: string, body: Json): string {
  return messageOf(ask(store, 'patch', word, { name, body, query: MERGE }));
}

const PREFIX = 'Deployment.apps "polls" is invalid: ';
const CONTAINER = `${PREFIX}spec.template.spec.containers[0]`;

describe('a deployment is refused', () => {
  it.each<[string, Json, string]>([
    ['without a selector', { spec: { selector: null } }, `${PREFIX}[spec.selector: Required value, `],
    [
      'whose selector misses its template',
      { spec: { selector: { matchLabels: { app: 'votes' } } } },
      `${PREFIX}spec.template.metadata.labels: Invalid value: map[string]string{"app":"polls"}: ` +
        '`selector` does not match template `labels`',
    ],
    [
      'without containers',
      { spec: { template: { spec: { containers: [] } } } },
      `${PREFIX}spec.template.spec.containers: Required value`,
    ],
    ['without an image', inContainer({ image: '' }), `${CONTAINER}.image: Required value`],
    [
      'that never restarts its pods',
      { spec: { template: { spec: { restartPolicy: 'Never' } } } },
      `${PREFIX}spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"`,
    ],
    [
      'that requests more than its limit',
      inContainer({ resources: { limits: { cpu: '1' }, requests: { cpu: '2' } } }),
      `${CONTAINER}.resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1`,
    ],
    [
      'that asks for resources by another name',
      inContainer({ resources: { limits: { cpus: '1' } } }),
      `${PREFIX}[spec.template.spec.containers[0].resources.limits[cpus]: Invalid value: "cpus": ` +
        'must be a standard resource type or fully qualified',
    ],
    [
      'that asks for less than nothing',
      inContainer({ resources: { limits: { memory: '-1Mi' } } }),
      `${CONTAINER}.resources.limits[memory]: Invalid value: "-1Mi": must be greater than or equal to 0`,
    ],
    [
      'that mounts what it has not',
      inContainer({ volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
      `${CONTAINER}.volumeMounts[0].name: Not found: "data"`,
    ],
    [
      'with a probe of nothing',
      inContainer({ livenessProbe: {} }),
      `${CONTAINER}.livenessProbe: Required value: must specify a handler type`,
    ],
    [
      'with a port out of range',
      inContainer({ ports: [{ containerPort: 99999 }] }),
      `${CONTAINER}.ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive`,
    ],
    [
      'that can never roll out',
      { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } } },
      `${PREFIX}spec.strategy.rollingUpdate.maxUnavailable: Invalid value: ` +
        'intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0',
    ],
    [
      'with fewer replicas than none',
      { spec: { replicas: -1 } },
      `${PREFIX}spec.replicas: Invalid value: -1: must be greater than or equal to 0`,
    ],
    [
      'by a name no DNS has',
      { metadata: { name: 'Polls' } },
      'Deployment.apps "Polls" is invalid: metadata.name: Invalid value: "Polls": a lowercase RFC 1123 sub',
    ],
  ])('%s', (_, patch, message) => {
    expect(complaint(patch).slice(0, message.length)).toBe(message);
  });

  it('when its selector would change', () => {
    const store = testStore();
    ask(store, 'create', 'deploy', { body: testDeployment('polls') });
    const patch = {
      spec: { selector: { matchLabels: { app: 'x' } }, template: { metadata: { labels: { app: 'x' } } } },
    };
    expect(patchOf(store, 'deploy', 'polls', patch)).toBe(
      `${PREFIX}spec.selector: Invalid value: &v1.LabelSelector{MatchLabels:map[string]string{"app":"x"}, ` +
        'MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    );
    expect(patchOf(store, 'deploy', 'polls', { spec: { strategy: { type: 'Recreate' } } })).toBe(
      `${PREFIX}spec.strategy.rollingUpdate: Forbidden: ` +
        "may not be specified when strategy `type` is 'Recreate'",
    );
  });
});

describe('other kinds are refused', () => {
  it('a pod that changes more than its image', () => {
    const store = testStore();
    ask(store, 'create', 'po', { body: testPod('polls-1') });
    const image = { spec: { containers: [{ name: 'main', image: 'polls:2' }] } };
    const strategic = { name: 'polls-1', query: { patchType: 'strategic' } as const };
    expect(messageOf(ask(store, 'patch', 'po', { ...strategic, body: image }))).toBe('');
    const env = { spec: { containers: [{ name: 'main', env: [{ name: 'A', value: '1' }] }] } };
    expect(messageOf(ask(store, 'patch', 'po', { ...strategic, body: env }))).toMatch(
      /^Pod "polls-1" is invalid: spec: Forbidden: pod updates may not change fields other than `spec\.cont/,
    );
  });

  it('a stateful set whose service changes', () => {
    const store = testStore();
    const set = testDeployment('db');
    ask(store, 'create', 'sts', {
      body: { ...set, kind: 'StatefulSet', spec: { ...(set.spec as JsonObject), serviceName: 'db' } },
    });
    expect(patchOf(store, 'sts', 'db', { spec: { serviceName: 'other' } })).toBe(
      'StatefulSet.apps "db" is invalid: spec: Forbidden: updates to statefulset spec for fields other ' +
        "than 'replicas', 'ordinals', 'template', 'updateStrategy', 'persistentVolumeClaimRetentionPolicy' " +
        "and 'minReadySeconds' are forbidden",
    );
    expect(patchOf(store, 'sts', 'db', { spec: { replicas: 3 } })).toBe('');
  });

  it('a claim that shrinks, or grows where its class forbids', () => {
    const store = testStore();
    const sizes = (storage: string): JsonObject => ({ resources: { requests: { storage } } });
    ask(store, 'create', 'sc', { body: { metadata: { name: 'fixed' }, provisioner: 'example.com/disk' } });
    const spec = { accessModes: ['ReadWriteOnce'], storageClassName: 'fixed', ...sizes('2Gi') };
    ask(store, 'create', 'pvc', { body: { metadata: { name: 'data' }, spec } });
    expect(patchOf(store, 'pvc', 'data', { spec: sizes('3Gi') })).toContain(
      'spec: Forbidden: spec is immutable after creation',
    );
    const status = { status: { phase: 'Bound', capacity: { storage: '2Gi' } } };
    ask(store, 'patch', 'pvc', { name: 'data', subresource: 'status', body: status, query: MERGE });
    expect(patchOf(store, 'pvc', 'data', { spec: sizes('1Gi') })).toBe(
      'PersistentVolumeClaim "data" is invalid: spec.resources.requests.storage: Forbidden: ' +
        'field can not be less than status.capacity',
    );
    expect(patchOf(store, 'pvc', 'data', { spec: sizes('3Gi') })).toBe(
      'persistentvolumeclaims "data" is forbidden: only dynamically provisioned pvc can be resized and the ' +
        'storageclass that provisions the pvc must support resize',
    );
    ask(store, 'patch', 'sc', { name: 'fixed', body: { allowVolumeExpansion: true }, query: MERGE });
    expect(patchOf(store, 'pvc', 'data', { spec: sizes('3Gi') })).toBe('');
  });

  it('a service that changes its address, or a node port that is taken', () => {
    const store = testStore();
    const service = (name: string, nodePort: number): JsonObject => ({
      metadata: { name },
      spec: { type: 'NodePort', selector: { app: 'polls' }, ports: [{ port: 80, nodePort }] },
    });
    const made = objectOf(ask(store, 'create', 'svc', { body: service('polls', 30080) }));
    expect(made.spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/),
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP', nodePort: 30080 }],
      sessionAffinity: 'None',
    });
    expect(messageOf(ask(store, 'create', 'svc', { body: service('votes', 30080) }))).toBe(
      'Service "votes" is invalid: spec.ports[0].nodePort: Invalid value: 30080: ' +
        'provided port is already allocated',
    );
    expect(
      patchOf(store, 'svc', 'polls', { spec: { clusterIP: '10.96.9.9', clusterIPs: ['10.96.9.9'] } }),
    ).toBe(
      'Service "polls" is invalid: spec.clusterIPs[0]: Invalid value: []string{"10.96.9.9"}: ' +
        'may not change once set',
    );
    const plain = objectOf(
      ask(store, 'patch', 'svc', { name: 'polls', body: { spec: { type: 'ClusterIP' } }, query: MERGE }),
    );
    expect(plain.spec?.ports).toEqual([{ port: 80, targetPort: 80, protocol: 'TCP' }]);
  });

  it('a secret of another type, and an immutable config map', () => {
    const store = testStore();
    const secret = objectOf(
      ask(store, 'create', 'secret', { body: { metadata: { name: 's' }, stringData: { a: 'é' } } }),
    );
    expect([secret.type, secret.data, secret.stringData]).toEqual(['Opaque', { a: 'w6k=' }, undefined]);
    expect(patchOf(store, 'secret', 's', { type: 'other' })).toBe(
      'Secret "s" is invalid: type: Invalid value: "other": field is immutable',
    );
    ask(store, 'create', 'cm', { body: { metadata: { name: 'c' }, data: { a: '1' }, immutable: true } });
    expect(patchOf(store, 'cm', 'c', { data: { a: '2' } })).toBe(
      'ConfigMap "c" is invalid: data: Forbidden: field is immutable when `immutable` is set',
    );
  });
});
