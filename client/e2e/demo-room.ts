/** What the recorded room tells of itself, as the server would. */
import { MECHANISMS } from '@chaotic-good/engine/protocol/mechanisms';
import type { MapNode, RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { ScenarioWithSystem } from '@chaotic-good/scenarios/sdk/registry';

/** 14:05 UTC on a Tuesday. */
const STARTED_AT_UNIX_MS = Date.UTC(2026, 0, 6, 14, 5);

const NODES: MapNode[] = [
  { id: 'users/users', title: 'Users', kind: 'users', workload: '' },
  { id: 'deployment/traefik', title: 'traefik', kind: 'proxy', workload: 'edge/traefik' },
  { id: 'deployment/polls', title: 'polls', kind: 'application', workload: 'polls/polls' },
  { id: 'statefulset/postgres', title: 'postgres', kind: 'database', workload: 'polls/postgres' },
];

const COMPONENTS = [
  'deployment/traefik',
  'deployment/polls',
  'statefulset/postgres',
  'service/polls',
  'service/postgres',
  'networkpolicy/postgres-ingress',
  'networkpolicy/polls-ingress',
  'networkpolicy/allow-metrics',
  'configmap/polls-config',
  'node/edge-1',
  'node/worker-1',
  'node/worker-2',
  'node/worker-3',
  'node/data-1',
];

/** The room. */
export function demoRoom({ scenario, system }: ScenarioWithSystem): RoomInfo {
  return {
    code: '7KQ4M2XD',
    incidentId: '7KQ4M2XD',
    round: 1,
    seedDay: null,
    scenarioId: scenario.id,
    title: scenario.title,
    story: scenario.story,
    sentences: [...system.sentences],
    namespace: scenario.namespace,
    startedAtUnixMs: STARTED_AT_UNIX_MS,
    map: {
      nodes: NODES,
      edges: [
        { name: 'users->traefik', from: 'users/users', to: 'deployment/traefik' },
        { name: 'traefik->polls', from: 'deployment/traefik', to: 'deployment/polls' },
        { name: 'polls->postgres', from: 'deployment/polls', to: 'statefulset/postgres' },
      ],
    },
    components: COMPONENTS,
    mechanisms: [...MECHANISMS],
  };
}
