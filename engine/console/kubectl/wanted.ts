/** Reads the words that name objects: `pods a b`, `pod/a svc/b`, `pods,svc`, `all`. */
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { kindsOfCategory, unknownKind } from './resource-names.ts';

/** One thing asked for: an object, or all of a kind. */
export type Wanted = {
  /** Kind. */
  kind: KindDefinition;
  /** Name; null = all that selectors let through. */
  name: string | null;
};

/** What was asked for, or kubectl's complaint. */
export type WantedReading = { ok: true; wanted: Wanted[] } | { ok: false; error: string };

/** Reads the words after a verb. */
export function readWanted(words: readonly string[]): WantedReading {
  if (words.some((word) => word.includes('/'))) return readSlashed(words);
  const kinds: KindDefinition[] = [];
  for (const part of (words[0] ?? '').split(',')) {
    const category = part === 'all' ? kindsOfCategory('all') : [];
    const kind = findResourceByWord(part);
    if (category.length > 0) kinds.push(...category);
    else if (kind) kinds.push(kind);
    else if (part === '')
      return { ok: false, error: 'error: arguments must consist of a resource and a name' };
    else return { ok: false, error: unknownKind(part) };
  }
  const names = words.slice(1);
  if (names.length === 0) return { ok: true, wanted: kinds.map((kind) => ({ kind, name: null })) };
  if (names.includes('')) return { ok: false, error: 'error: resource name may not be empty' };
  return { ok: true, wanted: kinds.flatMap((kind) => names.map((name) => ({ kind, name }))) };
}

function readSlashed(words: readonly string[]): WantedReading {
  const wanted: Wanted[] = [];
  for (const [index, word] of words.entries()) {
    const parts = word.split('/');
    if (parts.length === 1) {
      return {
        ok: false,
        error:
          index === 0 && words.length > 1
            ? 'error: there is no need to specify a resource type as a separate argument when ' +
              "passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' " +
              "instead of 'kubectl get resource resource/<resource_name>'"
            : `error: arguments in resource/name form must have a single resource and name`,
      };
    }
    if (parts.length > 2) {
      return { ok: false, error: 'error: arguments in resource/name form may not have more than one slash' };
    }
    if (parts[0] === '' || parts[1] === '') {
      return {
        ok: false,
        error: 'error: arguments in resource/name form must have a single resource and name',
      };
    }
    for (const part of parts[0].split(',')) {
      const kind = findResourceByWord(part);
      if (!kind) return { ok: false, error: unknownKind(part) };
      wanted.push({ kind, name: parts[1] });
    }
  }
  return { ok: true, wanted };
}
