/** Picks the carrier: the server of this page, or, in a build for tests, a recording. */
import { api } from './api.ts';
import { ColyseusConnection } from './colyseus-connection.ts';
import type { Connection } from './connection.ts';
import type { Recording } from './recording.ts';
import { ReplayedConnection } from './replayed-connection.ts';

/** Whether a recording is played: `?replay=demo.json&from=120&speed=1`, only in builds for tests. */
export function playsRecording(): boolean {
  return import.meta.env.MODE === 'replay' && new URLSearchParams(location.search).has('replay');
}

/** A line to a room. */
export function openLine(code: string, name: string): Connection {
  if (playsRecording()) {
    const asked = new URLSearchParams(location.search);
    const load = async () => (await (await fetch(asked.get('replay') ?? '')).json()) as Recording;
    const options = { fromSecond: Number(asked.get('from') ?? 0), speed: Number(asked.get('speed') ?? 1) };
    return new ReplayedConnection(load, options);
  }
  const takeSeat = async () => {
    const { ticket, roomId } = await api.takeSeat(code, name, 'player');
    return { ticket, roomId: roomId ?? code };
  };
  return new ColyseusConnection(takeSeat, location.origin);
}
