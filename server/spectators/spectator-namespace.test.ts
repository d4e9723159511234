import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { io } from 'socket.io-client';
import type { FrameText, IncidentHost, Onlooker } from '../incidents/incident-host.ts';
import { JoinGate } from '../rooms/join-gate.ts';
import { Sessions } from '../rooms/sessions.ts';
import { SpectatorNamespace } from './spectator-namespace.ts';

// Method: the real namespace on a real port, a host that the test speaks for, a short delay.

const folder = mkdtempSync(join(tmpdir(), 'chaotic-good-spectators-'));
const httpServer = createServer();
const listeners = new Set<(frame: FrameText) => void>();
const asked: Onlooker[] = [];
const host = {
  subscribe: (_id: string, onlooker: Onlooker, listener: (frame: FrameText) => void) => {
    asked.push(onlooker);
    listeners.add(listener);
    return { refresh: () => undefined, end: () => listeners.delete(listener) };
  },
} as unknown as IncidentHost;
let namespace: SpectatorNamespace;
let origin = '';

beforeAll(async () => {
  const gate = new JoinGate({
    sessions: new Sessions(folder),
    hasRoom: (code) => code === 'AAAA0000',
    isSecure: false,
  });
  namespace = new SpectatorNamespace(httpServer, { host, gate, delayMs: 50 });
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
});

afterAll(async () => {
  namespace.close();
  httpServer.closeAllConnections();
  await new Promise((resolve) => httpServer.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

function watch(code: unknown) {
  return io(`${origin}/public`, {
    auth: { code },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
}

function frame(seq: number, full = false): void {
  const text = JSON.stringify({ seq, atMicros: 0, full, view: { speed: seq }, telemetry: null });
  for (const listener of listeners) listener({ seq, full, text });
}

function next<T>(socket: ReturnType<typeof watch>, event: string): Promise<T> {
  return new Promise((resolve) => socket.once(event, resolve));
}

it('sends the public frames to everybody who watches, each beginning with a full one', async () => {
  const first = watch('aaaa-0000');
  await next(first, 'connect');
  expect(asked).toEqual([{ kind: 'public' }]);
  frame(1, true);
  expect(JSON.parse(await next<string>(first, 'frame'))).toMatchObject({ seq: 1, full: true });
  const second = watch('AAAA0000');
  expect(JSON.parse(await next<string>(second, 'frame'))).toMatchObject({ seq: 1, full: true });
  frame(2);
  const both = await Promise.all([next<string>(first, 'frame'), next<string>(second, 'frame')]);
  expect(both.map((text) => (JSON.parse(text) as { seq: number }).seq)).toEqual([2, 2]);
  first.close();
  second.close();
  await expect.poll(() => listeners.size).toBe(0);
});

it.each([['BBBB0000'], [''], [{ $gt: '' }], [undefined]])('refuses %j with a sentence', async (code) => {
  const socket = watch(code);
  const error = await next<Error>(socket, 'connect_error');
  expect(error.message).toMatch(/^(There is no room|Too many wrong codes).*\.$/);
  socket.close();
});

it('cuts off whoever says anything', async () => {
  const socket = watch('AAAA0000');
  await next(socket, 'connect');
  socket.emit('command', { type: 'EndIncident' });
  expect(await next<string>(socket, 'disconnect')).toBe('io server disconnect');
});
