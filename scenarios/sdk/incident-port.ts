/** The shell's port onto an incident in this process, for `sim`: time passes only while a line waits. */
import { followStream } from '@chaotic-good/engine/console/follow-stream';
import { readLine } from '@chaotic-good/engine/console/read-line';
import { observeAnswer, renderAnswer } from '@chaotic-good/engine/console/render-answer';
import type { Incident } from '@chaotic-good/engine/incident/incident';
import { submitCommand } from '@chaotic-good/engine/incident/submit';
import { unixSecondsAt } from '@chaotic-good/engine/platforms/kubernetes/timestamps';
import type { CommandOutcome } from '@chaotic-good/engine/protocol/cluster-commands';
import type { Command } from '@chaotic-good/engine/protocol/commands';
import type { EventOf } from '@chaotic-good/engine/protocol/events';
import type { ShellPort } from './shell/shell-port.ts';
import type { Turns } from './turns.ts';

/** How often a waiting line looks for its answer, microseconds. */
const ANSWER_STEP_MICROS = 10_000;
/** How often a stream is looked at, microseconds. */
const STREAM_STEP_MICROS = 1_000_000;
/** In `sim` nobody presses Ctrl-C: endless streams end after so long, microseconds. */
const STREAM_MICROS_MAX = 60_000_000;
/** A rollout is watched for longer; it ends by itself. */
const ROLLOUT_MICROS_MAX = 600_000_000;

/** What the port of a seat needs. */
export type IncidentPortOptions = {
  /** The incident. */
  incident: Incident;
  /** The seat. */
  seat: string;
  /** Where lines park. */
  turns: Turns;
  /** Makes ids of commands. */
  nextCommandId: () => string;
};

/** The answer to a request sent by hand, once it is in the log. */
function answerOf(incident: Incident, correlationId: string): EventOf<'RequestAnswered'> | undefined {
  const { events } = incident.state;
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at];
    if (event.type === 'RequestAnswered' && event.correlationId === correlationId) return event;
  }
  return undefined;
}

/** The port of a seat. */
export function incidentPort(options: IncidentPortOptions): ShellPort {
  const { incident, seat, turns, nextCommandId } = options;
  const { world, state, setup } = incident;
  const { cluster } = world;
  const context = { seat, namespace: setup.scenario.namespace };
  const submit = (command: Command, cause: string) =>
    submitCommand(incident, { commandId: nextCommandId(), seat, command, cause });
  // Nothing comes any more once time stands still.
  const still = () => state.phase !== 'running';
  let streamEndMicros = -1;
  return {
    read: async (argv, stdin) => readLine(world, context, argv, stdin),
    submit: async (command, cause): Promise<CommandOutcome> => {
      const { outcome } = submit({ type: 'RunCluster', command }, cause);
      if (!outcome.ok) {
        return { ok: false, stdout: '', stderr: `${outcome.rejection.sentence}\n`, exitCode: 1 };
      }
      return outcome.output ?? { ok: true, stdout: '', stderr: '', exitCode: 0 };
    },
    observe: async (observation, cause) => void submit({ type: 'Observed', observation }, cause),
    waitFor: async (request, cause) => {
      const answer = () => answerOf(incident, request.correlationId);
      await turns.park(cluster.nowMicros, ANSWER_STEP_MICROS, () => still() || answer() !== undefined);
      const found = answer();
      if (found === undefined) return { ok: false, stdout: '', stderr: 'time stands still\n', exitCode: 1 };
      submit({ type: 'Observed', observation: observeAnswer(request, found) }, cause);
      return renderAnswer(world, request, found);
    },
    follow: async (stream) => {
      const most = stream.kind === 'rollout' ? ROLLOUT_MICROS_MAX : STREAM_MICROS_MAX;
      if (streamEndMicros < 0) streamEndMicros = cluster.nowMicros + most;
      for (let following = stream; ;) {
        await turns.park(cluster.nowMicros + STREAM_STEP_MICROS, STREAM_STEP_MICROS, () => true);
        const piece = followStream(world, context, following);
        const over = still() || cluster.nowMicros >= streamEndMicros;
        if (over || piece.stream === null) streamEndMicros = -1;
        if (over) return { ...piece, stream: null };
        if (piece.stream === null || piece.stdout !== '') return piece;
        following = piece.stream;
      }
    },
    sleep: (micros) => {
      const end = cluster.nowMicros + micros;
      return turns.park(end, ANSWER_STEP_MICROS, () => true);
    },
    unixMs: () =>
      unixSecondsAt(world.kube.store, cluster.nowMicros) * 1000 +
      (Math.floor(cluster.nowMicros / 1000) % 1000),
  };
}
