import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { BOUNDARY_RULES, checkBoundaries } from './boundaries.ts';
import { parseSource, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

/** The rules that a text at a path breaks. */
function rulesBroken(path: string, text: string): string[] {
  return checkBoundaries(parseSource(path, text)).map(({ rule }) => rule);
}

it('every import of the project points the allowed way', () => {
  const found = projectSources().flatMap(checkBoundaries);
  expect(printViolations(withoutExcused(found, BOUNDARY_RULES))).toEqual([]);
});

it.each([
  ['engine/telemetry/a.ts', "import { leak } from '../faults/memory-leak/definition.ts';", 'rings'],
  ['engine/console/a.ts', "import type { Fault } from '../faults/fault.ts';", 'rings'],
  [
    'engine/cluster/a.ts',
    "import { serve } from '@chaotic-good/engine/platforms/kubernetes/store';",
    'rings',
  ],
  ['engine/kernel/a.ts', "export { x } from '../cluster/x.ts';", 'rings'],
  ['engine/scoring/a.ts', "import { evolve } from '../incident/evolve.ts';", 'rings'],
  ['engine/scoring/a.ts', "const lazy = import('../cluster/host.ts');", 'rings'],
  ['engine/protocol/a.ts', "import { invariant } from '../kernel/invariant.ts';", 'rings'],
  ['engine/cluster/a.ts', "type Host = import('../incident/state.ts').State;", 'rings'],
  ['engine/luck/a.ts', "import { draw } from '../kernel/chance.ts';", 'rings'],
  ['engine/kernel/a.ts', "import { readFileSync } from 'node:fs';", 'engine-packages'],
  ['engine/kernel/a.ts', "import { z } from 'zod';", 'engine-packages'],
  ['engine/kernel/a.ts', "const zod = require('zod');", 'engine-packages'],
  ['engine/incident/a.ts', "import { drive } from '../testing/drive.ts';", 'testing-only'],
  ['server/rooms/a.ts', "import { drive } from '@chaotic-good/engine/testing/drive';", 'testing-only'],
  [
    'engine/incident/a.ts',
    "import type { Scenario } from '@chaotic-good/scenarios/sdk/scenario';",
    'workspaces',
  ],
  ['scenarios/sdk/a.ts', "import { start } from '../../server/start.ts';", 'workspaces'],
  ['server/rooms/a.ts', "import type { Props } from '../../client/ui/props.ts';", 'workspaces'],
  ['scenarios/library/leak/a.ts', "import { minutes } from '../../sdk/minutes.ts';", 'types-only'],
  ['scenarios/systems/shop.ts', "import { open } from '@chaotic-good/engine';", 'types-only'],
  ['client/state/a.ts', "import { decide } from '@chaotic-good/engine/incident/decide';", 'types-only'],
  ['client/state/a.ts', "import { readFrame } from '@chaotic-good/engine/wire/frame-message';", 'types-only'],
  ['engine/wire/a.ts', "import { METRICS } from '../telemetry/metrics.ts';", 'rings'],
  [
    'client/warroom/A.svelte',
    "<p>x</p>\n<script>\nimport { a } from '@chaotic-good/engine';\n</script>",
    'types-only',
  ],
  ['server/rooms/a.ts', "import Docker from 'dockerode';", 'package-home'],
])('%s may not say %s', (path, text, rule) => {
  expect(rulesBroken(path, text)).toEqual([rule]);
});

it.each([
  ['engine/faults/leak/a.ts', "import { host } from '../../platforms/kubernetes/store.ts';"],
  ['engine/incident/a.ts', "import { startFault } from '../faults/start.ts';"],
  ['engine/scoring/a.ts', "import type { IncidentEvent } from '../incident/events.ts';"],
  ['engine/protocol/a.ts', "import type { Micros } from '../kernel/time.ts';"],
  ['engine/telemetry/a.ts', "import { parser } from '@prometheus-io/lezer-promql';"],
  [
    'engine/faults/leak/a.test.ts',
    "import { drive } from '../../testing/drive.ts';\nimport { it } from 'vitest';",
  ],
  ['scenarios/library/leak/a.ts', "import type { Scenario } from '../../sdk/scenario.ts';"],
  ['scenarios/sdk/a.ts', "import { openIncident } from '@chaotic-good/engine';"],
  ['client/replay/worker.ts', "import { openIncident } from '@chaotic-good/engine';"],
  ['client/e2e/record.ts', "import { polls } from '@chaotic-good/scenarios/systems/polls/system';"],
  ['client/net/a.ts', "import { readFrame } from '@chaotic-good/engine/wire/frame-message';"],
  ['engine/wire/a.ts', "import type { SeriesValue } from '../telemetry/frame.ts';"],
  ['client/state/a.ts', "import type { View } from '@chaotic-good/engine/protocol/view';"],
])('%s may say %s', (path, text) => {
  expect(rulesBroken(path, text)).toEqual([]);
});

it('excuses a listed violation and refuses an entry that excuses nothing', () => {
  const excuse = { path: 'engine/kernel/a.ts', rule: 'rings', reason: 'a sample' };
  const found = checkBoundaries(parseSource('engine/kernel/a.ts', "import '../cluster/host.ts';"));
  expect(withoutExcused(found, BOUNDARY_RULES, [excuse])).toEqual([]);
  expect(withoutExcused(found, BOUNDARY_RULES, [])).toHaveLength(1);
  expect(withoutExcused([], BOUNDARY_RULES, [excuse]).map(({ rule }) => rule)).toEqual(['stale-excuse']);
});
