/** Which subresource answers what: scale, binding, eviction, ephemeralcontainers. */
import type { ApiAnswer, KubeObject } from './api-types.ts';
import type { Call } from './call.ts';
import { patchObject } from './patch-object.ts';
import { bindPod } from './pod-binding.ts';
import { evictPod } from './pod-eviction.ts';
import { requestScale } from './scale.ts';
import { methodNotAllowed, notFound, unknownResource } from './status.ts';

/** Answers a request about a subresource other than status. Logs and exec are no matter of the store. */
export function requestSubresource(call: Call, current: KubeObject | undefined): ApiAnswer {
  const { kind, request } = call;
  const subresource = request.subresource ?? '';
  const isPod = kind.kind === 'Pod';
  const isServed = subresource === 'scale' ? kind.hasScale : isPod && POD_SUBRESOURCES.includes(subresource);
  if (!isServed) return unknownResource();
  if (current === undefined) return notFound(kind, request.name ?? '');
  if (subresource === 'scale') return requestScale(call, current);
  if (subresource === 'ephemeralcontainers') {
    return request.verb === 'patch' ? patchObject(call, current, 'main') : methodNotAllowed();
  }
  if (request.verb !== 'create') return methodNotAllowed();
  return subresource === 'binding' ? bindPod(call, current) : evictPod(call, current);
}

const POD_SUBRESOURCES = ['binding', 'eviction', 'ephemeralcontainers'];
