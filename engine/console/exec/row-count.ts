/** How many rows a table has, as far as the simulation counts them. */
import { resolvePath } from '../../cluster/volumes.ts';
import type { World } from '../../platforms/kubernetes/world.ts';

/** The cluster counts commits, not tables: the busiest table has nearly all of them. */
const OTHER_TABLES_SHARE = 20;

/** Rows of a table of the database that a process serves. */
export function rowCount(world: World, server: number, table: string): number {
  const { cluster } = world;
  if (server < 0) return 0;
  const owner = cluster.processes[server];
  const { spec } = cluster.plan.programs[owner.program];
  const place = spec.files.rows === '' ? null : resolvePath(owner, spec.files.rows);
  const committed = place ? cluster.volumes[place.volume].committedRows : 0;
  const other = Math.floor(committed / OTHER_TABLES_SHARE);
  return busiestTable(world).includes(stemOf(table)) ? committed - other : other;
}

/** The routes of the journeys that write most, as one text. */
function busiestTable(world: World): string {
  let best = '';
  let bestRate = -1;
  for (const { spec } of world.cluster.plan.journeys) {
    const writes = spec.steps
      .map(({ endpoint }) => endpoint)
      .filter((name) => !/^(get|select|look)/i.test(name));
    if (writes.length === 0 || spec.ratePerSecond <= bestRate) continue;
    bestRate = spec.ratePerSecond;
    best = writes.join(' ').toLowerCase();
  }
  return best;
}

function stemOf(table: string): string {
  return table.replace(/s$/, '');
}
