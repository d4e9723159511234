/**
 * How a team spent its time from the first harm on: five phases that follow each other without a gap, so that
 * together they are as long as the incident was from impact to close.
 *
 * Why  Whole seconds, like the samples. A step that came before its turn (a change by a team that took
 *      nothing on) ends all phases before it, for nobody repairs what nobody noticed.
 */
import type { PhaseSeconds } from '../protocol/debrief.ts';
import type { IncidentEvent } from '../protocol/events.ts';
import type { ImpactState } from './impact.ts';

/** What is known of an incident that has closed. */
export type ClosedTimes = {
  /** When the fault began, microseconds. */
  onsetMicros: number;
  /** Between which seconds users were hurt. */
  impact: ImpactState;
  /** When it closed, microseconds. */
  closedAtMicros: number;
};

/** Alerts of the calm are about nothing; a declaration holds from whenever it was made. */
function isNotice(event: IncidentEvent, onsetMicros: number): boolean {
  if (event.type === 'IncidentDeclared') return true;
  return event.type === 'AlertAcknowledged' && event.atMicros >= onsetMicros;
}

/** A request by hand only looks. */
function isChange(event: IncidentEvent): boolean {
  return event.type === 'ClusterCommandRan' && event.outcome.ok && event.command.type !== 'SendRequest';
}

function isTheory(event: IncidentEvent): boolean {
  return event.type === 'HypothesisAdded' || event.type === 'DiagnosisFiled';
}

/** The phases of a log; all 0 when users were never hurt. */
export function phaseSeconds(events: readonly IncidentEvent[], times: ClosedTimes): PhaseSeconds {
  const { onsetMicros, impact, closedAtMicros } = times;
  const began = impact.beganSecond;
  const closed = Math.floor(closedAtMicros / 1_000_000);
  if (began < 0 || closed <= began) return { notice: 0, orient: 0, decide: 0, repair: 0, verify: 0 };
  const well = impact.endedSecond < 0 ? closed : Math.min(impact.endedSecond, closed);
  /** The first second from impact on, and no later than `atMost`, at which such a thing had happened. */
  const first = (happened: (event: IncidentEvent) => boolean, atMost: number): number => {
    const event = events.find(happened);
    const second = event === undefined ? atMost : Math.floor(event.atMicros / 1_000_000);
    return Math.max(began, Math.min(second, atMost));
  };
  // What was tried before users were hurt was no answer to their trouble.
  const isHurt = ({ atMicros }: IncidentEvent): boolean => atMicros >= began * 1_000_000;
  const changed = first((event) => isHurt(event) && isChange(event), well);
  const thought = first((event) => isHurt(event) && isTheory(event), changed);
  const noticed = first((event) => isNotice(event, onsetMicros), thought);
  return {
    notice: noticed - began,
    orient: thought - noticed,
    decide: changed - thought,
    repair: well - changed,
    verify: closed - well,
  };
}
