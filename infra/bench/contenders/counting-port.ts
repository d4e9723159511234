/** Counts what a server sends, at a real socket. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A port that counts. */
export type CountingPort = {
  /** Its number. */
  port: number;
  /** Bytes that have come back through it so far. */
  bytes: number;
  /** Takes nobody any more. */
  close: () => void;
};

/** A port that passes everything on to another one, and counts what comes back. */
export async function countingPort(to: number): Promise<CountingPort> {
  const counter = { port: 0, bytes: 0, close: () => void passing.close() };
  const passing = createServer((near) => {
    const far = connect({ port: to, host: '127.0.0.1' });
    far.on('data', (part) => (counter.bytes += part.length));
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  await once(passing.listen(0, '127.0.0.1'), 'listening');
  counter.port = (passing.address() as AddressInfo).port;
  return counter;
}
