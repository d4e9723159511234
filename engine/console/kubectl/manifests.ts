/** Objects given as YAML or JSON on standard input, for `apply`, `create`, `replace` and `delete -f -`. */
import { readYaml } from '../read-yaml.ts';
import type { JsonObject } from '../../platforms/kubernetes/api-types.ts';
import { isObject, objectAt, objectsAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { cloneJson } from '../../platforms/kubernetes/json-values.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import { findKind } from '../../platforms/kubernetes/resources.ts';
import { flagList } from './invocation.ts';
import type { Invocation } from './invocation.ts';

/** One object as it was given. */
export type Manifest = {
  /** Its kind. */
  kind: KindDefinition;
  /** Name; '' when it has only a generateName. */
  name: string;
  /** Namespace it goes to, '' for cluster-scoped kinds. */
  namespace: string;
  /** The object, with its namespace filled in. */
  object: JsonObject;
};

/** The objects, or kubectl's complaint. */
export type ManifestReading = { ok: true; manifests: Manifest[] } | { ok: false; error: string };

const MANIFESTS_MAX = 100;

/** Reads the objects of `-f -`. */
export function readManifests(invocation: Invocation): ManifestReading {
  const files = flagList(invocation, 'filename');
  if (files.some((file) => file !== '-')) {
    const file = files.find((name) => name !== '-') ?? '';
    return {
      ok: false,
      error:
        `error: the path "${file}" cannot be read by kubectl here; pipe it: cat ${file} | ` +
        `kubectl ${invocation.verb} -f -`,
    };
  }
  if (invocation.stdin.trim() === '')
    return { ok: false, error: `error: no objects passed to ${invocation.verb}` };
  const read = readYaml(invocation.stdin);
  if (!read.ok) {
    return { ok: false, error: `error: error parsing STDIN: error converting YAML to JSON: ${read.error}` };
  }
  const manifests: Manifest[] = [];
  for (const document of read.documents) {
    const isList = isObject(document) && textAt(document, 'kind') === 'List';
    const objects = isList ? objectsAt(document, 'items') : [document];
    for (const object of objects) {
      if (!isObject(object)) {
        return { ok: false, error: 'error: unable to decode "STDIN": json: cannot unmarshal into an object' };
      }
      const made = manifestOf(invocation, object);
      if (typeof made === 'string') return { ok: false, error: made };
      manifests.push(made);
    }
    if (manifests.length > MANIFESTS_MAX)
      return { ok: false, error: `error: at most ${MANIFESTS_MAX} objects at once` };
  }
  if (manifests.length === 0) return { ok: false, error: `error: no objects passed to ${invocation.verb}` };
  return { ok: true, manifests };
}

function manifestOf(invocation: Invocation, object: JsonObject): Manifest | string {
  const [apiVersion, kindName] = [textAt(object, 'apiVersion'), textAt(object, 'kind')];
  if (apiVersion === '' || kindName === '') {
    const both = apiVersion === '' && kindName === '';
    const one = apiVersion === '' ? 'apiVersion not set' : 'kind not set';
    const missing = both ? '[apiVersion not set, kind not set]' : one;
    return (
      `error: error validating "STDIN": error validating data: ${missing}; ` +
      'if you choose to ignore these errors, turn validation off with --validate=false'
    );
  }
  const kind = findKind(apiVersion, kindName);
  if (!kind) {
    return (
      `error: resource mapping not found for name: "${textAt(objectAt(object, 'metadata'), 'name')}" ` +
      'namespace: "" ' +
      `from "STDIN": no matches for kind "${kindName}" in version "${apiVersion}"\nensure CRDs are ` +
      'installed first'
    );
  }
  const copy = cloneJson(object);
  const meta = objectAt(copy, 'metadata') ?? {};
  copy.metadata = meta;
  const given = textAt(meta, 'namespace');
  if (
    kind.namespaced &&
    given !== '' &&
    invocation.flags.has('namespace') &&
    given !== invocation.namespace
  ) {
    return (
      `error: the namespace from the provided object "${given}" does not match the namespace ` +
      `"${invocation.namespace}". ` +
      `You must pass '--namespace=${given}' to perform this operation.`
    );
  }
  const namespace = kind.namespaced ? given || invocation.namespace : '';
  if (kind.namespaced) meta.namespace = namespace;
  else delete meta.namespace;
  return { kind, name: textAt(meta, 'name'), namespace, object: copy };
}
