/** `kubectl top pods|nodes`. */
import { printTable } from '../align-columns.ts';
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import type { Observation } from '../../protocol/cluster-commands.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { nodeUsage, podUsage } from '../../platforms/kubernetes/metrics-api.ts';
import type { PodUsage } from '../../platforms/kubernetes/metrics-api.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { fetchWanted } from './ask.ts';
import { nothingFound, selectorsOf } from './get.ts';
import { flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import type { Wanted } from './wanted.ts';

const MEBIBYTE = 1_048_576;

/** Answers `kubectl top pods|nodes …`. */
export function runTop(invocation: Invocation): ConsoleReading {
  const isPods = invocation.verb === 'top pod';
  const kind = findResourceByWord(isPods ? 'pods' : 'nodes');
  const sortBy = flagText(invocation, 'sort-by') ?? '';
  if (!kind) return refusal('error: Metrics API not available');
  if (!['', 'cpu', 'memory'].includes(sortBy)) {
    return refusal(`error: --sort-by accepts only cpu or memory`);
  }
  if (invocation.words.length > 1) {
    return refusal(
      `error: only one resource name is allowed\nSee 'kubectl ${invocation.verb} -h' for help and examples`,
    );
  }
  const [name] = invocation.words;
  if (name !== undefined && invocation.flags.has('selector')) {
    return refusal('error: only one of NAME or --selector can be provided');
  }
  const wanted: Wanted = { kind, name: name ?? null };
  const fetched = fetchWanted(invocation, [wanted], selectorsOf(invocation));
  if (fetched.errors !== '') return refusal(fetched.errors);
  const places = new Set(
    fetched.found.map(({ object }) => `${object.metadata.namespace ?? ''}/${object.metadata.name}`),
  );
  if (places.size === 0) return { ...refusal(nothingFound(invocation, [kind])), exitCode: 0 };
  return isPods ? topPods(invocation, places, sortBy) : topNodes(invocation, places, sortBy);
}

type Row = { cells: string[]; cpuMillis: number; memoryBytes: number; key: string };

function sorted(rows: Row[], sortBy: string): Row[] {
  const amount = (row: Row) => (sortBy === 'cpu' ? row.cpuMillis : sortBy === 'memory' ? row.memoryBytes : 0);
  return rows.sort((a, b) => amount(b) - amount(a) || compareText(a.key, b.key));
}

/** As kubectl prints it: the last column is padded too. */
function printUsage(invocation: Invocation, header: readonly string[], rows: readonly string[][]): string {
  const open = (cells: readonly string[]) => [...cells, ''];
  return printTable(flagOn(invocation, 'no-headers') ? null : open(header), rows.map(open));
}

function amounts(cpuMillis: number, memoryBytes: number): string[] {
  return [`${Math.round(cpuMillis)}m`, `${Math.floor(memoryBytes / MEBIBYTE)}Mi`];
}

function topPods(invocation: Invocation, places: Set<string>, sortBy: string): ConsoleReading {
  const usage = podUsage(invocation.world).filter((one) => places.has(`${one.namespace}/${one.pod}`));
  if (usage.length === 0) {
    const [first] = [...places];
    const text =
      invocation.words.length > 0
        ? `error: Metrics not available for pod ${first}, age: unknown`
        : 'error: metrics not available yet';
    return refusal(text);
  }
  const byContainer = flagOn(invocation, 'containers');
  const every = invocation.allNamespaces;
  const rows = usage.flatMap((one) => podRows(one, byContainer, every));
  const header = [
    ...(every ? ['NAMESPACE'] : []),
    ...(byContainer ? ['POD', 'NAME'] : ['NAME']),
    'CPU(cores)',
    'MEMORY(bytes)',
  ];
  const lines = sorted(rows, sortBy).map(({ cells }) => cells);
  if (flagOn(invocation, 'sum')) {
    const cpu = rows.reduce((sum, row) => sum + row.cpuMillis, 0);
    const memory = rows.reduce((sum, row) => sum + row.memoryBytes, 0);
    const blank = Array.from({ length: header.length - 2 }, () => '');
    lines.push([...blank, '________', '________'], [...blank, ...amounts(cpu, memory)]);
  }
  const namespaces = [...new Set(usage.map(({ namespace }) => namespace))];
  const observed: Observation[] = namespaces.map((namespace) => ({
    tool: 'top',
    resource: 'pods',
    namespace,
    names: usage.filter((one) => one.namespace === namespace).map(({ pod }) => pod),
  }));
  return shown(printUsage(invocation, header, lines), observed);
}

function podRows(usage: PodUsage, byContainer: boolean, withNamespace: boolean): Row[] {
  const lead = withNamespace ? [usage.namespace] : [];
  const place = `${usage.namespace}/${usage.pod}`;
  if (!byContainer) {
    const { cpuMillis, memoryBytes } = usage;
    return [
      { cells: [...lead, usage.pod, ...amounts(cpuMillis, memoryBytes)], cpuMillis, memoryBytes, key: place },
    ];
  }
  return usage.containers.map(({ name, cpuMillis, memoryBytes }) => ({
    cells: [...lead, usage.pod, name, ...amounts(cpuMillis, memoryBytes)],
    cpuMillis,
    memoryBytes,
    key: `${place}/${name}`,
  }));
}

function topNodes(invocation: Invocation, places: Set<string>, sortBy: string): ConsoleReading {
  const usage = nodeUsage(invocation.world).filter((one) => places.has(`/${one.node}`));
  const rows = usage.map(({ node, cpuMillis, cpuShare, memoryBytes, memoryShare }) => {
    const [cpu, memory] = amounts(cpuMillis, memoryBytes);
    const cells = [node, cpu, `${Math.floor(cpuShare * 100)}%`, memory, `${Math.floor(memoryShare * 100)}%`];
    return { cells, cpuMillis, memoryBytes, key: node };
  });
  const header = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
  const lines = sorted(rows, sortBy).map(({ cells }) => cells);
  const observed: Observation[] = [
    { tool: 'top', resource: 'nodes', namespace: '', names: usage.map(({ node }) => node) },
  ];
  return shown(printUsage(invocation, header, lines), observed);
}
