/**
 * Who may import whom: the rings of the engine and the borders between the workspaces.
 *
 * Why   Symptoms must reach players through the cluster; a telemetry that can see a fault would let
 *       them smell the injector. And an engine that can reach a clock, a disk or a network is not
 *       replayable. Both are lost by one careless import, so a test walks them all.
 */
import { importsOf } from './imports.ts';
import type { Import } from './imports.ts';
import { isTest } from './source-files.ts';
import type { Source } from './source-files.ts';
import type { Violation } from './violation.ts';

/** What each ring may import besides itself. */
export const RINGS: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  protocol: [],
  cluster: ['kernel', 'protocol'],
  platforms: ['kernel', 'protocol', 'cluster'],
  faults: ['kernel', 'protocol', 'cluster', 'platforms'],
  telemetry: ['kernel', 'protocol', 'cluster', 'platforms'],
  console: ['kernel', 'protocol', 'cluster', 'platforms', 'telemetry'],
  incident: ['kernel', 'protocol', 'cluster', 'platforms', 'telemetry', 'console', 'faults'],
  scoring: ['kernel', 'protocol'],
  // Runs in pages too: nothing of the simulation may come along.
  wire: [],
};

/** What a ring may besides import with `import type`. */
const RING_TYPES: Readonly<Record<string, readonly string[]>> = {
  protocol: ['kernel', 'cluster', 'platforms', 'telemetry'],
  scoring: ['incident'],
  wire: ['protocol', 'telemetry'],
};

/** Packages that cannot touch clock, network or disk. */
const ENGINE_PACKAGES = /^(@prometheus-io\/lezer-promql|@grafana\/lezer-logql|@lezer\/.+|re2js)$/;

/** Packages that only one place may know; everything else asks that place. */
const PACKAGE_HOMES: readonly { name: RegExp; home: RegExp; ask: string }[] = [
  { name: /^just-bash$/, home: /^scenarios\/sdk\/shell\//, ask: 'ask scenarios/sdk/shell' },
  { name: /^uplot$/, home: /^client\/charts\//, ask: 'use an attachment of client/charts' },
  { name: /^dockerode$/, home: /^server\/clusters\/docker\//, ask: 'ask the contract of server/clusters' },
  {
    name: /^@kubernetes\/client-node$/,
    home: /^server\/clusters\/kubernetes\//,
    ask: 'ask the contract of server/clusters',
  },
  {
    name: /^(drizzle-orm|postgres|@electric-sql\/pglite)$/,
    home: /^server\/(store|journal)\//,
    ask: 'ask a repository of server/store',
  },
];

/** What the tools of a workspace's tests bring; only tests and infra may import these. */
const TEST_PACKAGES = /^(vitest|fast-check|@playwright\/test|@axe-core\/playwright|node:.+)$/;

/** The rule names that this check can report. */
export const BOUNDARY_RULES = [
  'rings',
  'engine-packages',
  'testing-only',
  'workspaces',
  'types-only',
  'package-home',
];

/** The forbidden imports of one file. */
export function checkBoundaries(source: Source): Violation[] {
  const top = source.path.split('/')[0];
  return importsOf(source).flatMap((found) => {
    const broken = [
      ...(found.target === undefined ? packageProblems(source.path, found) : []),
      ...(found.target !== undefined ? targetProblems(source.path, top, found) : []),
    ];
    return broken.map(([rule, message]) => ({ path: source.path, line: found.line, rule, message }));
  });
}

type Problem = [rule: string, message: string];

/** Imports of packages and of Node's own modules. */
function packageProblems(path: string, found: Import): Problem[] {
  const name = found.packageName ?? '';
  const home = PACKAGE_HOMES.find((entry) => entry.name.test(name));
  if (home && !home.home.test(path) && !isTest(path)) {
    return [['package-home', `${name} is known in one place only: ${home.ask}`]];
  }
  if (path.startsWith('engine/')) {
    const allowed = ENGINE_PACKAGES.test(name) || (isTest(path) && TEST_PACKAGES.test(name));
    if (!allowed)
      return [
        [
          'engine-packages',
          `the engine imports no ${name}: write it in engine/kernel, or let the server do it`,
        ],
      ];
  }
  if (isScenarioData(path) && !found.typeOnly) {
    return [['types-only', `scenario data imports types only, no ${name}: data is JSON-safe`]];
  }
  return [];
}

/** Imports of our own sources. */
function targetProblems(path: string, top: string, found: Import): Problem[] {
  const target = found.target ?? '';
  const targetTop = target.split('/')[0];
  if (target.startsWith('engine/testing/') && !mayUseTesting(path)) {
    return [['testing-only', 'engine/testing is for tests, sim and bench: move what you need into its ring']];
  }
  if (top === 'engine' && targetTop === 'engine') return ringProblems(path, target, found.typeOnly);
  if (top === targetTop) return scenarioDataProblems(path, found);
  if (top === 'infra') return [];
  return workspaceProblems(path, targetTop, found);
}

/** Imports from one ring of the engine into another. */
function ringProblems(path: string, target: string, typeOnly: boolean): Problem[] {
  const from = path.split('/')[1];
  const to = target.split('/')[1];
  if (isTest(path) || from === 'testing' || from === to || from === 'index.ts') return [];
  if (!(from in RINGS))
    return [['rings', `engine/${from} is no ring: name it in infra/checks/boundaries.ts`]];
  if (RINGS[from].includes(to)) return [];
  if (typeOnly && RING_TYPES[from]?.includes(to)) return [];
  const may =
    [...RINGS[from], ...(RING_TYPES[from] ?? []).map((ring) => `types of ${ring}`)].join(', ') || 'nothing';
  return [['rings', `${from} imports ${may}, not ${to}: move the code left, or pass it in`]];
}

/** Imports from one workspace into another. */
function workspaceProblems(path: string, targetTop: string, found: Import): Problem[] {
  const top = path.split('/')[0];
  if (top === 'engine')
    return [['workspaces', `the engine imports nothing of ${targetTop}: pass it in as data`]];
  if (top === 'scenarios') {
    if (targetTop !== 'engine') return [['workspaces', `scenarios know the engine only, not ${targetTop}`]];
    return scenarioDataProblems(path, found);
  }
  if (top === 'server') {
    if (targetTop === 'engine' || targetTop === 'scenarios') return [];
    return [['workspaces', `the server imports engine and scenarios, not ${targetTop}`]];
  }
  if (targetTop === 'infra') return [['workspaces', 'nothing imports infra']];
  if (found.typeOnly) return [];
  if (targetTop === 'engine' && path.startsWith('client/replay/')) return [];
  // Both ends of a line must pack and unpack by the same code.
  if (found.target?.startsWith('engine/wire/') && path.startsWith('client/net/')) return [];
  if (targetTop !== 'server' && path.startsWith('client/e2e/')) return [];
  return [
    [
      'types-only',
      'the client imports types (import type …); client/replay (in a worker) and client/e2e run the ' +
        'engine, client/net runs engine/wire',
    ],
  ];
}

/** Scenario data must stay data. */
function scenarioDataProblems(path: string, found: Import): Problem[] {
  if (!isScenarioData(path) || found.typeOnly || /^scenarios\/(systems|library)\//.test(found.target ?? ''))
    return [];
  return [['types-only', 'scenario data imports types only (import type …): data is JSON-safe']];
}

function isScenarioData(path: string): boolean {
  return /^scenarios\/(systems|library)\//.test(path) && !isTest(path);
}

function mayUseTesting(path: string): boolean {
  return isTest(path) || /^(engine\/testing|scenarios\/sdk|infra)\//.test(path);
}
