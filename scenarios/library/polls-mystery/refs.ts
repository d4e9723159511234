/** The objects of `polls` that this scenario speaks of. */
import type { ObjectRef } from '@chaotic-good/engine/protocol/cluster-commands';
import type { Move, MoveLine, RightFix, WrongMove } from '@chaotic-good/engine/protocol/scenario-spec';

/** The web application. */
export const POLLS: ObjectRef = {
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  namespace: 'polls',
  name: 'polls',
};

/** The database. */
export const POSTGRES: ObjectRef = { ...POLLS, resource: 'statefulsets', name: 'postgres' };

/** Lines typed one after the other, two seconds apart, from a second after onset on. */
export function linesFrom(second: number, ...lines: string[][]): MoveLine[] {
  return lines.map((argv, at) => ({ afterOnsetSeconds: second + 2 * at, argv }));
}

/** A kubectl line in the namespace of the application; words are split at blanks. */
export function kubectl(line: string, ...exact: string[]): string[] {
  return ['kubectl', '-n', 'polls', ...line.split(' '), ...exact];
}

/** Makes a right fix of a move. */
export function rightFix(move: Move, recovery: RightFix['class']): RightFix {
  return { ...move, class: recovery };
}

/** Restarts the database, which is healthy unless its disk is full. */
export function restartDatabase(second: number, expectation: WrongMove['expectation']): WrongMove {
  return {
    id: 'restart-database',
    title: 'Delete the database pod',
    lines: linesFrom(second, kubectl('delete pod postgres-0')),
    expectation,
    sign: { any: [{ type: 'delete', resource: 'pods', name: 'postgres-*' }] },
    harmPoints: 40,
  };
}

/** Restarts the application: whatever is wrong with its surroundings meets the new pods too. */
export function restartApplication(second: number, expectation: WrongMove['expectation']): WrongMove {
  return {
    id: 'restart-application',
    title: 'Restart the application',
    lines: linesFrom(second, kubectl('rollout restart deployment/polls')),
    expectation,
    sign: { any: [{ type: 'restart', resource: 'deployments', name: 'polls' }] },
    harmPoints: 20,
  };
}

/** Deletes all application pods at once. */
export function deleteAllPods(second: number, expectation: WrongMove['expectation']): WrongMove {
  return {
    id: 'delete-all-pods',
    title: 'Delete all application pods at once',
    lines: linesFrom(second, kubectl('delete pods -l app=polls')),
    expectation,
    sign: { any: [{ type: 'delete', resource: 'pods', name: 'polls-*' }], count: 3 },
    harmPoints: 40,
  };
}
