/** `curl`: means a real request; its answer is worded when it comes. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal } from '../reading.ts';
import type { PlanProgram } from '../../cluster/plan.ts';
import type { ProgramPlace } from './exec-context.ts';
import { readProgramOptions } from './program-options.ts';
import { correlationId } from './request-show.ts';
import type { CurlShow, ShownRequest } from './request-show.ts';
import { resolveHost } from './resolve-host.ts';
import type { ResolvedHost } from './resolve-host.ts';
import { calledProgram } from './called-program.ts';

const TIMEOUT_MICROS = 60_000_000;
const REQUESTS_MAX = 10;

const LONGS: { readonly [name: string]: string } = {
  silent: 's',
  'show-error': 'S',
  verbose: 'v',
  include: 'i',
  head: 'I',
  'max-time': 'm',
  'connect-timeout': 'T',
  output: 'o',
  'write-out': 'w',
  request: 'X',
  data: 'd',
  'data-raw': 'd',
  header: 'H',
  fail: 'f',
  location: 'L',
  insecure: 'k',
  user: 'u',
  'user-agent': 'A',
  compressed: 'Z',
};

/** Answers `curl`. */
export function runCurl(place: ProgramPlace, argv: readonly string[]): ConsoleReading {
  const read = readProgramOptions(argv, { letters: 'sSviIfLkZgN46O', valued: 'mTowXdHuA', longs: LONGS });
  if (!read.ok) {
    const option = read.unknown.startsWith('--') ? read.unknown : `-${read.unknown}`;
    return refusal(
      `curl: option ${option}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information`,
      2,
    );
  }
  const { options, words } = read;
  if (words.length === 0) {
    return refusal(
      "curl: no URL specified!\ncurl: try 'curl --help' or 'curl --manual' for more information",
      2,
    );
  }
  if (words.length > REQUESTS_MAX) return refusal(`curl: at most ${REQUESTS_MAX} addresses at once`, 2);
  const seconds = options.get('m') ?? options.get('T') ?? '';
  if (seconds !== '' && !/^[0-9]{1,4}(\.[0-9]{1,6})?$/.test(seconds)) {
    return refusal(
      "curl: option -m: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl " +
        "--manual' for more information",
      2,
    );
  }
  const into = options.get('o') ?? '';
  if (options.has('O') || (into !== '' && into !== '/dev/null' && into !== '-')) {
    return refusal(`curl: (23) Failure writing output to destination: files are not written here`, 23);
  }
  const timeout =
    seconds === '' || Number(seconds) === 0
      ? TIMEOUT_MICROS
      : Math.min(TIMEOUT_MICROS, Math.round(Number(seconds) * 1_000_000));
  return joined(words.map((url, ordinal) => request(place, { url, ordinal, options, timeout })));
}

type Asked = { url: string; ordinal: number; options: ReadonlyMap<string, string>; timeout: number };

/** One address: a request, or curl's complaint. */
function request(place: ProgramPlace, { url, ordinal, options, timeout }: Asked): ConsoleReading {
  const parts = /^(?:(https?):\/\/)?([^/:?#@]+)(?::([0-9]{1,5}))?([/?#].*)?$/i.exec(url);
  const scheme = (parts?.[1] ?? 'http').toLowerCase();
  if (!parts) {
    const other = /^([a-z]+):\/\//i.exec(url)?.[1];
    if (other) return refusal(`curl: (1) Protocol "${other}" not supported`, 1);
    return refusal('curl: (3) URL rejected: Malformed input to a URL function', 3);
  }
  const host = parts[2];
  const port = parts[3] === undefined ? (scheme === 'https' ? 443 : 80) : Number(parts[3]);
  if (port < 1 || port > 65_535)
    return refusal('curl: (3) URL rejected: Port number was not a decimal number between 0 and 65535', 3);
  const found = resolveHost(place, host);
  const quiet = options.has('s') && !options.has('S');
  if (!found) {
    const complaint = `curl: (6) Could not resolve host: ${host}`;
    return { ...refusal(quiet ? '' : complaint, 6), observed: missed(place, host, port) };
  }
  if (scheme === 'https')
    return refusal(quiet ? '' : 'curl: (35) error:0A00010B:SSL routines::wrong version number', 35);
  const method = options.get('X') ?? (options.has('I') ? 'HEAD' : options.has('d') ? 'POST' : 'GET');
  const path = (parts[4] ?? '/').replace(/[?#].*$/, '') || '/';
  const target = calledProgram(place, found.to, port);
  const endpoint = endpointOf(target, method.toUpperCase(), path);
  const { cluster } = place.world;
  const command: ShownRequest = {
    type: 'SendRequest',
    from: place.place,
    to: found.to,
    port,
    endpoint: endpoint ?? 'probe',
    timeoutMicros: timeout,
    correlationId: correlationId(place.seat, cluster.nowMicros, cluster.lastInquiry, ordinal),
    show: showOf(options, host, path, endpoint === null, found),
  };
  return intends([command]);
}

/** The endpoint that a method and path mean to a program; null when its router has none. */
function endpointOf(target: PlanProgram | null, method: string, path: string): string | null {
  if (/^\/(healthz|readyz|livez|health|ready|live|ping|status|-\/healthy|-\/ready)\/?$/.test(path))
    return 'probe';
  if (!target) return 'probe';
  const methods = method === 'HEAD' ? ['HEAD', 'GET'] : [method];
  for (const name of methods) {
    const exact = target.endpointNames.find((one) => one === `${name} ${path}`);
    if (exact !== undefined) return exact;
    const shaped = target.endpointNames.find((one) => fitsShape(one, `${name} ${path}`));
    if (shaped !== undefined) return shaped;
  }
  // An endpoint without a method is no route; a program without routes answers whatever it is asked.
  return target.endpointNames.some((one) => /^[A-Z]+ \//.test(one)) ? null : 'probe';
}

/** `GET /polls/{id}` fits `GET /polls/7`. */
function fitsShape(name: string, asked: string): boolean {
  const shape = name.split('/');
  const parts = asked.split('/');
  return (
    /[{:]/.test(name) &&
    shape.length === parts.length &&
    shape.every((part, index) => part === parts[index] || (/^[{:]/.test(part) && parts[index] !== ''))
  );
}

function showOf(
  options: ReadonlyMap<string, string>,
  host: string,
  path: string,
  unknownPath: boolean,
  found: ResolvedHost,
): CurlShow {
  return {
    program: 'curl',
    host,
    path,
    silent: options.has('s'),
    showError: options.has('S'),
    withHeaders: options.has('i'),
    headOnly: options.has('I'),
    verbose: options.has('v'),
    failOnError: options.has('f'),
    discard: options.get('o') === '/dev/null',
    writeOut: options.get('w') ?? '',
    unknownPath,
    address: found.addresses[0] ?? '',
  };
}

function missed(place: ProgramPlace, host: string, port: number): ConsoleReading['observed'] {
  const from = place.place ? `${place.place.namespace}/${place.place.pod}` : 'terminal';
  return [{ tool: 'request', from, to: host, port, ok: false, error: 'unknown-host' }];
}
