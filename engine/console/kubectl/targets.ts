/** The objects that a writing verb is about, read once so that what is missing is told at once. */
import { refusal } from '../reading.ts';
import type { ConsoleReading } from '../console-types.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { fetchWanted } from './ask.ts';
import { selectorsOf } from './get.ts';
import { commandPath, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { readWanted } from './wanted.ts';

/** One object with its kind. */
export type Target = { kind: KindDefinition; object: KubeObject };

/** The objects, with what was not found; or kubectl's complaint about the words. */
export type TargetReading =
  { ok: true; targets: Target[]; errors: string } | { ok: false; reading: ConsoleReading };

const NOTHING_NAMED =
  'error: You must provide one or more resources by argument or filename.\n' +
  "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n" +
  "   '<resource> <name>'\n   '<resource>'";

/**
 * Reads the objects that words, `-l` and `--all` name. With `mayMeanAll` a kind alone means all of its kind,
 * as `kubectl rollout` takes it.
 */
export function readTargets(
  invocation: Invocation,
  words: readonly string[],
  mayMeanAll = false,
): TargetReading {
  const fail = (text: string): TargetReading => ({ ok: false, reading: refusal(text) });
  const dryRun = refuseDryRun(invocation);
  if (dryRun) return { ok: false, reading: dryRun };
  if (invocation.flags.has('filename') || flagText(invocation, 'kustomize') !== undefined) {
    return fail(`error: ${commandPath(invocation)} -f is not understood here; name the objects`);
  }
  if (words.length === 0) {
    return fail(NOTHING_NAMED);
  }
  const read = readWanted(words);
  if (!read.ok) return fail(read.error);
  const named = read.wanted.every(({ name }) => name !== null);
  const broad = invocation.flags.has('selector') || flagOn(invocation, 'all');
  if (!named && !broad && !mayMeanAll)
    return fail('error: resource(s) were provided, but no name was specified');
  if (named && broad) return fail('error: name cannot be provided when a selector is specified');
  const fetched = fetchWanted(invocation, read.wanted, selectorsOf(invocation));
  if (fetched.found.length === 0 && fetched.errors === '')
    return fail('error: no objects passed to the command');
  return { ok: true, targets: fetched.found, errors: fetched.errors };
}

/** A dry run would have to show what it would have done; it is refused in place of doing it. */
export function refuseDryRun(invocation: Invocation): ConsoleReading | null {
  const text = flagText(invocation, 'dry-run');
  if (text === undefined || text === 'none' || text === 'false') return null;
  if (!['', 'client', 'server', 'unchanged', 'true'].includes(text)) {
    return refusal(`error: Invalid dry-run value (${text}). Must be "none", "server", or "client".`);
  }
  return refusal('error: --dry-run is not understood here; nothing was changed');
}
