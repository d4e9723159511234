/** Which tables a database has, as far as the simulation knows. */
import type { PlanProgram } from '../../cluster/plan.ts';

/** The tables that a program's endpoints speak of: `insert vote` tells of votes. */
export function tablesOf(program: PlanProgram): string[] {
  const verbs = [
    'select',
    'insert',
    'update',
    'delete',
    'count',
    'read',
    'write',
    'list',
    'get',
    'of',
    'and',
    'probe',
    'into',
    'from',
  ];
  const words = program.endpointNames.flatMap((name) => name.toLowerCase().match(/[a-z_]+/g) ?? []);
  const nouns = words.filter((word) => word.length > 2 && !verbs.includes(word));
  return [...new Set(nouns.map((word) => (word.endsWith('s') ? word : `${word}s`)))];
}
