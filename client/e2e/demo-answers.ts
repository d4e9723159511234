/** The answers that the recorded room would give to questions, once for the whole time. */
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { readSeries, seriesCatalogue } from '@chaotic-good/engine/telemetry/read-series';
import { searchLogs } from '@chaotic-good/engine/telemetry/search-logs';
import type { Recording } from '../net/recording.ts';

/** Only what lies this far before time 0 is kept, seconds. */
const PAST_SECONDS = 300;
const FAR_MICROS = 1e12;

/** Series and logs of the whole recording. */
export function demoAnswers({ telemetry, world }: Incident): Pick<Recording, 'series' | 'logs'> {
  if (telemetry === null) throw new Error('Record with telemetry.');
  const from = -PAST_SECONDS * 1e6;
  const names = seriesCatalogue(telemetry).map(({ name }) => name);
  const series = names
    .filter((name) => !/_(bucket|sum|count)$/.test(name) || name.startsWith('pg_'))
    .flatMap((name) => readSeries(telemetry, name, {}, from, FAR_MICROS))
    .map((points) => ({ ...points, values: points.values.map((value) => Number(value.toPrecision(5))) }));
  const search = { fromMicros: from, toMicros: FAR_MICROS, limit: 1500 };
  return { series, logs: searchLogs(telemetry, world, search).lines };
}
