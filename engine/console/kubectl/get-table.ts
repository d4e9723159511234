/** `kubectl get` as tables: which columns, in which order the rows, with which names. */
import { printTable } from '../align-columns.ts';
import type { Json, KubeObject, KubeTable } from '../../platforms/kubernetes/api-types.ts';
import { asJson } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { flagList, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { findByJsonPath, parseRelaxedPath } from './json-path.ts';
import { objectText } from './resource-names.ts';

/** The printed table of rows of one kind; `withKind` puts `pod/` before names. */
export function printRows(
  invocation: Invocation,
  kind: KindDefinition,
  table: Pick<KubeTable, 'columnDefinitions' | 'rows'>,
  withKind: boolean,
): string {
  const wide = flagText(invocation, 'output') === 'wide';
  const columns = table.columnDefinitions
    .map(({ name, priority }, index) => ({ name, priority, index }))
    .filter(({ priority }) => wide || priority === 0);
  const labelColumns = flagList(invocation, 'label-columns');
  const header = [
    ...(invocation.allNamespaces && kind.namespaced ? ['NAMESPACE'] : []),
    ...columns.map(({ name }) => name.toUpperCase()),
    ...labelColumns.map((key) => key.slice(key.lastIndexOf('/') + 1).toUpperCase()),
    ...(flagOn(invocation, 'show-labels') ? ['LABELS'] : []),
  ];
  const rows = table.rows.map(({ cells, object }) => [
    ...(invocation.allNamespaces && kind.namespaced ? [object.metadata.namespace ?? ''] : []),
    ...columns.map(({ index }) =>
      index === 0 && withKind ? objectText(kind, cellText(cells[0])) : cellText(cells[index]),
    ),
    ...labelColumns.map((key) => object.metadata.labels?.[key] ?? ''),
    ...(flagOn(invocation, 'show-labels') ? [labelsText(object)] : []),
  ]);
  return printTable(flagOn(invocation, 'no-headers') ? null : header, rows);
}

function cellText(cell: Json | undefined): string {
  if (cell === undefined || cell === null) return '<none>';
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  // One row is one line: kubectl cuts a cell at its first line break.
  const firstLine = /^[^\n\r\f]*/.exec(text)?.[0] ?? '';
  return firstLine.length < text.length ? `${firstLine}...` : text;
}

/** Labels as one cell: `a=b,c=d`, or `<none>`. */
function labelsText(object: KubeObject): string {
  const labels = Object.entries(object.metadata.labels ?? {}).sort(([a], [b]) => compareText(a, b));
  return labels.length === 0 ? '<none>' : labels.map(([key, value]) => `${key}=${value}`).join(',');
}

/** The rows in the order of `--sort-by`, or kubectl's complaint. */
export function sortRows<T extends { object: KubeObject }>(
  rows: readonly T[],
  sortBy: string,
): { ok: true; rows: T[] } | { ok: false; error: string } {
  const parsed = parseRelaxedPath(sortBy);
  if (!parsed.ok) return { ok: false, error: `error: ${parsed.error}` };
  const keyed = rows.map((row) => ({ row, key: findByJsonPath(parsed.template, asJson(row.object))[0] }));
  if (rows.length > 0 && keyed.every(({ key }) => key === undefined)) {
    const path = /^\{/.test(sortBy.trim()) ? sortBy.trim() : `{.${sortBy.trim().replace(/^\./, '')}}`;
    return { ok: false, error: `error: couldn't find any field with path "${path}" in the list of objects` };
  }
  keyed.sort(
    (a, b) => compareKeys(a.key, b.key) || compareText(placeText(a.row.object), placeText(b.row.object)),
  );
  return { ok: true, rows: keyed.map(({ row }) => row) };
}

function placeText({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}`;
}

/** Numbers by size, texts naturally (`a2` before `a10`); what is missing comes first. */
function compareKeys(left: Json | undefined, right: Json | undefined): number {
  if (left === undefined || right === undefined)
    return Number(left !== undefined) - Number(right !== undefined);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareNaturally(String(left), String(right));
}

function compareNaturally(left: string, right: string): number {
  const leftParts = left.match(/\d+|\D+/g) ?? [];
  const rightParts = right.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.min(leftParts.length, rightParts.length); index++) {
    const [a, b] = [leftParts[index], rightParts[index]];
    const numeric = /^\d/.test(a) && /^\d/.test(b) ? Number(a) - Number(b) : 0;
    const order = numeric || compareText(a, b);
    if (order !== 0) return order;
  }
  return leftParts.length - rightParts.length;
}
