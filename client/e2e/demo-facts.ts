/** The facts of all things at some moments of the recording, as the room would tell them. */
import { readFacts } from '@chaotic-good/engine/console/facts/read-facts';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { podUsage } from '@chaotic-good/engine/platforms/kubernetes/metrics-api';
import type { RoomInfo } from '@chaotic-good/engine/protocol/wire';
import type { Recording } from '../net/recording.ts';
import { DEMO_SEAT } from './demo-script.ts';

/** Seconds at which facts are kept. */
const SECONDS: readonly number[] = [20, 128, 265];

/** Facts of every component and pod, at the seconds that are kept; else nothing. */
export function demoFacts(incident: Incident, room: RoomInfo): Recording['facts'] {
  const { telemetry, world } = incident;
  const second = Math.round(world.cluster.nowMicros / 1e6);
  if (telemetry === null || !SECONDS.includes(second)) return [];
  const pods = podUsage(world).map(({ pod }) => `pod/${pod}`);
  const context = { seat: DEMO_SEAT, namespace: room.namespace };
  return [...room.components, 'persistentvolumeclaim/pgdata-postgres-0', ...pods].flatMap((id) => {
    const { facts } = readFacts(world, telemetry, context, id);
    return facts === null ? [] : [{ atSecond: second, facts }];
  });
}
