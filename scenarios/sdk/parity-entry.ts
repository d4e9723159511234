/** The five incidents whose hashes must be equal in Node and in Chromium, on the scenario that there is. */
import { runParityIncidents } from '@chaotic-good/engine/testing/parity';
import { pollsMystery } from '../library/polls-mystery/scenario.ts';
import { polls } from '../systems/polls/system.ts';

/** Their hashes, in order. */
export function runParity(): string[] {
  return runParityIncidents({ scenario: pollsMystery, system: polls });
}
