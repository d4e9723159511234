/** Texts that the columns of several kinds share. */
import type { JsonObject } from '../api-types.ts';
import { objectAt, textAt, valueAt } from '../json-access.ts';
import { compareText } from '../json-values.ts';
import type { KindContext } from '../kind-definition.ts';
import { formatLabelSelector, labelSelectorOf } from '../selectors.ts';
import { ageText } from '../timestamps.ts';

/** NAME. */
export function nameCell(object: JsonObject): string {
  return textAt(objectAt(object, 'metadata'), 'name');
}

/** How long ago a timestamp was. */
export function sinceCell(context: KindContext, timestamp: string): string {
  return ageText(context.store, context.atMicros, timestamp);
}

/** AGE. */
export function ageCell(object: JsonObject, context: KindContext): string {
  return sinceCell(context, textAt(objectAt(object, 'metadata'), 'creationTimestamp'));
}

/** A label selector, `<none>` when it selects everything. */
export function selectorCell(selector: JsonObject | undefined): string {
  return formatLabelSelector(labelSelectorOf(selector)) || '<none>';
}

/** A map of labels as `a=b,c=d`, `<none>` when empty. */
export function labelsCell(labels: { [key: string]: string }): string {
  const keys = Object.keys(labels).sort(compareText);
  return keys.length === 0 ? '<none>' : keys.map((key) => `${key}=${labels[key]}`).join(',');
}

/** A count in status, 0 when absent. */
export function statusCount(object: JsonObject, member: string): number {
  const value = valueAt(object, 'status', member);
  return typeof value === 'number' ? value : 0;
}

/** Access modes as RWO,ROX,RWX,RWOP, in that order. */
export function accessModesCell(modes: readonly string[]): string {
  const order: [string, string][] = [
    ['ReadWriteOnce', 'RWO'],
    ['ReadOnlyMany', 'ROX'],
    ['ReadWriteMany', 'RWX'],
    ['ReadWriteOncePod', 'RWOP'],
  ];
  return order
    .filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');
}
