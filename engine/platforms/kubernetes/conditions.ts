/** Status conditions: found by type, replaced with their transition times kept as the real controllers do. */
import type { JsonObject } from './api-types.ts';
import { objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';

/** The condition of that type in a status, or undefined. */
export function conditionOf(status: JsonObject | undefined, type: string): JsonObject | undefined {
  return objectsAt(status, 'conditions').find((condition) => textAt(condition, 'type') === type);
}

/** True when the status has that condition with status "True". */
export function hasCondition(status: JsonObject | undefined, type: string): boolean {
  return textAt(conditionOf(status, type), 'status') === 'True';
}

/**
 * The conditions with one replaced, as Deployments and ReplicaSets keep them: nothing changes while status
 * and reason stay; the transition time stays while the status stays; a changed one moves to the end.
 */
export function withCondition(conditions: JsonObject[], next: JsonObject): JsonObject[] {
  const before = conditions.find((condition) => textAt(condition, 'type') === textAt(next, 'type'));
  const sameStatus = before !== undefined && textAt(before, 'status') === textAt(next, 'status');
  if (sameStatus && textAt(before, 'reason') === textAt(next, 'reason')) return conditions;
  const replaced = cloneJson(next);
  if (sameStatus) replaced.lastTransitionTime = textAt(before, 'lastTransitionTime');
  return [...withoutCondition(conditions, textAt(next, 'type')), replaced];
}

/** The conditions but those of one type. */
export function withoutCondition(conditions: JsonObject[], type: string): JsonObject[] {
  return conditions.filter((condition) => textAt(condition, 'type') !== type);
}
