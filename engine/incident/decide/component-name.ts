/** Names of components as players give them: `kind/name`, as `kubectl get` takes it. */
import type { Rejection } from '../../protocol/rejection.ts';

const COMPONENT = /^[a-z]+\/[a-z0-9]([-a-z0-9.:/]*[a-z0-9])?$/;
/** Longest name, characters. */
const COMPONENT_CHARACTERS_MAX = 200;

/** What is wrong with the name of a component, or null. */
export function componentProblem(component: string): Rejection | null {
  if (component.length <= COMPONENT_CHARACTERS_MAX && COMPONENT.test(component)) return null;
  return {
    code: 'unknown-component',
    sentence: 'Name the component as kind/name, e.g. node/worker-1.',
  };
}
