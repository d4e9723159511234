/** Checks the data of a scenario and of its system: first its shape, then whether everything fits. */
import type { z } from 'zod';
import { scenarioSchema } from './check/scenario-schema.ts';
import { checkScenarioReferences } from './check/scenario-references.ts';
import { checkSystemReferences } from './check/system-references.ts';
import { systemSchema } from './check/system-schema.ts';
import type { Problem } from './check/problem.ts';
import type { ScenarioWithSystem } from './registry.ts';

/** `faults[0].instances[2].weight` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? String(key) : `${text}.${String(key)}`;
  }, '');
}

function shapeProblems(schema: z.ZodType, data: unknown): Problem[] {
  const { error } = schema.safeParse(data);
  return (error?.issues ?? []).map(({ path, message }) => ({ path: pathText(path), reason: message }));
}

/** Data must be what JSON can hold, so that it can be hashed, sent and stored. */
function isJsonSafe(data: unknown): boolean {
  const text = JSON.stringify(data);
  const same = (left: unknown, right: unknown): boolean => {
    if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) {
      return Object.is(left, right);
    }
    const keys = Object.keys(left);
    if (Array.isArray(left) !== Array.isArray(right) || keys.length !== Object.keys(right).length)
      return false;
    return keys.every((key) => same(left[key as never], right[key as never]));
  };
  return same(data, JSON.parse(text));
}

function under(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map(({ path, reason }) => ({ path: `${prefix}: ${path || '(all of it)'}`, reason }));
}

/** Every problem of a scenario and its system; none when they may be published. */
export function checkScenario({ scenario, system }: ScenarioWithSystem): Problem[] {
  const shape = [
    ...under(`system ${system.id}`, shapeProblems(systemSchema, system)),
    ...under(`scenario ${scenario.id}`, shapeProblems(scenarioSchema, scenario)),
  ];
  if (shape.length > 0) return shape;
  const notJson =
    isJsonSafe(scenario) && isJsonSafe(system) ? [] : [{ path: '', reason: 'must be plain JSON' }];
  return [
    ...under(`system ${system.id}`, checkSystemReferences(system)),
    ...under(`scenario ${scenario.id}`, [...notJson, ...checkScenarioReferences({ scenario, system })]),
  ];
}
