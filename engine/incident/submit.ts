/**
 * How a command takes effect: at the current moment, once.
 *
 * The same command id gets the same acknowledgement and does nothing. Refusals are recorded too, so that
 * a replay refuses the same.
 */
import { performCommand } from '../console/perform-command.ts';
import { apiRequest } from '../platforms/kubernetes/entrance.ts';
import type { AckOutcome, Acknowledgement } from '../protocol/acknowledgement.ts';
import type { CommandEnvelope, RunCluster, WriteWorld } from '../protocol/commands.ts';
import { warmUpsDone } from './calm.ts';
import { decide, isStateCommand, whyNotSocial } from './decide/decide.ts';
import { whyNotRunCluster, whyNotWriteWorld } from './decide/world-writes.ts';
import { decideTakeHint } from './hints.ts';
import type { Incident } from './incident.ts';
import { recordEvents } from './record.ts';
import { noteRequest } from './requests-by-hand.ts';

/** A copy that shares nothing: what the log keeps must not change under it. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** Changes the cluster as a player; what came of it is an event, also when the API server refused. */
function runCluster(incident: Incident, seq: number, envelope: CommandEnvelope, run: RunCluster): AckOutcome {
  const { state, world } = incident;
  const refused = whyNotRunCluster(state, envelope.seat, run);
  if (refused !== null) return { ok: false, rejection: refused };
  const command = copyOf(run.command);
  const { inquiry, ...output } = performCommand(world, envelope.seat, copyOf(run.command));
  if (command.type === 'SendRequest' && inquiry !== null)
    noteRequest(incident, inquiry, command.correlationId);
  const { seat, cause } = envelope;
  recordEvents(state, world.cluster.nowMicros, seq, [
    {
      type: 'ClusterCommandRan',
      audience: 'everyone',
      seat,
      command,
      line: cause ?? '',
      outcome: copyOf(output),
    },
  ]);
  return { ok: true, output: copyOf(output) };
}

/** Changes the world as no player can. */
function writeWorld(incident: Incident, seq: number, seat: string, write: WriteWorld): AckOutcome {
  const { state, world } = incident;
  const refused = whyNotWriteWorld(state, seat);
  if (refused !== null) return { ok: false, rejection: refused };
  const answer = apiRequest(world, copyOf(write.request));
  const message = answer.ok ? '' : answer.status.message;
  const request = copyOf(write.request);
  recordEvents(state, world.cluster.nowMicros, seq, [
    { type: 'WorldWritten', audience: 'facilitator', seat, request, ok: answer.ok, message },
  ]);
  return { ok: true, output: null };
}

function decideAndRecord(incident: Incident, seq: number, envelope: CommandEnvelope): AckOutcome {
  const { seat, command } = envelope;
  if (command.type === 'RunCluster') return runCluster(incident, seq, envelope, command);
  if (command.type === 'WriteWorld') return writeWorld(incident, seq, seat, command);
  const decision = isStateCommand(command)
    ? decide(incident.state, seat, command)
    : (whyNotSocial(incident.state, seat, command) ?? decideTakeHint(incident, seat));
  if (!decision.ok) return { ok: false, rejection: decision.rejection };
  const now = incident.world.cluster.nowMicros;
  recordEvents(incident.state, now, seq, decision.events);
  if (command.type === 'Observed') {
    recordEvents(incident.state, now, seq, warmUpsDone(incident, seat, command.observation));
  }
  return { ok: true, output: null };
}

/** Lets a command take effect now and answers it. */
export function submitCommand(incident: Incident, envelope: CommandEnvelope): Acknowledgement {
  const { state, world } = incident;
  const { commandId, seat, command } = envelope;
  const earlier = state.receipts.get(commandId);
  if (earlier !== undefined) return copyOf(earlier);
  const seq = ++state.commandSeq;
  const atMicros = world.cluster.nowMicros;
  const outcome = decideAndRecord(incident, seq, envelope);
  if (!outcome.ok) {
    const { rejection } = outcome;
    recordEvents(state, atMicros, seq, [
      {
        type: 'CommandRefused',
        audience: { seat },
        seat,
        command: command.type,
        rejection: copyOf(rejection),
      },
    ]);
  }
  const acknowledgement: Acknowledgement = { commandId, seq, atMicros, outcome };
  state.receipts.set(commandId, copyOf(acknowledgement));
  return acknowledgement;
}
