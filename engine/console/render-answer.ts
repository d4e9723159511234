/**
 * Words the answer to a request that was sent by hand, as curl or psql prints it.
 *
 * Reads   the request, what the simulation answered, and the world as it is when the answer comes.
 */
import type { CommandOutcome, Observation, SendRequest } from '../protocol/cluster-commands.ts';
import { mayConnect } from '../cluster/network.ts';
import { timestampAt } from '../platforms/kubernetes/timestamps.ts';
import { containerProcess } from '../platforms/kubernetes/topology.ts';
import type { World } from '../platforms/kubernetes/world.ts';
import { httpCode } from '../telemetry/http-code.ts';
import { farEnd } from './exec/called-program.ts';
import { printResult } from './exec/psql-table.ts';
import { rowCount } from './exec/row-count.ts';
import type { CurlShow, PsqlShow, ShownRequest } from './exec/request-show.ts';
import { longTime } from './kubectl/describe/lines.ts';

/** What the simulation answered. */
export type AnswerFact = {
  /** Answered well. */
  ok: boolean;
  /** Whether the program itself answered, be it with an error. */
  reached: boolean;
  /** STATUS_… of the cluster. */
  status: number;
  /** Its word, '' for success. */
  error: string;
  /** How long it took. */
  latencyMicros: number;
};

/** How a request ended. */
type Ending =
  /** The connection never stood. */
  | 'refused'
  | 'no-connection'
  /** It stood, and nothing came. */
  | 'silence'
  | 'reset'
  /** An answer came, good or bad. */
  | 'answered';

const REASONS: { readonly [code: number]: string } = {
  200: 'OK',
  404: 'Not Found',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The words for an answer. A request without `show` is worded as plain curl. */
export function renderAnswer(world: World, command: SendRequest, fact: AnswerFact): CommandOutcome {
  const { show } = command as ShownRequest;
  const ending = endingOf(world, command, fact);
  const outcome =
    show?.program === 'psql'
      ? renderPsql(world, command, fact, ending, show)
      : renderCurl(world, command, fact, ending, show ?? plainCurl(command));
  // kubectl adds the exit code of a program that it ran in a container.
  if (outcome.exitCode === 0 || command.from === null) return outcome;
  return { ...outcome, stderr: `${outcome.stderr}command terminated with exit code ${outcome.exitCode}\n` };
}

/** What an answer counts for as evidence. */
export function observeAnswer(command: SendRequest, fact: AnswerFact): Observation {
  const { from, to, port } = command;
  const target = 'service' in to ? to.service : 'pod' in to ? `${to.namespace}/${to.pod}` : 'localhost';
  const source = from ? `${from.namespace}/${from.pod}` : 'terminal';
  return { tool: 'request', from: source, to: target, port, ok: fact.ok, error: fact.error };
}

function plainCurl(command: SendRequest): CurlShow {
  const { to } = command;
  const host = 'service' in to ? to.service.split('/')[1] : 'pod' in to ? to.pod : 'localhost';
  const off = { silent: false, showError: false, withHeaders: false, headOnly: false, verbose: false };
  return {
    program: 'curl',
    host,
    path: '/',
    ...off,
    failOnError: false,
    discard: false,
    writeOut: '',
    unknownPath: false,
    address: '',
  };
}

/** A word of the cluster may be the network's or the answer of a program that met the same further on. */
function endingOf(world: World, command: SendRequest, fact: AnswerFact): Ending {
  if (fact.ok || fact.reached) return 'answered';
  const { cluster } = world;
  const far = farEnd(world, command.from, command.to, command.port);
  const servers = far.processes.map((number) => cluster.processes[number]);
  const running = servers.filter(({ phase }) => phase === 'running');
  const ownDeadline = fact.latencyMicros >= command.timeoutMicros;
  switch (fact.error) {
    case 'timeout': {
      if (!ownDeadline) return 'answered';
      const client = command.from
        ? containerProcess(world, command.from.namespace, command.from.pod, command.from.container)
        : -1;
      const open = running.some((server) => server.id === client || mayConnect(server, far.port, client));
      return open ? 'silence' : 'no-connection';
    }
    case 'connect-timeout':
      return ownDeadline ? 'no-connection' : 'answered';
    case 'refused':
    case 'no-endpoints':
      // A refusal by the network comes within a round trip; a program's own failure takes its work first.
      return running.length === 0 || fact.latencyMicros < 2000 ? 'refused' : 'answered';
    case 'reset':
      return 'reset';
    default:
      return 'answered';
  }
}

function renderCurl(
  world: World,
  command: SendRequest,
  fact: AnswerFact,
  ending: Ending,
  show: CurlShow,
): CommandOutcome {
  const millis = Math.round(fact.latencyMicros / 1000);
  const quiet = show.silent && !show.showError;
  const trace = show.verbose ? `*   Trying ${show.address || show.host}:${command.port}...\n` : '';
  const fail = (exitCode: number, text: string): CommandOutcome => ({
    ok: false,
    stdout: writeOut(show, command, fact, 0, 0),
    stderr: trace + (quiet ? '' : `curl: (${exitCode}) ${text}\n`),
    exitCode,
  });
  switch (ending) {
    case 'refused':
      return fail(
        7,
        `Failed to connect to ${show.host} port ${command.port} after ${millis} ms: Connection refused`,
      );
    case 'no-connection':
      return fail(28, `Connection timed out after ${millis + 1} milliseconds`);
    case 'silence':
      return fail(28, `Operation timed out after ${millis + 1} milliseconds with 0 bytes received`);
    case 'reset':
      return fail(56, 'Recv failure: Connection reset by peer');
    case 'answered':
      break;
  }
  const [first] = farEnd(world, command.from, command.to, command.port).processes;
  const kind =
    first === undefined
      ? 'application'
      : world.cluster.plan.programs[world.cluster.processes[first].program].spec.kind;
  if (kind === 'database') return fail(52, 'Empty reply from server');
  // An application that refuses for want of workers says so; what else went wrong inside is its 500.
  const failure = fact.error === 'overloaded' ? 503 : httpCode(kind, fact.status, false);
  const code = !fact.ok ? failure : show.unknownPath ? 404 : 200;
  if (show.failOnError && code >= 400) return fail(22, `The requested URL returned error: ${code}`);
  const body = bodyOf(code, kind);
  const reason = REASONS[code] ?? '';
  const headers = headersOf(world, code, reason, body);
  const shown = show.headOnly ? headers : (show.withHeaders ? headers : '') + (show.discard ? '' : body);
  const dialogue = show.verbose ? trace + dialogueOf(show, command, headers) : '';
  return {
    ok: true,
    stdout: shown + writeOut(show, command, fact, code, body.length),
    stderr: dialogue,
    exitCode: 0,
  };
}

function bodyOf(code: number, kind: string): string {
  if (code === 200) return kind === 'proxy' ? '<!doctype html><title>ok</title>\n' : '{"status":"ok"}\n';
  if (kind === 'proxy') return `${REASONS[code] ?? 'Error'}\n`;
  return code === 404 ? '404 page not found\n' : `{"error":"${(REASONS[code] ?? 'error').toLowerCase()}"}\n`;
}

function headersOf(world: World, code: number, reason: string, body: string): string {
  const { kube, cluster } = world;
  const date = longTime(timestampAt(kube.store, cluster.nowMicros)).replace('+0000', 'GMT');
  const type = body.startsWith('{')
    ? 'application/json'
    : body.startsWith('<')
      ? 'text/html'
      : 'text/plain; charset=utf-8';
  return (
    `HTTP/1.1 ${code} ${reason}\r\nDate: ${date}\r\nContent-Type: ${type}\r\nContent-Length: ` +
    `${body.length}\r\n\r\n`
  );
}

function dialogueOf(show: CurlShow, command: SendRequest, headers: string): string {
  const asked = [
    `GET ${show.path} HTTP/1.1`,
    `Host: ${show.host}:${command.port}`,
    'User-Agent: curl/7.88.1',
    'Accept: */*',
    '',
  ];
  return (
    `* Connected to ${show.host} (${show.address || show.host}) port ${command.port} (#0)\n` +
    asked.map((line) => `> ${line}\n`).join('') +
    headers
      .trimEnd()
      .split('\r\n')
      .map((line) => `< ${line}\n`)
      .join('') +
    '< \n'
  );
}

/** `-w`: the variables that people use. */
function writeOut(
  show: CurlShow,
  command: SendRequest,
  fact: AnswerFact,
  code: number,
  bytes: number,
): string {
  const seconds = (fact.latencyMicros / 1_000_000).toFixed(6);
  const values: { [name: string]: string } = {
    http_code: String(code).padStart(3, '0'),
    response_code: String(code).padStart(3, '0'),
    time_total: seconds,
    time_starttransfer: code === 0 ? '0.000000' : seconds,
    time_connect: '0.000412',
    time_namelookup: '0.000208',
    size_download: String(bytes),
    remote_ip: show.address,
    remote_port: String(command.port),
    url_effective: `http://${show.host}:${command.port}${show.path}`,
    exitcode: code === 0 ? '28' : '0',
  };
  return show.writeOut
    .replace(/%\{([a-z_]+)\}/g, (_whole, name: string) => values[name] ?? '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
}

function renderPsql(
  world: World,
  command: SendRequest,
  fact: AnswerFact,
  ending: Ending,
  show: PsqlShow,
): CommandOutcome {
  const place =
    show.host === ''
      ? 'connection to server on socket "/var/run/postgresql/.s.PGSQL.5432" failed: '
      : `connection to server at "${show.host}" (${show.address}), port ${command.port} failed: `;
  const fail = (text: string, exitCode = 2): CommandOutcome => ({
    ok: false,
    stdout: '',
    stderr: `${text}\n`,
    exitCode,
  });
  const running = '\n\tIs the server running on that host and accepting TCP/IP connections?';
  switch (ending) {
    case 'refused':
      return fail(`psql: error: ${place}Connection refused${running}`);
    case 'no-connection':
    case 'silence':
      return fail(`psql: error: ${place}Connection timed out${running}`);
    case 'reset':
      return fail(
        'server closed the connection unexpectedly\n\tThis probably means the server terminated ' +
          'abnormally\n\tbefore or while processing the request.',
      );
    case 'answered':
      break;
  }
  if (fact.ok) {
    const value =
      'fixed' in show.value
        ? show.value.fixed
        : String(rowCount(world, far(world, command), show.value.rowsOf));
    return {
      ok: true,
      stdout: printResult({ columns: [show.column], rows: [[value]], right: [0] }, show.bare),
      stderr: '',
      exitCode: 0,
    };
  }
  if (fact.error === 'too-many-connections')
    return fail(`psql: error: ${place}FATAL:  sorry, too many clients already`);
  if (fact.error === 'overloaded')
    return fail(
      `psql: error: ${place}FATAL:  remaining connection slots are reserved for roles with the ` +
        'SUPERUSER attribute',
    );
  if (fact.error === 'no-space')
    return fail('ERROR:  could not extend file: No space left on device\nHINT:  Check free disk space.', 1);
  return fail('ERROR:  canceling statement due to statement timeout', 1);
}

function far(world: World, command: SendRequest): number {
  return farEnd(world, command.from, command.to, command.port).processes[0] ?? -1;
}
