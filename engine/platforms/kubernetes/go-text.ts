/** Values as Go's fmt package prints them, because the API server's messages contain them. */
import type { Json, JsonObject } from './api-types.ts';
import { isObject, objectsAt, textAt, textMapAt, textsAt } from './json-access.ts';
import { compareText } from './json-values.ts';

/** `%q`: a double-quoted Go string. */
export function goQuoted(text: string): string {
  return JSON.stringify(text);
}

/** `%+v` of decoded JSON: `map[spec:map[replicas:3]]`, keys sorted. */
export function goPlain(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(goPlain).join(' ')}]`;
  if (isObject(value)) {
    const keys = Object.keys(value).sort(compareText);
    return `map[${keys.map((key) => `${key}:${goPlain(value[key])}`).join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}

/** `%#v` of a map of strings. */
export function goTextMap(map: { [key: string]: string }): string {
  const keys = Object.keys(map).sort(compareText);
  if (keys.length === 0) return 'map[string]string(nil)';
  return `map[string]string{${keys.map((key) => `${goQuoted(key)}:${goQuoted(map[key])}`).join(', ')}}`;
}

/** `%#v` of a list of strings. */
export function goTexts(texts: string[]): string {
  return texts.length === 0 ? '[]string(nil)' : `[]string{${texts.map(goQuoted).join(', ')}}`;
}

/** `%#v` of a label selector. */
export function goLabelSelector(selector: JsonObject): string {
  const expressions = objectsAt(selector, 'matchExpressions').map((expression) => {
    const key = goQuoted(textAt(expression, 'key'));
    const operator = goQuoted(textAt(expression, 'operator'));
    return (
      `v1.LabelSelectorRequirement{Key:${key}, Operator:${operator}, ` +
      `Values:${goTexts(textsAt(expression, 'values'))}}`
    );
  });
  const list = '[]v1.LabelSelectorRequirement';
  const listText = expressions.length === 0 ? `${list}(nil)` : `${list}{${expressions.join(', ')}}`;
  const labels = goTextMap(textMapAt(selector, 'matchLabels'));
  return `v1.LabelSelector{MatchLabels:${labels}, MatchExpressions:${listText}}`;
}

/** `%#v` of an int-or-string. */
export function goIntOrString(value: Json): string {
  return typeof value === 'number'
    ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
    : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${goQuoted(String(value))}}`;
}
