/** `kubectl scale`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal } from '../reading.ts';
import type { ClusterCommand } from '../../protocol/cluster-commands.ts';
import { asJson, countAt, objectAt } from '../../platforms/kubernetes/json-access.ts';
import { flagNumber } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { readTargets } from './targets.ts';

/** Answers `kubectl scale …`. */
export function runScale(invocation: Invocation): ConsoleReading {
  const replicas = flagNumber(invocation, 'replicas');
  if (replicas === undefined) return refusal('error: required flag(s) "replicas" not set');
  if (replicas < 0)
    return refusal(
      'error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0',
    );
  const read = readTargets(invocation, invocation.words);
  if (!read.ok) return read.reading;
  if (read.targets.length === 0) {
    const cause = read.errors.replace(/^Error from server \([A-Za-z]+\): /, '');
    return refusal(`error: no objects passed to scale ${cause}`);
  }
  const readings: ConsoleReading[] = read.errors === '' ? [] : [refusal(read.errors)];
  const commands: ClusterCommand[] = [];
  const expected = flagNumber(invocation, 'current-replicas') ?? -1;
  for (const { kind, object } of read.targets) {
    if (!kind.hasScale) {
      readings.push(
        refusal('Error from server (NotFound): the server could not find the requested resource'),
      );
      continue;
    }
    const now = countAt(objectAt(asJson(object), 'spec'), 'replicas');
    if (expected >= 0 && now !== expected) {
      readings.push(refusal(`error: Expected replicas to be ${expected}, was ${now}`));
      continue;
    }
    commands.push(
      patchOf(
        refOf(kind, object),
        { spec: { replicas } },
        {
          patchType: 'merge',
          subresource: 'scale',
          said: 'scaled',
          fieldManager: 'kubectl',
        },
      ),
    );
  }
  return joined([...readings, intends(commands)]);
}
