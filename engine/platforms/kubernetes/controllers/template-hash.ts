/** The hash that names a revision of a pod template, e.g. the `6b9f7c8d5f` of `polls-6b9f7c8d5f`. */
import { hashText } from '../../../kernel/chance.ts';
import type { Json, JsonObject } from '../api-types.ts';
import { isObject } from '../json-access.ts';
import { compareText } from '../json-values.ts';

/** JSON with sorted keys, so that equal values have equal text. */
export function sortedJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .sort(compareText)
    .map((key) => `${JSON.stringify(key)}:${sortedJson(value[key])}`);
  return `{${members.join(',')}}`;
}

// No vowels and no look-alikes, as apimachinery's rand.SafeEncodeString: a hash spells no word.
const SAFE = 'bcdfghjklmnpqrstvwxz2456789';

/** Ten safe characters or fewer for a template and the number of collisions met before. */
export function templateHash(template: JsonObject, collisions: number): string {
  const salt = collisions > 0 ? `#${collisions}` : '';
  const digits = String(hashText(sortedJson(template) + salt));
  let text = '';
  for (let at = 0; at < digits.length; at++) text += SAFE[digits.charCodeAt(at) % SAFE.length];
  return text;
}
