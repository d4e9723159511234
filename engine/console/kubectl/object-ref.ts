/** Naming the object that a command is about. */
import type { ObjectRef, PatchObject } from '../../protocol/cluster-commands.ts';
import type { Json, KubeObject } from '../../platforms/kubernetes/api-types.ts';
import type { KindDefinition } from '../../platforms/kubernetes/kind-definition.ts';
import type { Invocation } from './invocation.ts';

/** The reference of an object by name, in the namespace in effect. */
export function refByName(invocation: Invocation, kind: KindDefinition, name: string): ObjectRef {
  const { group, version, plural: resource } = kind;
  return { group, version, resource, namespace: kind.namespaced ? invocation.namespace : '', name };
}

/** The reference of an object that was read. */
export function refOf(kind: KindDefinition, object: KubeObject): ObjectRef {
  const { group, version, plural: resource } = kind;
  return { group, version, resource, namespace: object.metadata.namespace ?? '', name: object.metadata.name };
}

/** A patch of an object. */
export function patchOf(
  target: ObjectRef,
  patch: Json,
  how: { patchType?: PatchObject['patchType']; said: string; fieldManager: string; subresource?: string },
): PatchObject {
  const { patchType = 'strategic', said, fieldManager, subresource = '' } = how;
  return { type: 'PatchObject', target, subresource, patchType, patch, fieldManager, said };
}
