/** What a debrief keeps of the system under test. */
import type { SystemSpec } from '@chaotic-good/engine/cluster/system-spec';
import type { DebriefSystem } from '@chaotic-good/engine/protocol/debrief';

/** Title and journeys of a system. */
export function debriefSystem({ title, journeys }: SystemSpec): DebriefSystem {
  return {
    title,
    journeys: journeys.map(({ name, title: called, objectiveRatio, failureCostCents }) => ({
      name,
      title: called,
      objectiveRatio,
      failureCostCents,
    })),
  };
}
