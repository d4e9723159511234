/** How long the team needed, all counted from impact start; null where it never happened. */
import type { IncidentEvent } from '../protocol/events.ts';

/** Times of one incident; means over incidents are called MTTD, MTTA and MTTR and are made elsewhere. */
export type ResponseTimes = {
  /** Second of incident time in which impact began, or null. */
  impactBeganSecond: number | null;
  /** Until the first page, or until somebody declared the incident. */
  timeToDetectMs: number | null;
  /** Until somebody took an alert on, or declared the incident. */
  timeToAcknowledgeMs: number | null;
  /** Until users were no longer hurt, for the last time. */
  timeToMitigateMs: number | null;
  /** Until it closed as resolved. */
  timeToResolveMs: number | null;
};

type Test = (event: IncidentEvent) => boolean;

/** Reads the times off a log. */
export function responseTimes(events: readonly IncidentEvent[]): ResponseTimes {
  const began = events.find((event) => event.type === 'ImpactBegan')?.second ?? null;
  const since = (atMicros: number): number => Math.max(0, Math.round(atMicros / 1000) - (began ?? 0) * 1000);
  const firstOf = (test: Test): number | null => {
    const found = began === null ? undefined : events.find((event) => test(event));
    return found === undefined ? null : since(found.atMicros);
  };
  const turns = events.filter((event) => event.type === 'ImpactBegan' || event.type === 'ImpactEnded');
  const last = turns.at(-1);
  return {
    impactBeganSecond: began,
    timeToDetectMs: firstOf(
      (event) =>
        (event.type === 'AlertFired' && event.severity === 'page') || event.type === 'IncidentDeclared',
    ),
    timeToAcknowledgeMs: firstOf(
      (event) => event.type === 'AlertAcknowledged' || event.type === 'IncidentDeclared',
    ),
    timeToMitigateMs: last?.type === 'ImpactEnded' ? since(last.second * 1_000_000) : null,
    timeToResolveMs: firstOf((event) => event.type === 'IncidentClosed' && event.reason === 'resolved'),
  };
}
