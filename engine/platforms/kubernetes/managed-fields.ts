/**
 * Who wrote an object when.
 *
 * Why  Players read there who edited last (`get -o yaml --show-managed-fields`). Which fields each manager
 *      owns is not tracked: `fieldsV1` stays empty.
 */
import type { JsonObject } from './api-types.ts';
import { apiVersionOf, type Call } from './call.ts';
import { objectsAt, textAt } from './json-access.ts';
import { cloneJson } from './json-values.ts';
import { timestampAt } from './timestamps.ts';

/** The manager of a call: its field manager, else who asks without the word before the colon. */
function managerOf(call: Call): string {
  const manager = call.query.fieldManager ?? '';
  return manager !== '' ? manager : call.request.seat.slice(call.request.seat.indexOf(':') + 1);
}

/** Enters the call's manager into metadata: a new entry, or a new time on its old one. */
export function recordManager(meta: JsonObject, call: Call, subresource: string): void {
  const manager = managerOf(call);
  const operation = call.query.patchType === 'apply' ? 'Apply' : 'Update';
  const entry: JsonObject = {
    manager,
    operation,
    apiVersion: apiVersionOf(call.kind),
    time: timestampAt(call.store, call.atMicros),
    fieldsType: 'FieldsV1',
    fieldsV1: {},
  };
  if (subresource !== '') entry.subresource = subresource;
  const others = objectsAt(meta, 'managedFields').filter(
    (other) =>
      textAt(other, 'manager') !== manager ||
      textAt(other, 'operation') !== operation ||
      textAt(other, 'subresource') !== subresource,
  );
  meta.managedFields = [...cloneJson(others), entry];
}
