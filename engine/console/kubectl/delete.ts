/** `kubectl delete`. */
import type { ConsoleReading } from '../console-types.ts';
import { intends, joined, refusal, shown } from '../reading.ts';
import type { ClusterCommand, DeleteObject } from '../../protocol/cluster-commands.ts';
import { didYouMean, getObject, listObjects } from './ask.ts';
import { selectorsOf } from './get.ts';
import { flagNumber, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { readManifests } from './manifests.ts';
import { refByName, refOf } from './object-ref.ts';
import { refuseDryRun } from './targets.ts';
import { readWanted } from './wanted.ts';
import type { Wanted } from './wanted.ts';

const POLICIES: { readonly [word: string]: DeleteObject['propagationPolicy'] } = {
  background: 'Background',
  foreground: 'Foreground',
  orphan: 'Orphan',
  true: 'Background',
  false: 'Orphan',
};

/** Answers `kubectl delete …`. */
export function runDelete(invocation: Invocation): ConsoleReading {
  const refused = refuseDryRun(invocation) ?? checkFlags(invocation);
  if (refused) return refused;
  const wanted = readDeleted(invocation);
  if (!wanted.ok) return refusal(wanted.error);
  const readings: ConsoleReading[] = [forceWarning(invocation)];
  const commands: ClusterCommand[] = [];
  for (const { kind, name } of wanted.wanted) {
    if (name !== null) {
      if (flagOn(invocation, 'ignore-not-found') && !getObject(invocation, kind, name).ok) continue;
      const hint = getObject(invocation, kind, name).ok ? '' : didYouMean(invocation, kind, name);
      if (hint !== '') readings.push({ ...refusal(hint), exitCode: 0 });
      commands.push(deletion(invocation, refByName(invocation, kind, name)));
      continue;
    }
    const list = listObjects(invocation, kind, selectorsOf(invocation));
    if (!list.ok) readings.push(refusal(list.error));
    else commands.push(...list.value.map((object) => deletion(invocation, refOf(kind, object))));
  }
  if (commands.length === 0 && readings.every(({ exitCode }) => exitCode === 0)) {
    return flagOn(invocation, 'ignore-not-found') ? joined(readings) : shown('No resources found\n');
  }
  return joined([...readings, intends(commands)]);
}

function checkFlags(invocation: Invocation): ConsoleReading | null {
  const grace = flagNumber(invocation, 'grace-period') ?? -1;
  const force = flagOn(invocation, 'force');
  if (flagOn(invocation, 'now') && grace !== -1) {
    return refusal('error: --now and --grace-period cannot be specified together');
  }
  if (force && grace > 0) {
    return refusal('error: --force and --grace-period greater than 0 cannot be specified together');
  }
  if (grace === 0 && !force) {
    // As kubectl: an immediate deletion that is not forced waits one second for the kubelet.
    return null;
  }
  const cascade = flagText(invocation, 'cascade');
  if (cascade !== undefined && cascade !== '' && !Object.hasOwn(POLICIES, cascade)) {
    return refusal(
      `error: invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    );
  }
  if (flagOn(invocation, 'interactive')) {
    return refusal('error: --interactive asks back, which is not possible here; nothing was deleted');
  }
  return null;
}

type DeletedReading = { ok: true; wanted: Wanted[] } | { ok: false; error: string };

function readDeleted(invocation: Invocation): DeletedReading {
  if (invocation.flags.has('filename')) {
    const read = readManifests(invocation);
    if (!read.ok) return read;
    return { ok: true, wanted: read.manifests.map(({ kind, name }) => ({ kind, name })) };
  }
  if (invocation.words.length === 0) {
    return {
      ok: false,
      error:
        'error: You must provide one or more resources by argument or filename.\nExample resource ' +
        "specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> " +
        "<name>'\n   '<resource>'",
    };
  }
  const read = readWanted(invocation.words);
  if (!read.ok) return read;
  const named = read.wanted.every(({ name }) => name !== null);
  const selected = invocation.flags.has('selector') || invocation.flags.has('field-selector');
  const all = flagOn(invocation, 'all');
  if (selected && all)
    return { ok: false, error: "error: setting 'all' parameter but found a non empty selector. " };
  if (named && selected)
    return { ok: false, error: 'error: name cannot be provided when a selector is specified' };
  if (named && all) {
    return { ok: false, error: "error: setting 'all' parameter but found a non empty selector. " };
  }
  if (!named && !selected && !all) {
    return { ok: false, error: 'error: resource(s) were provided, but no name was specified' };
  }
  if (named && invocation.allNamespaces) {
    return { ok: false, error: 'error: a resource cannot be retrieved by name across all namespaces' };
  }
  return read;
}

function forceWarning(invocation: Invocation): ConsoleReading {
  const warning =
    'Warning: Immediate deletion does not wait for confirmation that the running resource has been ' +
    'terminated. ' +
    'The resource may continue to run on the cluster indefinitely.\n';
  return { ...intends([]), stderr: flagOn(invocation, 'force') ? warning : '' };
}

function deletion(invocation: Invocation, target: DeleteObject['target']): DeleteObject {
  const grace = flagNumber(invocation, 'grace-period') ?? -1;
  const force = flagOn(invocation, 'force');
  const now = flagOn(invocation, 'now');
  const asked = now ? 1 : grace === 0 && !force ? 1 : grace;
  const cascade = flagText(invocation, 'cascade') ?? 'background';
  return {
    type: 'DeleteObject',
    target,
    gracePeriodSeconds: force && grace < 0 ? 0 : asked < 0 ? null : asked,
    propagationPolicy: POLICIES[cascade] ?? 'Background',
  };
}
