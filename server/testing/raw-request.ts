/** Bytes thrown at a server's port, and what it answers. */
import { connect } from 'node:net';

/** After so long without an end, what has come is the answer, milliseconds. */
const PATIENCE_MS = 3000;

/** First byte of the frame by which a WebSocket is closed. */
export const CLOSE_FRAME = '\x88';

/** What came back. */
export type RawAnswer = {
  /** Status of the answer; 0 when there was none. */
  status: number;
  /** Everything that came, head and body. */
  text: string;
  /** Whether the server ended the connection. */
  ended: boolean;
};

/** Where from and where to. */
export type RawRequest = {
  port: number;
  /** What is sent. */
  bytes: string | Uint8Array;
  /** Own address; every one of 127.0.0.0/8 counts for itself. */
  from?: string;
};

/** Sends bytes as they are and waits for an answer. */
export function rawRequest({ port, bytes, from }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve) => {
    // Only Linux lets everybody use all of 127.0.0.0/8.
    const localAddress = process.platform === 'linux' ? from : undefined;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    let text = '';
    const answer = (ended: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0), text, ended });
    };
    const timer = setTimeout(() => answer(false), PATIENCE_MS);
    socket.on('data', (part) => {
      text += part.toString('latin1');
      if (isWhole(text)) answer(false);
    });
    socket.on('error', () => answer(true));
    socket.on('close', () => answer(true));
    socket.write(bytes);
  });
}

/** Whether nothing more is to come: a whole HTTP answer, or the end of a WebSocket. */
function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n');
  if (at < 0) return false;
  const head = text.slice(0, at + 2);
  if (head.startsWith('HTTP/1.1 101')) return text.includes(CLOSE_FRAME, at);
  if (/^transfer-encoding: chunked\r$/im.test(head)) return text.endsWith('\r\n0\r\n\r\n');
  const [, length] = /^content-length: (\d+)\r$/im.exec(head) ?? [];
  return length !== undefined && text.length >= at + 4 + Number(length);
}

/** A request as text; `host` is what the server is called by. */
export function requestText(
  method: string,
  target: string,
  options: { headers?: readonly string[]; body?: string; host?: string } = {},
): string {
  const { headers = [], body, host = '127.0.0.1' } = options;
  const length = body === undefined ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  return [`${method} ${target} HTTP/1.1`, `Host: ${host}`, ...headers, ...length, '', body ?? ''].join(
    '\r\n',
  );
}
