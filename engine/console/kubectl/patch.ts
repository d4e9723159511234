/** `kubectl patch`. */
import type { ConsoleReading } from '../console-types.ts';
import { readYaml } from '../read-yaml.ts';
import { intends, joined, refusal } from '../reading.ts';
import type { PatchObject } from '../../protocol/cluster-commands.ts';
import type { Json } from '../../platforms/kubernetes/api-types.ts';
import { flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { patchOf, refOf } from './object-ref.ts';
import { readTargets } from './targets.ts';

const TYPES: { readonly [type: string]: PatchObject['patchType'] } = {
  json: 'json',
  merge: 'merge',
  strategic: 'strategic',
};

/** Answers `kubectl patch …`. */
export function runPatch(invocation: Invocation): ConsoleReading {
  const type = (flagText(invocation, 'type') ?? 'strategic').toLowerCase();
  if (!Object.hasOwn(TYPES, type)) {
    return refusal(`error: --type must be one of [json merge strategic], not ${JSON.stringify(type)}`);
  }
  if (flagText(invocation, 'patch-file') !== undefined) {
    return refusal("error: --patch-file is not understood here; give the patch in the line: -p '{…}'");
  }
  const given = flagText(invocation, 'patch');
  if (given === undefined || given === '')
    return refusal('error: must specify --patch or --patch-file containing the contents of the patch');
  const text = given === '-' ? invocation.stdin : given;
  const patch = readPatch(text);
  if (!patch.ok) return refusal(patch.error);
  const read = readTargets(invocation, invocation.words);
  if (!read.ok) return read.reading;
  const commands = read.targets.map(({ kind, object }) =>
    patchOf(refOf(kind, object), patch.value, {
      patchType: TYPES[type],
      said: 'patched',
      fieldManager: flagText(invocation, 'field-manager') ?? 'kubectl-patch',
      subresource: flagText(invocation, 'subresource') ?? '',
    }),
  );
  return read.errors === '' ? intends(commands) : joined([refusal(read.errors), intends(commands)]);
}

/** A patch may be JSON or YAML. */
function readPatch(text: string): { ok: true; value: Json } | { ok: false; error: string } {
  const read = readYaml(text);
  if (!read.ok) {
    return {
      ok: false,
      error: `error: unable to parse ${JSON.stringify(text.slice(0, 500))}: ${read.error}`,
    };
  }
  const [value] = read.documents;
  if (typeof value !== 'object' || value === null) {
    return {
      ok: false,
      error: `error: unable to parse ${JSON.stringify(text.slice(0, 500))}: a patch is an object or a list`,
    };
  }
  return { ok: true, value };
}
