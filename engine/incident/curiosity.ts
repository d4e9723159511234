/** What counts as a new kind of evidence: another tool, or the same tool pointed at another sort of thing. */
import type { Observation } from '../protocol/cluster-commands.ts';

/** `tool:what`, e.g. `get:pods`, `series:container_memory_working_set_bytes`, `exec:df`. */
export function observationKind(seen: Observation): string {
  switch (seen.tool) {
    case 'get':
      return `get:${seen.resource}${seen.detail ? ':detail' : ''}`;
    case 'logs':
      return `logs:${seen.container}`;
    case 'top':
      return `top:${seen.resource}`;
    case 'exec':
      return `exec:${seen.program}`;
    case 'rollout':
      return `rollout:${seen.verb}`;
    case 'series':
      return `series:${seen.name}`;
    case 'chart':
      return `chart:${seen.title}`;
    case 'request':
      return `request:${seen.port}`;
  }
}
