/** The Kubernetes objects of `polls`, as its team would keep them in git. */

const appLabels = { app: 'polls' };

/** A namespace. */
function namespace(name: string): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  };
}

/** A probe of a program's health port. */
function probe(path: string, port: number, periodSeconds: number, failureThreshold: number): unknown {
  return { httpGet: { path, port }, periodSeconds, timeoutSeconds: 2, failureThreshold };
}

const traefik = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'traefik', namespace: 'edge', labels: { app: 'traefik' } },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: 'traefik' } },
    template: {
      metadata: { labels: { app: 'traefik' } },
      spec: {
        nodeSelector: { pool: 'edge' },
        containers: [
          {
            name: 'traefik',
            image: 'docker.io/library/traefik:v3.1',
            ports: [
              { name: 'web', containerPort: 8000 },
              { name: 'ping', containerPort: 8080 },
            ],
            resources: { requests: { cpu: '200m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            readinessProbe: probe('/ping', 8080, 5, 2),
            livenessProbe: probe('/ping', 8080, 10, 3),
          },
        ],
      },
    },
  },
};

const pollsWeb = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'polls',
    namespace: 'polls',
    labels: appLabels,
    annotations: { 'kubernetes.io/change-cause': 'release 2.14.0' },
  },
  spec: {
    replicas: 3,
    selector: { matchLabels: appLabels },
    template: {
      metadata: { labels: appLabels },
      spec: {
        nodeSelector: { pool: 'worker' },
        affinity: {
          podAntiAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              {
                weight: 100,
                podAffinityTerm: {
                  topologyKey: 'kubernetes.io/hostname',
                  labelSelector: { matchLabels: appLabels },
                },
              },
            ],
          },
        },
        terminationGracePeriodSeconds: 20,
        containers: [
          {
            name: 'polls',
            image: 'registry.example.org/polls/web:2.14.0',
            ports: [
              { name: 'http', containerPort: 8080 },
              { name: 'health', containerPort: 8081 },
            ],
            envFrom: [{ configMapRef: { name: 'polls-config' } }],
            resources: {
              requests: { cpu: '250m', memory: '256Mi' },
              limits: { cpu: '2', memory: '512Mi' },
            },
            readinessProbe: probe('/readyz', 8081, 5, 2),
            livenessProbe: probe('/livez', 8081, 10, 4),
            // Time for the balancers to hear of it, so that a rollout drops no request.
            lifecycle: { preStop: { exec: { command: ['sleep', '3'] } } },
            volumeMounts: [{ name: 'logs', mountPath: '/var/log/polls' }],
          },
          {
            // Small limits on purpose, and never reached: it idles at 3m and 19Mi.
            name: 'log-shipper',
            image: 'registry.example.org/platform/log-shipper:1.9',
            resources: { requests: { cpu: '5m', memory: '24Mi' }, limits: { cpu: '20m', memory: '32Mi' } },
            volumeMounts: [{ name: 'logs', mountPath: '/var/log/polls' }],
          },
        ],
        volumes: [{ name: 'logs', hostPath: { path: '/var/log/polls', type: 'Directory' } }],
      },
    },
  },
};

const postgres = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'postgres', namespace: 'polls', labels: { app: 'postgres' } },
  spec: {
    serviceName: 'postgres',
    replicas: 1,
    selector: { matchLabels: { app: 'postgres' } },
    template: {
      metadata: { labels: { app: 'postgres' } },
      spec: {
        nodeSelector: { pool: 'data' },
        terminationGracePeriodSeconds: 30,
        containers: [
          {
            name: 'postgres',
            image: 'docker.io/library/postgres:16.4',
            ports: [{ name: 'postgres', containerPort: 5432 }],
            resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '4Gi' } },
            readinessProbe: {
              tcpSocket: { port: 5432 },
              periodSeconds: 5,
              timeoutSeconds: 2,
              failureThreshold: 2,
            },
            volumeMounts: [
              { name: 'pgdata', mountPath: '/var/lib/postgresql/data' },
              { name: 'config', mountPath: '/etc/postgresql' },
            ],
          },
          {
            name: 'pgbackup',
            image: 'registry.example.org/platform/pgbackup:0.7',
            resources: { requests: { cpu: '5m', memory: '32Mi' }, limits: { cpu: '50m', memory: '48Mi' } },
            volumeMounts: [
              { name: 'pgdata', mountPath: '/var/lib/postgresql/data' },
              { name: 'backups', mountPath: '/var/backups' },
            ],
          },
        ],
        volumes: [
          { name: 'config', configMap: { name: 'postgres-config' } },
          { name: 'backups', hostPath: { path: '/var/backups', type: 'Directory' } },
        ],
      },
    },
    volumeClaimTemplates: [
      {
        metadata: { name: 'pgdata' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'standard',
          resources: { requests: { storage: '1850Mi' } },
        },
      },
    ],
  },
};

/** A service in front of pods with an `app` label. */
function service(name: string, space: string, port: number, targetPort: number): unknown {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: space, labels: { app: name } },
    spec: { selector: { app: name }, ports: [{ name: 'main', port, targetPort }] },
  };
}

/** A network policy on pods with an `app` label. */
function policy(name: string, space: string, app: string, ingress: unknown[]): unknown {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: space },
    spec: { podSelector: app === '' ? {} : { matchLabels: { app } }, policyTypes: ['Ingress'], ingress },
  };
}

const fromApp = (app: string): unknown => ({ podSelector: { matchLabels: { app } } });

/** Every object, in the order in which it is created. */
export const manifests: unknown[] = [
  namespace('edge'),
  namespace('polls'),
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'standard', annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' } },
    provisioner: 'csi.example.org',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'Immediate',
    allowVolumeExpansion: true,
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'polls-config', namespace: 'polls' },
    data: { LOG_LEVEL: 'info', DATABASE_HOST: 'postgres', DATABASE_PORT: '5432', DATABASE_POOL_SIZE: '8' },
  },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'postgres-config', namespace: 'polls' },
    data: {
      'postgresql.conf': [
        "listen_addresses = '*'",
        'max_connections = 100',
        'shared_buffers = 512MB',
        'log_statement = none',
        "log_directory = 'log'",
        '',
      ].join('\n'),
    },
  },
  policy('default-deny-ingress', 'polls', '', []),
  policy('polls-ingress', 'polls', 'polls', [
    {
      from: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } },
          podSelector: { matchLabels: { app: 'traefik' } },
        },
      ],
      ports: [
        { protocol: 'TCP', port: 8080 },
        { protocol: 'TCP', port: 8081 },
      ],
    },
  ]),
  policy('postgres-ingress', 'polls', 'postgres', [
    { from: [fromApp('polls')], ports: [{ protocol: 'TCP', port: 5432 }] },
  ]),
  policy('allow-metrics', 'polls', '', [
    {
      from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
      ports: [{ protocol: 'TCP', port: 9100 }],
    },
  ]),
  service('traefik', 'edge', 80, 8000),
  service('polls', 'polls', 80, 8080),
  service('postgres', 'polls', 5432, 5432),
  postgres,
  pollsWeb,
  traefik,
];
