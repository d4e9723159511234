/** `kubectl describe` of a kind without a description of its own: field by field. */
import type { Json, JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import { asJson, isObject } from '../../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../../platforms/kubernetes/json-values.ts';
import { eventLines, line, metaLines } from './lines.ts';
import type { DescribeClock } from './lines.ts';

/** Said at the top already, or of no use to people. */
const HIDDEN_META = ['name', 'namespace', 'labels', 'annotations', 'managedFields'];
const ACRONYMS = ['API', 'URL', 'UID', 'OSB', 'GUID'];
const DEPTH_MAX = 20;

/** Describes any object. */
export function describeGeneric(
  object: KubeObject,
  events: readonly KubeObject[],
  clock: DescribeClock,
): string {
  const root = asJson(object);
  const metadata: JsonObject = {};
  for (const [key, value] of Object.entries(root.metadata as JsonObject)) {
    if (!HIDDEN_META.includes(key)) metadata[key] = value;
  }
  return (
    line(0, `Name:\t${object.metadata.name}`) +
    line(0, `Namespace:\t${object.metadata.namespace ?? ''}`) +
    metaLines(object) +
    fieldLines({ ...root, metadata }, 0) +
    eventLines(events, clock)
  );
}

function fieldLines(fields: JsonObject, level: number): string {
  if (level > DEPTH_MAX) return '';
  return Object.keys(fields)
    .sort(compareText)
    .map((key) => fieldLine(spacedTitle(key), fields[key], level))
    .join('');
}

function fieldLine(title: string, value: Json, level: number): string {
  if (isObject(value)) return line(level, `${title}:`) + fieldLines(value, level + 1);
  if (!Array.isArray(value)) return line(level, `${title}:\t${value === null ? '<nil>' : String(value)}`);
  const items = value.map((item) =>
    isObject(item) ? fieldLines(item, level + 1) : line(level + 1, Array.isArray(item) ? '' : String(item)),
  );
  return line(level, `${title}:`) + items.join('');
}

/** `lastTransitionTime` as `Last Transition Time`, `apiVersion` as `API Version`. */
function spacedTitle(key: string): string {
  const spaced = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  return spaced
    .split(' ')
    .map((word) => {
      const upper = word.toUpperCase();
      return ACRONYMS.includes(upper) ? upper : word.slice(0, 1).toUpperCase() + word.slice(1);
    })
    .join(' ');
}
