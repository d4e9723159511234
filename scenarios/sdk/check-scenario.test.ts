import { expect, it } from 'vitest';
import { checkScenario } from './check-scenario.ts';
import { findScenario, SCENARIOS } from './registry.ts';

/** Problems of `polls-mystery` with one member set to something else, or taken away. */
function problemsWith(path: string, value: unknown): string {
  const subject = structuredClone(findScenario('polls-mystery')!);
  const keys = path.split('.');
  const last = keys.pop()!;
  let parent: Record<string, unknown> = subject;
  for (const key of keys) parent = parent[key] as Record<string, unknown>;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return checkScenario(subject)
    .map((problem) => `${problem.path}: ${problem.reason}`)
    .join('\n');
}

it.each(SCENARIOS.map(({ id }) => id))('%s is in order', (id) => {
  expect(checkScenario(findScenario(id)!)).toEqual([]);
});

const FIRST = 'scenario.faults.0.instances.0';

it.each([
  ['an unknown member', 'scenario.colour', 'red', 'Unrecognized key: "colour"'],
  ['a missing title', 'scenario.title', undefined, 'scenario polls-mystery: title:'],
  ['a function', 'scenario.holdSeconds', () => 1, 'scenario polls-mystery: holdSeconds:'],
  [
    'an unknown fault',
    `${FIRST}.fault`,
    'packet-dropp',
    'fault: the catalogue has no packet-dropp: did you mean',
  ],
  ['another mechanism', `${FIRST}.mechanism`, 'disk-full', 'mechanism: packet-drop works by packet-loss'],
  ['a share above 1', `${FIRST}.params.share`, 2, 'instances[0].params.share: must be above 0 and at most 1'],
  ['an unknown parameter', `${FIRST}.params.speed`, 2, 'params.speed: packet-drop has node, port, share'],
  ['no right fix', `${FIRST}.rightFixes`, [], 'faults[0].instances[0].rightFixes: at least 2'],
  ['no evidence', `${FIRST}.evidence`, [], 'faults[0].instances[0].evidence: at least 2 pieces'],
  [
    'a component of another system',
    `${FIRST}.component`,
    'node/worker-9',
    'the system has no node called worker-9',
  ],
  ['a program without console', `${FIRST}.golden.lines.0.argv.0`, 'helm', 'argv: the console has no helm'],
  ['an unknown invariant', 'scenario.invariants.0.id', 'all-kept', 'no invariant is called no-data-lost'],
  ['a page that tells', 'scenario.page', 'worker-2 fails', 'page: names a part, worker-2'],
  ['a late look-alike', 'scenario.backdrop.0.atSecond', 60, 'backdrop[0].atSecond: must lie in prehistory'],
  ['a warm-up twice', 'scenario.warmUps.1.id', 'vote-rate', 'warmUps[1]: vote-rate stands twice'],
  ['a warm-up without a word', 'scenario.warmUps.0.how', '', 'warmUps[0].how:'],
  ['a warm-up that nothing ends', 'scenario.warmUps.2.any', [], 'warmUps[2].any:'],
  ['a warm-up nowhere', 'scenario.warmUps.0.tab', 'sofa', 'warmUps[0].tab:'],
  [
    'a warm-up by an unknown tool',
    'scenario.warmUps.0.any.0.tool',
    'guess',
    'scenario polls-mystery: warmUps[0].any[0].tool:',
  ],
  [
    'a warm-up of no journey',
    'scenario.warmUps.0.any.0',
    { tool: 'series', name: 'journey_attempts_total', labels: { journey: 'vot' } },
    'no journey is called vot: there is create-poll, vote',
  ],
  ['light journeys', 'system.journeys.0.weight', 0.1, 'journeys: their weights add up to 0.9, not to 1'],
  [
    'an edge to nowhere',
    'system.edges.1.to',
    'polls/pols',
    'edges[1].to: no manifest makes a service polls/pols',
  ],
  ['an unknown image', 'system.programs.0.image', 'nginx', 'no program has the image'],
])('%s is a problem', (_name, path, value, expected) => {
  expect(problemsWith(path, value)).toContain(expected);
});
