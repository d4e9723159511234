/** Plays one authored move on one seed, up to the time limit and through the judgement. */
import type { OpenOptions } from '../incident/incident.ts';
import { openIncident, runThrough } from '../incident/incident.ts';
import { judgeIncident } from '../incident/judge.ts';
import { horizonSeconds } from '../incident/scoring-input.ts';
import { playMove } from '../incident/script.ts';
import { incidentHash } from '../incident/snapshot.ts';
import { submitCommand } from '../incident/submit.ts';
import { SYSTEM_SEAT } from '../protocol/commands.ts';
import type { RecoveryClass } from '../protocol/recovery.ts';
import type { Move } from '../protocol/scenario-spec.ts';

/** What came of it. */
export type PlayedAlone = {
  /** How the recovery is classed. */
  recovery: RecoveryClass;
  /** Whether the journeys held their objectives when time was up. */
  heldAtClose: boolean;
  /** Sum of badness from 0 to the time limit. */
  impact: number;
  /** Invariants that were broken at any time, in order. */
  broken: string[];
  /** Console lines that were refused or failed, with what they complained of. */
  failedLines: string[];
  /** State hash after the judgement. */
  hash: string;
};

/** Plays a move, or nothing, in an incident of its own. */
export function playAlone(options: OpenOptions, move: Move | null): PlayedAlone {
  const incident = openIncident(options);
  const { state } = incident;
  const join = { type: 'JoinSeat', name: 'Script', kind: 'player' } as const;
  submitCommand(incident, { commandId: 'script seat', seat: 'script', command: join });
  submitCommand(incident, {
    commandId: 'script start',
    seat: SYSTEM_SEAT,
    command: { type: 'StartIncident' },
  });
  if (move !== null) playMove(incident, 'script', move);
  runThrough(incident, state.timeLimitMicros);
  const { badness } = judgeIncident(incident);
  const judged = state.events.find((event) => event.type === 'RecoveryJudged');
  const broken = new Set(
    state.events.flatMap((event) => (event.type === 'InvariantBroken' ? [event.invariantId] : [])),
  );
  return {
    recovery: judged?.recovery ?? 'none',
    heldAtClose: judged?.heldAtClose ?? false,
    impact: badness.slice(0, horizonSeconds(incident)).reduce((sum, second) => sum + second, 0),
    broken: [...broken],
    failedLines: state.events.flatMap((event) => {
      if (event.type === 'ScriptLineRefused') return [`${event.line}: ${event.rejection.sentence}`];
      if (event.type === 'CommandRefused') return [`${event.command}: ${event.rejection.sentence}`];
      const failed = event.type === 'ClusterCommandRan' && !event.outcome.ok;
      return failed ? [`${event.line}: ${event.outcome.stderr}`] : [];
    }),
    hash: incidentHash(incident),
  };
}
