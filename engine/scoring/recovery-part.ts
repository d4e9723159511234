/**
 * Recovery, 200: the hold window was met 80 (halved when an invariant is broken) · the cause 60 (durable 1,
 * contained 0.7, masked 0.3) · every invariant holds 40 · nothing temporary is left open 20. The last two
 * count only when one of the first two earned something.
 */
import type { EventOf } from '../protocol/events.ts';
import type { RecoveryClass } from '../protocol/recovery.ts';
import type { Because, ScorePart } from '../protocol/score.ts';
import type { ScoringInput } from '../protocol/scoring-input.ts';
import { roundPoints } from './round-points.ts';

/** Most points. */
export const RECOVERY_POINTS = 200;
const HOLD_POINTS = 80;
const CAUSE_POINTS = 60;
const INVARIANT_POINTS = 40;
const TIDY_POINTS = 20;

const CAUSE_SHARE: { readonly [recovery in RecoveryClass]: number } = {
  durable: 1,
  contained: 0.7,
  masked: 0.3,
  none: 0,
};

const CAUSE_SENTENCE: { readonly [recovery in RecoveryClass]: string } = {
  durable: 'The cause is gone.',
  contained: 'The cause is still there, but held off for good.',
  masked: 'The cause is still there, and it came back after the close.',
  none: 'The cause is still there.',
};

function scoreHold(judged: EventOf<'RecoveryJudged'>, broken: boolean): Because {
  const link = { kind: 'event' as const, seq: judged.seq };
  if (!judged.heldAtClose) {
    return { points: 0, sentence: 'At the close the journeys had not held their objectives.', link };
  }
  const points = broken ? HOLD_POINTS / 2 : HOLD_POINTS;
  const sentence = 'The journeys held their objectives for the hold window';
  return { points, sentence: `${sentence}${broken ? ', but something else was broken for it.' : '.'}`, link };
}

function scoreInvariants(checks: readonly EventOf<'InvariantJudged'>[], counts: boolean): Because[] {
  const broken = checks.filter((check) => !check.held);
  if (broken.length === 0) {
    const link = { kind: 'check' as const, id: 'invariants' };
    return [
      { points: counts ? INVARIANT_POINTS : 0, sentence: 'Nothing that must not break was broken.', link },
    ];
  }
  return broken.map(({ title, seq }) => ({
    points: 0,
    sentence: `Broken at the close: ${title}`,
    link: { kind: 'event' as const, seq },
  }));
}

function scoreTidiness(judged: EventOf<'LeftoversJudged'> | undefined, counts: boolean): Because {
  const open = (judged?.leftovers ?? []).filter((leftover) => !leftover.handedOver);
  const link =
    judged === undefined
      ? { kind: 'check' as const, id: 'leftovers' }
      : { kind: 'event' as const, seq: judged.seq };
  if (open.length > 0) return { points: 0, sentence: open.map(({ sentence }) => sentence).join(' '), link };
  return { points: counts ? TIDY_POINTS : 0, sentence: 'Nothing temporary was left open.', link };
}

/** The part with its reasons. */
export function scoreRecovery(input: ScoringInput): ScorePart {
  const part = { id: 'recovery' as const, title: 'Recovery', max: RECOVERY_POINTS };
  const find = <Type extends 'RecoveryJudged' | 'LeftoversJudged'>(type: Type) =>
    input.events.find((event) => event.type === type) as EventOf<Type> | undefined;
  const judged = find('RecoveryJudged');
  if (judged === undefined) return { ...part, points: 0, because: [] };
  const checks = input.events.filter((event) => event.type === 'InvariantJudged');
  const hold = scoreHold(
    judged,
    checks.some((check) => !check.held),
  );
  const cause: Because = {
    points: roundPoints(CAUSE_POINTS * CAUSE_SHARE[judged.recovery]),
    sentence: CAUSE_SENTENCE[judged.recovery],
    link: { kind: 'event', seq: judged.seq },
  };
  const counts = hold.points > 0 || cause.points > 0;
  const tidy = scoreTidiness(find('LeftoversJudged'), counts);
  const because = [hold, cause, ...scoreInvariants(checks, counts), tidy];
  return { ...part, points: roundPoints(because.reduce((sum, { points }) => sum + points, 0)), because };
}
