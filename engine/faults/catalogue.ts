/** Every fault there is. */
import type { FaultDefinition } from './fault-definition.ts';
import { limitSqueeze } from './limit-squeeze/limit-squeeze.ts';
import { logFlood } from './log-flood/log-flood.ts';
import { packetDrop } from './packet-drop/packet-drop.ts';
import { policyEdit } from './policy-edit/policy-edit.ts';

/** The catalogue, by id. */
export const FAULTS: readonly FaultDefinition[] = [packetDrop, policyEdit, logFlood, limitSqueeze];
