/**
 * Makes text of what containers wrote: records through the templates of the plan.
 *
 * Text is made when somebody asks and kept nowhere: a record is some 60 bytes, its line 200.
 */
import type { Cluster, Process } from '../cluster/cluster-state.ts';
import type { LogTemplateSpec, ProgramSpec } from '../cluster/system-spec.ts';
import { STATUS_OK } from '../cluster/spans.ts';
import { errorWords, noSpaceWords } from './error-words.ts';
import { httpCode } from './http-code.ts';
import { oldestRecord, readRecord } from './log-record.ts';
import type { LogRecord } from './log-record.ts';
import { logTime } from './log-time.ts';

/** One line of a container's log. */
export type LogLine = {
  /** When its record was written, microseconds. */
  atMicros: number;
  /** The line, without its line end. */
  text: string;
  /** Severity. */
  level: LogTemplateSpec['level'];
  /** Template name. */
  template: string;
  /** Number of its record within the process; lines of one record share it. */
  record: number;
};

/** Which lines to render. */
export type LogLinesOptions = {
  /** First record number; older ones are left out. */
  from?: number;
  /** Only so many of the newest lines. */
  tail?: number;
  /** Only records written at this moment or later. */
  sinceMicros?: number;
  /** Known addresses (`known-addresses.ts`); names stand in for what is absent. */
  addresses?: ReadonlyMap<string, string>;
};

/** Lines that one verbose record is rendered as, before it says how many more there were. */
const VERBOSE_LINES_SHOWN = 3;
/** Templates that say the disk is full though their record is about no request. */
const NO_SPACE_NOTES = new Set(['writeFailed', 'startRefused', 'abort']);

/** Two 32-bit words, mixed so that neighbours in order do not look alike (murmur3's finaliser). */
function mixed(word: number): number {
  let mix = word | 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

/** The id of a request as 16 hex digits, the same at every program that works on it. */
export function requestId(request: number): string {
  const high = Math.floor(request / 4294967296);
  const low = request - high * 4294967296;
  const first = mixed(low ^ Math.imul(high, 0x9e3779b1));
  const second = mixed(high ^ first);
  return first.toString(16).padStart(8, '0') + second.toString(16).padStart(8, '0');
}

/** The server process of PostgreSQL that wrote a line: the postmaster for notes, else one a connection. */
function pidOf(record: LogRecord): number {
  return record.request === 0 ? 1 : 64 + (mixed(record.request % 4294967296) % 40);
}

/** Name of the pod of a process. */
function podName(process: Process): string {
  return process.owner.split('/')[1] ?? process.owner;
}

/** Program that serves what an edge calls, or null. */
function calledProgram(cluster: Cluster, edge: number): ProgramSpec | null {
  const { plan } = cluster;
  for (let step = 0; step < plan.stepEdge.length; step++) {
    if (plan.stepEdge[step] !== edge) continue;
    const serves = plan.programs.find(
      (program) => (program.endpointOfRoute[plan.stepRoute[step]] ?? -1) >= 0,
    );
    if (serves) return serves.spec;
  }
  return null;
}

/** `host:port` that a failed call went to: a proxy dials pods, everyone else the service. */
function calledAddress(
  cluster: Cluster,
  writer: ProgramSpec,
  record: LogRecord,
  addresses: ReadonlyMap<string, string> | undefined,
): string {
  const { plan, processes } = cluster;
  const target = record.target >= 0 ? processes[record.target] : undefined;
  const spec = record.edge >= 0 ? plan.edges[record.edge].spec : null;
  const called = target ? plan.programs[target.program].spec : calledProgram(cluster, record.edge);
  const port = called === null ? 80 : spec?.port === 'admin' ? called.adminPort : called.port;
  if (target && (writer.kind === 'proxy' || spec === null)) {
    const owner = target.owner.slice(0, target.owner.lastIndexOf('/'));
    return `${addresses?.get(`pod ${owner}`) ?? podName(target)}:${port}`;
  }
  if (spec === null) return `localhost:${port}`;
  const [namespace, name] = spec.to.split('/');
  return addresses?.get(`service ${spec.to}`) ?? `${name}.${namespace}.svc:${port}`;
}

/** Text of {error}. */
function errorText(
  cluster: Cluster,
  spec: ProgramSpec,
  record: LogRecord,
  addresses: ReadonlyMap<string, string> | undefined,
): string {
  const { plan } = cluster;
  if (record.status === STATUS_OK) {
    return NO_SPACE_NOTES.has(plan.templates[record.template].spec.name) ? noSpaceWords(spec.kind) : '';
  }
  const target = record.target >= 0 ? cluster.processes[record.target] : undefined;
  const called = target ? plan.programs[target.program].spec : calledProgram(cluster, record.edge);
  return errorWords({
    kind: spec.kind,
    calledKind: called === null ? null : called.kind,
    status: record.status,
    answered: record.answered,
    address: calledAddress(cluster, spec, record, addresses),
  });
}

/** Text of {peer}. */
function peerText(cluster: Cluster, record: LogRecord): string {
  const target = record.target >= 0 ? cluster.processes[record.target] : undefined;
  if (target) return podName(target);
  return record.edge >= 0 ? (cluster.plan.edges[record.edge].spec.to.split('/')[1] ?? '-') : '-';
}

/** Text of {ms}: whole for a proxy, tenths for an application, thousandths for PostgreSQL. */
function millisText(kind: ProgramSpec['kind'], micros: number): string {
  const digits = kind === 'database' ? 3 : kind === 'application' ? 1 : 0;
  return (micros / 1000).toFixed(digits);
}

/** Text of {value}: for notes of a program what its first setting stands at, else the record's number. */
function valueText(process: Process, record: LogRecord): string {
  const [setting] = process.settings.values();
  return record.request === 0 && setting !== undefined ? setting : String(Math.round(record.amount));
}

/** Text of {count}: the line's number in a verbose record, a stable 1–254 for a request's client. */
function countText(record: LogRecord, ordinal: number): string {
  if (ordinal > 0) return String(ordinal);
  if (record.request === 0) return String(Math.round(record.amount));
  return String(1 + (mixed(record.request % 4294967296) % 254));
}

/** Text of one field. `ordinal` numbers the lines of a verbose record. */
function fieldText(
  cluster: Cluster,
  process: Process,
  record: LogRecord,
  field: string,
  ordinal: number,
  addresses: ReadonlyMap<string, string> | undefined,
): string {
  const { spec } = cluster.plan.programs[process.program];
  const template = cluster.plan.templates[record.template].spec;
  switch (field) {
    case 'time':
      return logTime(cluster.load, spec.kind, template.name === 'access', record.atMicros, pidOf(record));
    case 'route':
      return record.route < 0 ? '-' : cluster.plan.routes[record.route];
    case 'status':
      return String(httpCode(spec.kind, record.status, record.answered));
    case 'ms':
      return millisText(spec.kind, record.amount);
    case 'peer':
      return peerText(cluster, record);
    case 'request':
      return requestId(record.request);
    case 'file':
      return spec.files.ships?.file ?? (spec.files.rows === '' ? spec.files.log : spec.files.rows);
    case 'error':
      return errorText(cluster, spec, record, addresses);
    case 'bytes':
      // A line of a verbose record has its share; the template knows how long one is.
      return String(ordinal > 0 ? template.bytes : Math.round(record.amount));
    case 'value':
      return valueText(process, record);
    case 'count':
      return countText(record, ordinal);
    default:
      return `{${field}}`;
  }
}

/** One line of a template's text with its fields filled in. */
function fillLine(
  cluster: Cluster,
  process: Process,
  record: LogRecord,
  text: string,
  ordinal: number,
  addresses: ReadonlyMap<string, string> | undefined,
): string {
  let filled = '';
  let at = 0;
  for (;;) {
    const open = text.indexOf('{', at);
    const close = open < 0 ? -1 : text.indexOf('}', open);
    if (close < 0) return filled + text.slice(at);
    const name = text.slice(open + 1, close);
    // Braces may also be the text's own, as in JSON lines.
    if (!/^[a-z]+$/.test(name)) {
      filled += text.slice(at, open + 1);
      at = open + 1;
      continue;
    }
    filled += text.slice(at, open) + fieldText(cluster, process, record, name, ordinal, addresses);
    at = close + 1;
  }
}

/**
 * The lines of one record. A verbose record stands for all that a request wrote at that setting: its first
 * lines are shown, the rest is counted.
 */
export function renderRecord(
  cluster: Cluster,
  process: Process,
  record: LogRecord,
  addresses?: ReadonlyMap<string, string>,
): string[] {
  const { spec } = cluster.plan.templates[record.template];
  const texts = spec.text.split('\n');
  if (spec.name !== 'verbose') {
    return texts.map((text) => fillLine(cluster, process, record, text, 0, addresses));
  }
  const bytes = record.amount * cluster.plan.loadScale;
  const all = Math.max(1, Math.round(bytes / Math.max(1, spec.bytes)));
  const lines: string[] = [];
  for (let line = 0; line < all && line < VERBOSE_LINES_SHOWN; line++) {
    lines.push(fillLine(cluster, process, record, texts[line % texts.length], line + 1, addresses));
  }
  if (all > VERBOSE_LINES_SHOWN) lines.push(`… ${all - VERBOSE_LINES_SHOWN} more`);
  return lines;
}

/** First record to look at: the ring is in order of time, so the bound of `sinceMicros` is searched. */
function firstRecord(process: Process, options: LogLinesOptions): number {
  const { log } = process;
  let low = Math.max(oldestRecord(process), options.from ?? 0);
  if (options.sinceMicros === undefined) return low;
  let high = log.total;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (log.at[middle & (log.at.length - 1)] < options.sinceMicros) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The log of a process as lines, oldest first.
 *
 * @returns `next`: pass it as `from` to get only what is written after this call.
 */
export function renderLogLines(
  cluster: Cluster,
  process: number,
  options: LogLinesOptions = {},
): { lines: LogLine[]; next: number } {
  const writer = cluster.processes[process];
  const first = firstRecord(writer, options);
  const most = options.tail ?? Infinity;
  const newestFirst: LogLine[] = [];
  for (let number = writer.log.total - 1; number >= first && newestFirst.length < most; number--) {
    const record = readRecord(writer, number);
    const { level, name } = cluster.plan.templates[record.template].spec;
    const texts = renderRecord(cluster, writer, record, options.addresses);
    for (let at = texts.length - 1; at >= 0 && newestFirst.length < most; at--) {
      newestFirst.push({ atMicros: record.atMicros, text: texts[at], level, template: name, record: number });
    }
  }
  return { lines: newestFirst.reverse(), next: writer.log.total };
}
