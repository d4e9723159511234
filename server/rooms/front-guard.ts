/**
 * Stands before everything that listens on the HTTP server: what is malformed, foreign or too much never
 * reaches Colyseus, Express or Socket.IO, because one odd request there can end the process.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AddressLimits } from './address-limits.ts';

const METHODS = ['GET', 'HEAD', 'POST'];
const TARGET_BYTES_MAX = 2048;
const BODY_BYTES_MAX = 16 * 1024;
const HOST = /^([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(:\d{1,5})?$/i;
/** Headers by which a proxy could say something; nobody else may. */
const FORWARDED = /^(x-forwarded-.*|x-real-ip|x-client-ip|cf-connecting-ip|forwarded|true-client-ip)$/;
/** Requests of an address: a page load with all its files, then so many a second. */
const REQUESTS_BURST = 300;
const REQUESTS_PER_SECOND = 30;

/** What the guard asks of others. */
export type FrontGuardOptions = {
  /** Hosts that this server is called by; null = any. */
  hosts: readonly string[] | null;
  /** Origin that may call besides the server's own, or null. */
  publicOrigin: string | null;
  /** Why this request is refused by those who know rooms, or null. */
  alsoRefuse: (request: IncomingMessage) => Refused | null;
};

/** An answer to a refused request. */
export type Refused = { status: number; sentence: string };

type Guarded = 'request' | 'upgrade';

/** Address of whoever calls. */
export function addressOf({ socket }: IncomingMessage): string {
  return socket.remoteAddress ?? '';
}

/** What somebody has attached to the server, for the paths below a prefix. */
export type Attached = { prefix: string; request: Listener[]; upgrade: Listener[] };

type Listener = (...args: unknown[]) => void;

/** Takes what has been attached to the server so far off it. */
export function takeListeners(server: Server, prefix: string): Attached {
  const taken = (event: Guarded) => {
    const listeners = server.listeners(event) as Listener[];
    server.removeAllListeners(event);
    return listeners;
  };
  return { prefix, request: taken('request'), upgrade: taken('upgrade') };
}

/** Puts the guard before everything that has been attached; each path goes to the first prefix that fits. */
export function guardFront(server: Server, attached: readonly Attached[], options: FrontGuardOptions): void {
  const listenersFor = ({ url = '' }: IncomingMessage, kind: Guarded) =>
    attached.find(({ prefix }) => url.startsWith(prefix))?.[kind] ?? [];
  const limits = new AddressLimits(REQUESTS_BURST, REQUESTS_PER_SECOND);
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 10_000;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined);
    const refused = whyNot(request, 'request', options, limits);
    if (refused !== null) return refuseRequest(response, refused);
    for (const listener of listenersFor(request, 'request')) listener.call(server, request, response);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refused = whyNot(request, 'upgrade', options, limits);
    if (refused !== null) return refuseSocket(socket, refused);
    for (const listener of listenersFor(request, 'upgrade')) listener.call(server, request, socket, head);
  });
  server.on('clientError', (_error: Error, socket: Duplex) => {
    if (socket.writable) refuseSocket(socket, { status: 400, sentence: 'This is no HTTP request.' });
    else socket.destroy();
  });
}

/** Why a request is refused, or null. */
function whyNot(
  request: IncomingMessage,
  kind: Guarded,
  options: FrontGuardOptions,
  limits: AddressLimits,
): Refused | null {
  const refused = whyMalformed(request, kind) ?? whyForeign(request, options);
  if (refused !== null) return refused;
  for (const name of Object.keys(request.headers)) if (FORWARDED.test(name)) delete request.headers[name];
  if (!limits.take(addressOf(request))) {
    return { status: 429, sentence: 'Too many requests from this address. Wait a moment.' };
  }
  return options.alsoRefuse(request);
}

function whyMalformed({ method = '', url = '', headers }: IncomingMessage, kind: Guarded): Refused | null {
  const methods = kind === 'upgrade' ? ['GET'] : METHODS;
  if (!methods.includes(method)) return { status: 405, sentence: 'This method is not served here.' };
  if (!url.startsWith('/') || url.startsWith('//') || !URL.canParse(url, 'http://server')) {
    return { status: 400, sentence: 'This address is no path.' };
  }
  if (Buffer.byteLength(url) > TARGET_BYTES_MAX)
    return { status: 414, sentence: 'This address is too long.' };
  if (headers['transfer-encoding'] !== undefined) {
    return { status: 411, sentence: 'Say how long the body is.' };
  }
  if (Number(headers['content-length'] ?? 0) > BODY_BYTES_MAX) {
    return { status: 413, sentence: 'This body is too long.' };
  }
  return null;
}

function whyForeign({ headers }: IncomingMessage, options: FrontGuardOptions): Refused | null {
  const host = (headers.host ?? '').toLowerCase();
  const name = HOST.test(host) ? host.replace(/:\d+$/, '') : null;
  if (name === null || (options.hosts !== null && !options.hosts.includes(name))) {
    return { status: 400, sentence: 'This server is not called by that name.' };
  }
  const { origin } = headers;
  if (origin === undefined) return null;
  const own = URL.canParse(origin) && new URL(origin).host.toLowerCase() === host;
  if (own || origin === options.publicOrigin) return null;
  return { status: 403, sentence: 'Pages of other sites may not call this server.' };
}

function refuseRequest(response: ServerResponse, { status, sentence }: Refused): void {
  const body = JSON.stringify({ error: 'refused', sentence });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(body);
}

function refuseSocket(socket: Duplex, { status, sentence }: Refused): void {
  const body = JSON.stringify({ error: 'refused', sentence });
  const lines = [
    `HTTP/1.1 ${status} Refused`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
