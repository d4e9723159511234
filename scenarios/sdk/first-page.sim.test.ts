import { expect, it } from 'vitest';
import { runDoNothing } from '@chaotic-good/engine/incident/counterfactuals';
import { drawVariant } from '@chaotic-good/engine/incident/draw';
import { buildPrehistory } from '@chaotic-good/engine/incident/prehistory';
import { seedFromText } from '@chaotic-good/engine/kernel/chance';
import type { IncidentEvent } from '@chaotic-good/engine/protocol/events';
import { findScenario } from './registry.ts';

// Method: every draw of the scenario at full load with nobody there, up to well after its first page.

const subject = findScenario('polls-mystery');
if (subject === undefined) throw new Error('polls-mystery is gone');
const setup = { ...subject, loadScale: 1, telemetry: false };
const seed = seedFromText('first page');
const prehistory = buildPrehistory(setup, drawVariant(seed));
/** Latest onset, slowest impact and latest page that were ever seen add up to less, seconds. */
const HORIZON_SECONDS = 330;

/** Seconds from the beginning of impact to the first page. */
function pageAfterImpact(events: readonly IncidentEvent[]): number {
  const began = events.find((event) => event.type === 'ImpactBegan');
  const page = events.find((event) => event.type === 'AlertFired' && event.severity === 'page');
  if (began?.type !== 'ImpactBegan' || page === undefined) return -1;
  return page.atMicros / 1_000_000 - began.second;
}

it('whatever is drawn, the first page comes 45 to 120 s after users begin to be hurt', () => {
  const choices = subject.scenario.faults.flatMap(({ id, instances }) =>
    instances.map((instance) => ({ fault: id, instance: instance.id })),
  );
  const outside = choices.flatMap((forced) => {
    const { events } = runDoNothing({ ...setup, seed, prehistory, forced }, HORIZON_SECONDS);
    const seconds = pageAfterImpact(events);
    return seconds >= 45 && seconds <= 120 ? [] : [`${forced.instance}: ${seconds} s`];
  });
  expect(choices).toHaveLength(12);
  expect(outside).toEqual([]);
});
