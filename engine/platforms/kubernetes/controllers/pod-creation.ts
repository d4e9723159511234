/** Making a pod from a template, as every workload controller does. */
import type { Json, JsonObject, KubeObject } from '../api-types.ts';
import { objectAt, textMapAt, textsAt } from '../json-access.ts';
import { cloneJson } from '../json-values.ts';

/** The pod that a template describes, owned by its controller; `name` ends in `-` for a generated one. */
export function podFromTemplate(
  owner: KubeObject,
  template: JsonObject | undefined,
  name: string,
): JsonObject {
  const meta = objectAt(template, 'metadata');
  const metadata: JsonObject = {
    namespace: owner.metadata.namespace ?? '',
    labels: { ...textMapAt(meta, 'labels') },
    ownerReferences: [
      {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        name: owner.metadata.name,
        uid: owner.metadata.uid,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
  };
  const annotations = textMapAt(meta, 'annotations');
  if (Object.keys(annotations).length > 0) metadata.annotations = { ...annotations };
  const finalizers: Json[] = textsAt(meta, 'finalizers');
  if (finalizers.length > 0) metadata.finalizers = finalizers.slice();
  metadata[name.endsWith('-') ? 'generateName' : 'name'] = name;
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: cloneJson(objectAt(template, 'spec') ?? {}) };
}
