/** Answers questions about a live incident. None changes it; what an answer shows to a seat is recorded. */
import { followStream } from '@chaotic-good/engine/console/follow-stream';
import type { ConsoleReading, ConsoleStream, StreamPiece } from '@chaotic-good/engine/console/console-types';
import { readLine } from '@chaotic-good/engine/console/read-line';
import { observeAnswer, renderAnswer } from '@chaotic-good/engine/console/render-answer';
import { answerWireQuery } from '@chaotic-good/engine/incident/answer-wire-query';
import { badnessBetween } from '@chaotic-good/engine/incident/impact';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { endSecond } from '@chaotic-good/engine/incident/journey-samples';
import type { Observation, SendRequest } from '@chaotic-good/engine/protocol/cluster-commands';
import type { HostAnswers, HostQuery } from './incident-host.ts';
import type { LiveIncident } from './live-incident.ts';
import type { ObservationBook } from './observation-book.ts';

/** How often a stream is looked at, simulated microseconds. */
const STREAM_STEP_MICROS = 1_000_000;
const NOT_STARTED: ConsoleReading = {
  stdout: '',
  stderr: 'The incident has not started. The host starts it.\n',
  exitCode: 1,
  observed: [],
  commands: [],
  stream: null,
};

/** Who asks, and of what. */
export type Asking = { live: LiveIncident; seat: string; book: ObservationBook };

/** Answers a question. */
export async function answerQuery<Query extends HostQuery>(
  asking: Asking,
  query: Query,
): Promise<HostAnswers[Query['kind']]> {
  return (await answerOne(asking, query)) as HostAnswers[Query['kind']];
}

function answerOne({ live, seat, book }: Asking, query: HostQuery): unknown {
  const { incident } = live;
  const context = { seat, namespace: incident.setup.scenario.namespace };
  switch (query.kind) {
    case 'summary':
      return live.summary();
    case 'read':
      if (incident.state.phase === 'lobby') return NOT_STARTED;
      return readLine(incident.world, context, query.argv, query.stdin);
    case 'follow':
      return follow(live, context, query.stream);
    case 'requestAnswer':
      return requestAnswer(live, query.request);
    case 'sleep':
      return sleep(live, query.micros);
    case 'badness':
      return badnessFrom(incident, query.fromSecond);
    case 'wire': {
      const { answer, observed } = answerWireQuery(incident, context, query.query);
      remember({ live, seat, book }, observed);
      return answer;
    }
  }
}

function badnessFrom({ state, setup }: Incident, fromSecond: number): number[] {
  const from = Math.max(0, fromSecond);
  const count = Math.max(0, endSecond(state.samples) - from);
  return Array.from({ length: count }, (_none, at) =>
    badnessBetween(setup.system.journeys, state.samples, from + at, from + at + 1),
  );
}

/** Records what a page showed; not waited for, and only while there is something to find out. */
function remember({ live, seat, book }: Asking, observed: readonly Observation[]): void {
  const { phase, seats } = live.incident.state;
  if (!seats.has(seat) || (phase !== 'running' && phase !== 'paused')) return;
  for (const observation of book.news(seat, observed)) {
    const commandId = `${seat}/seen-${crypto.randomUUID()}`;
    void live.submit({ commandId, seat, command: { type: 'Observed', observation } });
  }
}

function nowMicros({ incident }: LiveIncident): number {
  return incident.world.cluster.nowMicros;
}

function isOver({ incident }: LiveIncident): boolean {
  return incident.state.phase === 'closed';
}

/** The next piece of a stream that says something, looked for once a second. */
function follow(
  live: LiveIncident,
  context: { seat: string; namespace: string },
  stream: ConsoleStream,
): Promise<StreamPiece> {
  let following = stream;
  let dueMicros = nowMicros(live) + STREAM_STEP_MICROS;
  return live.waits.until(() => {
    if (nowMicros(live) < dueMicros && !isOver(live)) return undefined;
    dueMicros = nowMicros(live) + STREAM_STEP_MICROS;
    const piece = followStream(live.incident.world, context, following);
    if (isOver(live)) return { ...piece, stream: null };
    if (piece.stream === null || piece.stdout !== '') return piece;
    following = piece.stream;
    return undefined;
  });
}

/** The answer to a request sent by hand, as the program prints it, and what it counts for as evidence. */
function requestAnswer(live: LiveIncident, request: SendRequest): Promise<HostAnswers['requestAnswer']> {
  const { state, world } = live.incident;
  let from = 0;
  return live.waits.until(() => {
    // Only what is new since the last look; the log grows for ever.
    for (; from < state.events.length; from++) {
      const event = state.events[from];
      if (event.type !== 'RequestAnswered' || event.correlationId !== request.correlationId) continue;
      return { outcome: renderAnswer(world, request, event), observed: [observeAnswer(request, event)] };
    }
    if (!isOver(live)) return undefined;
    const outcome = { ok: false, stdout: '', stderr: 'the incident is over\n', exitCode: 1 };
    return { outcome, observed: [] };
  });
}

function sleep(live: LiveIncident, micros: number): Promise<null> {
  const untilMicros = nowMicros(live) + micros;
  return live.waits.until(() => (nowMicros(live) >= untilMicros || isOver(live) ? null : undefined));
}
