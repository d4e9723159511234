/** What a team did for the time being and left behind: cordons, odd replica counts, missing objects. */
import type { World } from '../platforms/kubernetes/kube-state.ts';
import { readAll } from '../platforms/kubernetes/store-state.ts';
import type { IncidentEvent } from '../protocol/events.ts';
import type { Leftover } from '../protocol/recovery.ts';
import { isCordoned, keptObjects } from './baseline.ts';
import type { Baseline } from './baseline.ts';

/** `kind/namespace/name` as players name it: `kind/name`. */
function shortName(key: string): string {
  const [kind, , name] = key.split('/');
  return `${kind}/${name}`;
}

/** Differences from the baseline, in a fixed order; notes with a follow-up hand them over. */
export function findLeftovers(
  world: World,
  baseline: Baseline,
  events: readonly IncidentEvent[],
): Leftover[] {
  const handed = new Set(events.flatMap((event) => (event.type === 'NoteAdded' ? [event.followUp] : [])));
  const found: Leftover[] = [];
  const add = (kind: Leftover['kind'], object: string, sentence: string): void => {
    found.push({ kind, object, sentence, handedOver: handed.has(object) });
  };
  for (const node of readAll(world.kube.store, 'nodes')) {
    const { name } = node.metadata;
    if (isCordoned(node) && !baseline.cordoned.includes(name)) {
      add('cordoned-node', `node/${name}`, `Node ${name} is still cordoned.`);
    }
  }
  const now = keptObjects(world);
  for (const [key, replicas] of baseline.objects) {
    const object = shortName(key);
    const replicasNow = now.get(key);
    if (replicasNow === undefined) add('missing-object', object, `${object} no longer exists.`);
    else if (replicasNow !== replicas) {
      add('changed-replicas', object, `${object} has ${replicasNow} replicas in place of ${replicas}.`);
    }
  }
  return found;
}
