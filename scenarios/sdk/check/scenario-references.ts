/** What a scenario says must fit its system, the catalogue and itself. */
import { matchesName } from '@chaotic-good/engine/protocol/name-pattern';
import type { Predicate } from '@chaotic-good/engine/protocol/predicate';
import { TIME_LIMIT_SECONDS_DEFAULT } from '@chaotic-good/engine/protocol/scenario-spec';
import { checkInstance, checkMove } from './instance-references.ts';
import type { Surroundings } from './instance-references.ts';
import { manifestObjects } from './manifest-objects.ts';
import { repeated, unless } from './problem.ts';
import type { Problem } from './problem.ts';

function checkTimes({ scenario }: Surroundings): Problem[] {
  const [earliest, latest] = scenario.onsetSeconds;
  const limit = scenario.timeLimitSeconds ?? TIME_LIMIT_SECONDS_DEFAULT;
  return [
    ...unless(
      earliest <= latest && latest < limit,
      'onsetSeconds',
      'earliest, then latest, before time is up',
    ),
    ...scenario.backdrop.flatMap(({ atSecond }, at) =>
      unless(
        atSecond >= -scenario.prehistorySeconds && atSecond < earliest,
        `backdrop[${at}].atSecond`,
        'must lie in prehistory or before the earliest onset',
      ),
    ),
  ];
}

function checkAlerts({ scenario, system }: Surroundings): Problem[] {
  const journeys = system.journeys.map(({ name }) => name);
  return [
    ...repeated(
      'alerts',
      scenario.alerts.map(({ id }) => id),
    ),
    ...unless(
      scenario.alerts.some(({ severity }) => severity === 'page'),
      'alerts',
      'at least one must page',
    ),
    ...scenario.alerts.flatMap(({ condition }, at) =>
      condition.type === 'burnRate'
        ? unless(
            journeys.includes(condition.sli),
            `alerts[${at}].condition.sli`,
            `no journey is called ${condition.sli}: there is ${journeys.join(', ')}`,
          )
        : [],
    ),
  ];
}

/** What can be found while nothing is wrong: each once, and journeys that there are. */
function checkWarmUps({ scenario, system }: Surroundings): Problem[] {
  const warmUps = scenario.warmUps ?? [];
  const journeys = system.journeys.map(({ name }) => name);
  return [
    ...repeated(
      'warmUps',
      warmUps.map(({ id }) => id),
    ),
    ...warmUps.flatMap(({ any }, at) =>
      any.flatMap((seen, number) => {
        const journey = seen.tool === 'series' ? seen.labels?.journey : undefined;
        const known = journey === undefined || journeys.some((name) => matchesName(journey, name));
        const there = `there is ${journeys.join(', ')}`;
        return unless(known, `warmUps[${at}].any[${number}]`, `no journey is called ${journey}: ${there}`);
      }),
    ),
  ];
}

/** Words that would name a part: programs, hosts, faulty components. The namespace's name is no secret. */
function partNames({ scenario, system }: Surroundings): string[] {
  const components = scenario.faults.flatMap((choice) =>
    choice.instances.map(({ component }) => component.split('/')[1]),
  );
  const kinds = ['node', 'pod', 'container', 'policy', 'policies', 'database', 'replica', 'proxy', 'disk'];
  const names = [...system.programs.map(({ name }) => name), ...system.hosts.map(({ name }) => name)];
  return [...new Set([...names, ...components, ...kinds])].filter((name) => name !== scenario.namespace);
}

/** What pages somebody names a symptom, never a part. */
function checkPageTexts(around: Surroundings): Problem[] {
  const { scenario } = around;
  const texts: [string, string][] = [['page', scenario.page]];
  scenario.alerts.forEach(({ severity, title }, at) => {
    if (severity === 'page') texts.push([`alerts[${at}].title`, title]);
  });
  const parts = partNames(around);
  return texts.flatMap(([path, text]) =>
    parts
      .filter((part) => new RegExp(`(?<![\\w-])${part}(?![\\w-])`, 'i').test(text))
      .map((part) => ({ path, reason: `names a part, ${part}: say what users meet` })),
  );
}

/** Objects that a predicate asks for exist in the manifests, programs in the system. */
function checkPredicate(path: string, asked: Predicate, around: Surroundings): Problem[] {
  if (asked.type === 'all' || asked.type === 'any') {
    return asked.of.flatMap((part, at) => checkPredicate(`${path}.of[${at}]`, part, around));
  }
  if (asked.type === 'not') return checkPredicate(`${path}.of`, asked.of, around);
  const { system } = around;
  if (asked.type === 'settingIs') {
    const program = system.programs.find(({ name }) => name === asked.program);
    const known = program?.settings.some(({ key }) => key === asked.key) ?? false;
    return unless(known, path, `no program ${asked.program} has a setting ${asked.key}`);
  }
  const ref = 'workload' in asked ? asked.workload : 'object' in asked ? asked.object : null;
  if (
    ref === null ||
    !['deployments', 'statefulsets', 'configmaps', 'networkpolicies'].includes(ref.resource)
  )
    return [];
  const known = manifestObjects(system).some(
    ({ name, namespace, kind }) =>
      name === ref.name && namespace === ref.namespace && ref.resource.startsWith(kind.replace(/y$/, '')),
  );
  return unless(known, path, `no manifest makes ${ref.resource}/${ref.name} in ${ref.namespace}`);
}

function checkPredicates(around: Surroundings): Problem[] {
  const { scenario } = around;
  return [
    ...scenario.invariants.flatMap(({ holds }, at) =>
      checkPredicate(`invariants[${at}].holds`, holds, around),
    ),
    ...scenario.faults.flatMap((choice, at) =>
      choice.instances.flatMap(({ cured }, number) =>
        checkPredicate(`faults[${at}].instances[${number}].cured`, cured, around),
      ),
    ),
  ];
}

/** Everything in a scenario that does not fit. */
export function checkScenarioReferences(around: Surroundings): Problem[] {
  const { scenario, system } = around;
  const namespaces = manifestObjects(system).filter(({ kind }) => kind === 'namespace');
  return [
    ...checkTimes(around),
    ...checkAlerts(around),
    ...checkWarmUps(around),
    ...checkPageTexts(around),
    ...unless(
      namespaces.some(({ name }) => name === scenario.namespace),
      'namespace',
      `no manifest makes the namespace ${scenario.namespace}`,
    ),
    ...repeated(
      'faults',
      scenario.faults.map(({ id }) => id),
    ),
    ...repeated(
      'invariants',
      scenario.invariants.map(({ id }) => id),
    ),
    ...repeated(
      'cheats',
      scenario.cheats.map(({ id }) => id),
    ),
    ...scenario.cheats.flatMap((cheat, at) => checkMove(`cheats[${at}]`, cheat, scenario)),
    ...scenario.faults.flatMap((choice, at) => [
      ...repeated(
        `faults[${at}].instances`,
        choice.instances.map(({ id }) => id),
      ),
      ...choice.instances.flatMap((instance, number) =>
        checkInstance(`faults[${at}].instances[${number}]`, instance, around),
      ),
    ]),
    ...checkPredicates(around),
  ];
}
