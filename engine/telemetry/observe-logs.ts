/** What a person has seen who was shown these lines: the evidence of a log search. */
import type { Observation } from '../protocol/cluster-commands.ts';
import type { ShelvedLine } from './shelved-line.ts';

/** One observation a container, with the templates that stood in its lines. */
export function observeLogs(lines: readonly ShelvedLine[]): Extract<Observation, { tool: 'logs' }>[] {
  const seen = new Map<string, Extract<Observation, { tool: 'logs' }>>();
  for (const { namespace, pod, container, template } of lines) {
    const key = `${namespace}/${pod}/${container}`;
    const known = seen.get(key) ?? { tool: 'logs', namespace, pod, container, templates: [] };
    if (!known.templates.includes(template)) known.templates.push(template);
    seen.set(key, known);
  }
  return [...seen.values()];
}
