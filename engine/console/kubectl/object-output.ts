/** The output formats that show whole objects: yaml, json, name, jsonpath, custom-columns. */
import { printTable } from '../align-columns.ts';
import { writeYaml } from '../write-yaml.ts';
import type { Json, JsonObject, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, isObject } from '../../platforms/kubernetes/json-access.ts';
import { compareText, setMember } from '../../platforms/kubernetes/json-values.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { findByJsonPath, parseJsonPath, parseRelaxedPath, printJsonPath, printValue } from './json-path.ts';
import type { JsonPathTemplate } from './json-path.ts';
import { objectText } from './resource-names.ts';

/** What is to be printed. */
export type Printed = { kind: KindDefinition; object: KubeObject };

/** How it is to be printed. */
export type OutputChoice = {
  /** The value of `-o`. */
  output: string;
  /** One object asked for by name is printed alone, everything else as a List. */
  single: boolean;
  /** `--show-managed-fields`. */
  showManagedFields: boolean;
  /** `--no-headers`, for custom columns. */
  noHeaders: boolean;
};

/** The text, or kubectl's complaint. */
export type Output = { ok: true; text: string } | { ok: false; error: string };

const FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,' +
  'jsonpath,jsonpath-as-json,jsonpath-file,' +
  'name,template,templatefile,wide,yaml';

/** Prints objects in a format other than a table. */
export function printObjects(printed: readonly Printed[], choice: OutputChoice): Output {
  const [format, ...rest] = choice.output.split('=');
  const argument = rest.join('=');
  const root = () => rootOf(printed, choice);
  switch (format) {
    case 'yaml':
      return { ok: true, text: writeYaml(root()) };
    case 'json':
      return { ok: true, text: `${writeJson(root())}\n` };
    case 'name':
      return {
        ok: true,
        text: printed.map(({ kind, object }) => `${objectText(kind, object.metadata.name)}\n`).join(''),
      };
    case 'jsonpath':
    case 'jsonpath-as-json':
      return printByPath(format, argument, root);
    case 'custom-columns':
      return printCustomColumns(printed, argument, choice.noHeaders);
    case 'go-template':
    case 'template':
      return {
        ok: false,
        error: 'error: go-template is not understood here; use -o jsonpath or custom-columns',
      };
    case 'jsonpath-file':
    case 'go-template-file':
    case 'templatefile':
    case 'custom-columns-file':
      return { ok: false, error: `error: ${format} is not understood here; give the template in the line` };
    default:
      return {
        ok: false,
        error:
          `error: unable to match a printer suitable for the output format "${choice.output}", ` +
          `allowed formats are: ${FORMATS}`,
      };
  }
}

function rootOf(printed: readonly Printed[], choice: OutputChoice): Json {
  const items = printed.map(({ object }) =>
    choice.showManagedFields ? asJson(object) : withoutManaged(object),
  );
  if (choice.single && items.length === 1) return items[0];
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}

/** The object as people want to see it. */
function withoutManaged(object: KubeObject): JsonObject {
  const { managedFields: _hidden, ...metadata } = object.metadata;
  return { ...asJson(object), metadata: metadata as unknown as JsonObject };
}

function printByPath(format: string, text: string, root: () => Json): Output {
  if (text === '') return { ok: false, error: 'error: template format specified but no template given' };
  const parsed = parseJsonPath(text);
  if (!parsed.ok) return { ok: false, error: `error: ${parsed.error}` };
  if (format === 'jsonpath') return { ok: true, text: printJsonPath(parsed.template, root()) };
  return { ok: true, text: `${writeJson(findByJsonPath(parsed.template, root()))}\n` };
}

function printCustomColumns(printed: readonly Printed[], text: string, noHeaders: boolean): Output {
  if (text === '') {
    return { ok: false, error: 'error: custom-columns format specified but no custom columns given' };
  }
  const columns = text.split(',').map((part) => {
    const colon = part.indexOf(':');
    return colon < 0 ? null : { header: part.slice(0, colon), path: parseRelaxedPath(part.slice(colon + 1)) };
  });
  const paths: JsonPathTemplate[] = [];
  for (const [index, column] of columns.entries()) {
    if (column === null) {
      const part = text.split(',')[index];
      return {
        ok: false,
        error: `error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`,
      };
    }
    if (!column.path.ok) return { ok: false, error: `error: ${column.path.error}` };
    paths.push(column.path.template);
  }
  const rows = printed.map(({ object }) =>
    paths.map((path) => {
      const values = findByJsonPath(path, asJson(object));
      return values.length === 0 ? '<none>' : values.map(columnValue).join(',');
    }),
  );
  const header = columns.map((column) => column?.header ?? '');
  return { ok: true, text: printTable(noHeaders ? null : header, rows) };
}

function columnValue(value: Json): string {
  if (value === null) return '<none>';
  if (Array.isArray(value)) return `[${value.map(columnValue).join(' ')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort(compareText);
    return `map[${keys.map((key) => `${key}:${columnValue(value[key])}`).join(' ')}]`;
  }
  return printValue(value);
}

/** JSON as kubectl writes it: keys sorted, four spaces, and `<`, `>`, `&` escaped. */
export function writeJson(value: Json): string {
  return JSON.stringify(sortedJson(value), null, 4).replace(/[<>&]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The same value with the keys of every object in order, as Go writes maps. */
export function sortedJson(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortedJson);
  if (!isObject(value)) return value;
  const result: JsonObject = {};
  for (const key of Object.keys(value).sort(compareText)) setMember(result, key, sortedJson(value[key]));
  return result;
}
