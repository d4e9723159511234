/** Answers what pages ask of an incident: series, logs, facts of a thing. Changes nothing. */
import { readFacts } from '../console/facts/read-facts.ts';
import type { ConsoleContext } from '../console/console-types.ts';
import type { Observation } from '../protocol/cluster-commands.ts';
import type { WireAnswer, WireQuery } from '../protocol/wire.ts';
import { observeLogs } from '../telemetry/observe-logs.ts';
import { readSeries, seriesCatalogue } from '../telemetry/read-series.ts';
import { searchLogs } from '../telemetry/search-logs.ts';
import type { Incident } from './incident.ts';

/** Log lines that one answer holds at most. */
const LOG_LINES_MAX = 2000;

/** Questions about the incident itself; a debrief is none. */
export type IncidentQuery = Exclude<WireQuery, { kind: 'debrief' }>;

/** An answer, and what it counts for as evidence. */
export type WireReading = {
  /** What is told. */
  answer: WireAnswer;
  /** What whoever asked has seen by it. */
  observed: Observation[];
};

/**
 * Answers as of now, as the seat of the context asks.
 *
 * @throws Error when the incident runs without telemetry.
 */
export function answerWireQuery(
  incident: Incident,
  context: ConsoleContext,
  query: IncidentQuery,
): WireReading {
  const { telemetry, world } = incident;
  if (telemetry === null) throw new Error('This incident runs without telemetry.');
  switch (query.kind) {
    case 'catalogue':
      return { answer: { kind: 'catalogue', series: seriesCatalogue(telemetry) }, observed: [] };
    case 'series': {
      const { name, labels, fromMicros, toMicros } = query;
      const series = readSeries(telemetry, name, labels, fromMicros, toMicros);
      const observed = series.map(({ labels: shown }): Observation => ({
        tool: 'series',
        name,
        labels: shown,
      }));
      return { answer: { kind: 'series', series }, observed };
    }
    case 'chart':
      return { answer: { kind: 'chart' }, observed: [{ tool: 'chart', title: query.title }] };
    case 'logs': {
      const limit = Math.min(query.search.limit, LOG_LINES_MAX);
      const found = searchLogs(telemetry, world, { ...query.search, limit });
      return { answer: { kind: 'logs', found }, observed: observeLogs(found.lines) };
    }
    case 'facts': {
      // Before the start nobody looks: what is seen then could not be recorded.
      if (incident.state.phase === 'lobby') return { answer: { kind: 'facts', facts: null }, observed: [] };
      const { facts, observed } = readFacts(world, telemetry, context, query.thing);
      return { answer: { kind: 'facts', facts }, observed };
    }
  }
}
