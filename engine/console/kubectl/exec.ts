/** `kubectl exec`: finds the container and runs one of the programs that the simulator knows in it. */
import type { ConsoleReading } from '../console-types.ts';
import { runProgram } from '../exec/run-program.ts';
import { joined, refusal, shown } from '../reading.ts';
import { asJson, objectAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { containerProcess } from '../../platforms/kubernetes/topology.ts';
import { chooseContainer, choosePod, meantContainer } from './choose-container.ts';
import { flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';

/** Answers `kubectl exec …`. */
export function runExec(invocation: Invocation): ConsoleReading {
  const { words, afterDashes } = invocation;
  if (words.length === 0) {
    return refusal('error: pod, type/name or --filename must be specified');
  }
  if (afterDashes === null && words.length > 1) {
    return refusal(
      'error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\n' +
        "See 'kubectl exec -h' for help and examples",
    );
  }
  if (afterDashes === null || afterDashes.length === 0) {
    return refusal('error: you must specify at least one command for the container');
  }
  const chosen = choosePod(invocation, words[0]);
  if (!chosen.ok) return refusal(chosen.error);
  const [pod] = chosen.pods;
  const phase = textAt(objectAt(asJson(pod), 'status'), 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') {
    return refusal(`error: cannot exec into a container in a completed pod; current phase is ${phase}`);
  }
  const container = chooseContainer(pod, flagText(invocation, 'container') ?? '');
  if (!container.ok) {
    const name = flagText(invocation, 'container') ?? '';
    return refusal(
      `Error from server (BadRequest): container ${name} is not valid for pod ${pod.metadata.name}\n` +
        meantContainer(pod, name),
    );
  }
  if (textAt(objectAt(asJson(pod), 'spec'), 'nodeName') === '') {
    return refusal(`Error from server (BadRequest): pod ${pod.metadata.name} does not have a host assigned`);
  }
  const place = {
    namespace: pod.metadata.namespace ?? '',
    pod: pod.metadata.name,
    container: container.name,
  };
  const number = containerProcess(invocation.world, place.namespace, place.pod, place.container);
  if (number < 0) {
    return joined([
      { ...shown(''), stderr: container.note },
      refusal(`error: unable to upgrade connection: container not found ("${container.name}")`),
    ]);
  }
  const reading = runProgram(
    { world: invocation.world, seat: invocation.seat, place, number, stdin: invocation.stdin },
    afterDashes,
  );
  const failed = reading.exitCode !== 0 && !reading.stderr.includes('OCI runtime exec failed');
  const end = failed ? `command terminated with exit code ${reading.exitCode}\n` : '';
  return joined([
    { ...shown(''), stderr: container.note },
    { ...reading, stderr: reading.stderr + end },
  ]);
}
