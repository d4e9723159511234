/** What one way of drawing a fault says, against the scenario, the system and the catalogue. */
import type { FaultInstance, Move, ScenarioSpec } from '@chaotic-good/engine/protocol/scenario-spec';
import { TIME_LIMIT_SECONDS_DEFAULT } from '@chaotic-good/engine/protocol/scenario-spec';
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';
import { CONSOLE_PROGRAMS } from '../shell/console-programs.ts';
import { checkFault } from './fault-parameters.ts';
import { manifestObjects } from './manifest-objects.ts';
import { repeated, unless } from './problem.ts';
import type { Problem } from './problem.ts';

/** What is looked things up in. */
export type Surroundings = { scenario: ScenarioSpec; system: SystemSpec };

/** Fewest of each that an instance needs. */
const LEAST = 2;

/** Moves: a program that the console has, lines in order of time, before time is up. */
export function checkMove(path: string, move: Move, scenario: ScenarioSpec): Problem[] {
  const limit = scenario.timeLimitSeconds ?? TIME_LIMIT_SECONDS_DEFAULT;
  const latest = limit - scenario.onsetSeconds[1];
  return move.lines.flatMap(({ argv, afterOnsetSeconds }, at) => {
    const before = move.lines[at - 1]?.afterOnsetSeconds ?? 0;
    const where = `${path}.lines[${at}]`;
    return [
      ...unless(CONSOLE_PROGRAMS.includes(argv[0]), `${where}.argv`, `the console has no ${argv[0]}`),
      ...unless(afterOnsetSeconds >= before, where, 'lines stand in order of time'),
      ...unless(afterOnsetSeconds < latest, where, `time may be up: at most ${latest} s after onset`),
    ];
  });
}

/** The component exists. */
function checkComponent(path: string, component: string, { system }: Surroundings): Problem[] {
  const [kind, name] = component.split('/');
  const known = manifestObjects(system).map((object) => `${object.kind}/${object.name}`);
  const nodes = system.hosts.map((host) => `node/${host.name}`);
  // Pods, volumes and the like get their names when the system runs.
  const madeLater = ['pod', 'replicaset', 'persistentvolume', 'persistentvolumeclaim'].includes(kind);
  return unless(
    madeLater || [...known, ...nodes].includes(component),
    path,
    `the system has no ${kind} called ${name}`,
  );
}

function checkWrongMoves(path: string, instance: FaultInstance, scenario: ScenarioSpec): Problem[] {
  const ids = scenario.invariants.map(({ id }) => id);
  return instance.wrongMoves.flatMap(({ expectation }, at) => {
    const where = `${path}.wrongMoves[${at}].expectation`;
    const { impactAgainst, atLeastRatio, breaks = [] } = expectation;
    const compares = impactAgainst !== undefined;
    return [
      ...unless(compares || breaks.length > 0, where, 'say how it hurts: impactAgainst or breaks'),
      ...unless(
        compares === (atLeastRatio !== undefined),
        where,
        'impactAgainst and atLeastRatio go together',
      ),
      ...breaks.flatMap((id) => unless(ids.includes(id), `${where}.breaks`, `no invariant is called ${id}`)),
    ];
  });
}

function checkEvidence(path: string, instance: FaultInstance): Problem[] {
  const tools = new Set(instance.evidence.flatMap(({ any }) => any.map(({ tool }) => tool)));
  return [
    ...unless(instance.evidence.length >= LEAST, `${path}.evidence`, `at least ${LEAST} pieces`),
    ...unless(tools.size >= LEAST, `${path}.evidence`, `must be reachable by at least ${LEAST} tools`),
    ...repeated(
      `${path}.evidence`,
      instance.evidence.map(({ id }) => id),
    ),
  ];
}

/** Everything wrong with one instance. */
export function checkInstance(path: string, instance: FaultInstance, around: Surroundings): Problem[] {
  const { golden, rightFixes, wrongMoves } = instance;
  const moves: [string, Move][] = [
    [`${path}.golden`, golden],
    ...rightFixes.map((move, at): [string, Move] => [`${path}.rightFixes[${at}]`, move]),
    ...wrongMoves.map((move, at): [string, Move] => [`${path}.wrongMoves[${at}]`, move]),
  ];
  return [
    ...checkFault(path, instance),
    ...checkComponent(`${path}.component`, instance.component, around),
    ...checkEvidence(path, instance),
    ...unless(rightFixes.length >= LEAST, `${path}.rightFixes`, `at least ${LEAST}`),
    ...unless(wrongMoves.length >= LEAST, `${path}.wrongMoves`, `at least ${LEAST}`),
    ...repeated(
      `${path}.rightFixes`,
      rightFixes.map(({ id }) => id),
    ),
    ...repeated(
      `${path}.wrongMoves`,
      wrongMoves.map(({ id }) => id),
    ),
    ...checkWrongMoves(path, instance, around.scenario),
    ...moves.flatMap(([where, move]) => checkMove(where, move, around.scenario)),
  ];
}
