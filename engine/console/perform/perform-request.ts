/** Sends a request by hand: a real one, on the CPU of whoever serves it. */
import type { CommandOutcome, SendRequest } from '../../protocol/cluster-commands.ts';
import { inquireProcess, inquireService } from '../../cluster/inquiries.ts';
import { farEnd } from '../exec/called-program.ts';
import { renderAnswer } from '../render-answer.ts';
import type { AnswerFact } from '../render-answer.ts';
import type { World } from '../../platforms/kubernetes/world.ts';
import { enterContainer } from './perform-file.ts';
import { done } from './outcome.ts';

/** What came of sending: the token to wait for, or the answer that is known at once. */
export type SentRequest = CommandOutcome & { inquiry: number | null };

/** Sends it. */
export function performRequest(world: World, command: SendRequest): SentRequest {
  const { cluster } = world;
  let fromProcess = -1;
  if (command.from) {
    const number = enterContainer(world, command.from);
    if (typeof number !== 'number') return { ...number, inquiry: null };
    fromProcess = number;
  }
  const { endpoint, timeoutMicros } = command;
  const far = farEnd(world, command.from, command.to, command.port);
  if ('service' in command.to && cluster.plan.services.includes(command.to.service) && far.port !== 0) {
    const asked = { fromProcess, service: command.to.service, port: far.port, endpoint, timeoutMicros };
    return { ...done(''), inquiry: inquireService(cluster, asked) };
  }
  const running = far.processes.find((number) => cluster.processes[number].phase === 'running');
  const target = running ?? far.processes[0];
  if (target === undefined) return refusedAtOnce(world, command);
  const { spec } = cluster.plan.programs[cluster.processes[target].program];
  const port = far.port === spec.port ? 'port' : 'admin';
  const inquiry = inquireProcess(cluster, target, port, endpoint, timeoutMicros, fromProcess);
  return { ...done(''), inquiry };
}

/** Nobody listens there. */
function refusedAtOnce(world: World, command: SendRequest): SentRequest {
  const fact: AnswerFact = { ok: false, reached: false, status: 0, error: 'refused', latencyMicros: 1000 };
  return { ...renderAnswer(world, command, fact), ok: false, inquiry: null };
}
