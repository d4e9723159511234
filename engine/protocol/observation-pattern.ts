/** Which observations count as a piece of evidence. Names may hold `*` gaps; an absent field matches all. */
import type { Observation } from './cluster-commands.ts';
import { matchesName } from './name-pattern.ts';

/** A pattern; the tool must be the same, and every field that is given must match. */
export type ObservationPattern =
  /** One of the shown names matches; `detail: true` asks for describe or -o yaml/json. */
  | { tool: 'get'; resource: string; name?: string; detail?: boolean }
  /** One of the shown templates matches. */
  | { tool: 'logs'; pod?: string; container?: string; template?: string }
  /** One of the shown names matches. */
  | { tool: 'top'; resource: 'pods' | 'nodes'; name?: string }
  | { tool: 'exec'; program: string; pod?: string; container?: string; argument?: string }
  | { tool: 'rollout'; verb?: 'history' | 'status'; resource?: string; name?: string }
  /** The series has the name, and every given label matches. */
  | { tool: 'series'; name: string; labels?: { [key: string]: string } }
  | { tool: 'chart'; title?: string }
  | { tool: 'request'; from?: string; to?: string; port?: number; ok?: boolean; error?: string };

function fits(pattern: string | undefined, name: string): boolean {
  return pattern === undefined || matchesName(pattern, name);
}

function anyFits(pattern: string | undefined, names: readonly string[]): boolean {
  return pattern === undefined || names.some((name) => matchesName(pattern, name));
}

/** True when the observation is of the kind that the pattern describes. */
export function matchesObservation(pattern: ObservationPattern, seen: Observation): boolean {
  if (pattern.tool === 'get' && seen.tool === 'get') {
    const deepEnough = pattern.detail === undefined || pattern.detail === seen.detail;
    return pattern.resource === seen.resource && deepEnough && anyFits(pattern.name, seen.names);
  }
  if (pattern.tool === 'logs' && seen.tool === 'logs') {
    const where = fits(pattern.pod, seen.pod) && fits(pattern.container, seen.container);
    return where && anyFits(pattern.template, seen.templates);
  }
  if (pattern.tool === 'top' && seen.tool === 'top') {
    return pattern.resource === seen.resource && anyFits(pattern.name, seen.names);
  }
  if (pattern.tool === 'exec' && seen.tool === 'exec') {
    const where = fits(pattern.pod, seen.pod) && fits(pattern.container, seen.container);
    return where && matchesName(pattern.program, seen.program) && fits(pattern.argument, seen.argument);
  }
  if (pattern.tool === 'rollout' && seen.tool === 'rollout') {
    const which = pattern.verb === undefined || pattern.verb === seen.verb;
    return which && fits(pattern.resource, seen.resource) && fits(pattern.name, seen.name);
  }
  if (pattern.tool === 'series' && seen.tool === 'series') {
    const labels = Object.entries(pattern.labels ?? {});
    return (
      matchesName(pattern.name, seen.name) &&
      labels.every(([key, value]) => fits(value, seen.labels[key] ?? ''))
    );
  }
  if (pattern.tool === 'chart' && seen.tool === 'chart') return fits(pattern.title, seen.title);
  if (pattern.tool === 'request' && seen.tool === 'request') {
    const answered = pattern.ok === undefined || pattern.ok === seen.ok;
    const called = pattern.port === undefined || pattern.port === seen.port;
    const between = fits(pattern.from, seen.from) && fits(pattern.to, seen.to);
    return answered && called && between && fits(pattern.error, seen.error);
  }
  return false;
}
