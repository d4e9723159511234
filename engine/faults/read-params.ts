/** Reads parameters whose shape the SDK has checked; a mistake here is ours or the SDK's. */
import { invariant } from '../kernel/invariant.ts';
import type { FaultParams } from './fault-definition.ts';

/** A text parameter. */
export function textOf(params: FaultParams, name: string): string {
  const value = params[name];
  invariant(typeof value === 'string' && value !== '', `fault parameter ${name} must be a text`);
  return value;
}

/** A text parameter that may be absent. */
export function optionalText(params: FaultParams, name: string): string | null {
  return params[name] === undefined ? null : textOf(params, name);
}

/** A number parameter within [least, most]. */
export function numberOf(params: FaultParams, name: string, least: number, most: number): number {
  const value = params[name];
  const fits = typeof value === 'number' && value >= least && value <= most;
  invariant(fits, `fault parameter ${name} must be a number from ${least} to ${most}`);
  return value as number;
}
