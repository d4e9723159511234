import { expect, it } from 'vitest';
import type { AlertView, HypothesisView, JourneyView } from '@chaotic-good/engine/protocol/views';
import type { PublicRoom } from '../../server/spectators/public-message.ts';
import { otherAlerts, publicParts } from './public-map.ts';

const ROOM = {
  map: {
    nodes: [
      { id: 'users/users', title: 'Users', kind: 'users', workload: '' },
      { id: 'deployment/polls', title: 'polls', kind: 'application', workload: 'polls/polls' },
      { id: 'statefulset/postgres', title: 'postgres', kind: 'database', workload: 'polls/postgres' },
    ],
    edges: [],
  },
} as unknown as PublicRoom;
const journey = (goodRatio: number | null) =>
  ({ title: 'Vote', goodRatio, objectiveRatio: 0.99 }) as JourneyView;
const alert = (subject: string, resolvedAtMicros: number | null = null) =>
  ({ title: 'A container restarts', subject, resolvedAtMicros }) as AlertView;
const theory = (component: string, verdict: HypothesisView['verdict'] = null) =>
  ({ component, verdict }) as HypothesisView;

it('calls no part healthy of which nothing is known', () => {
  const parts = publicParts(ROOM, { journeys: [journey(1)], alerts: [], hypotheses: [] });
  expect(parts.map(({ level, word }) => [level, word])).toEqual([
    ['healthy', 'served'],
    ['unknown', 'no alert'],
    ['unknown', 'no alert'],
  ]);
});

it('shows how users fare by their worst journey, and alerts and theories at their parts', () => {
  const parts = publicParts(ROOM, {
    journeys: [journey(1), journey(0.4), journey(null)],
    alerts: [alert('polls/polls-7d9f-x2x/polls'), alert('polls/postgres-0/postgres', 5e6)],
    hypotheses: [theory('statefulset/postgres'), theory('statefulset/postgres', 'refuted')],
  });
  expect(parts).toMatchObject([
    { level: 'down', word: 'hurt', why: 'Vote: 40 % good' },
    { level: 'degraded', word: 'alert', why: 'A container restarts', suspected: 0 },
    { level: 'unknown', word: 'no alert', suspected: 1 },
  ]);
});

it('keeps beside the map what is about none of its parts', () => {
  const beside = otherAlerts(ROOM, [alert('polls/polls-1/polls'), alert('data-1:/var'), alert('', 5e6)]);
  expect(beside.map(({ subject }) => subject)).toEqual(['data-1:/var']);
});
