/** Event (v1): what happened to an object, as `kubectl get events` and `describe` show it. */
import type { Json, JsonObject } from '../api-types.ts';
import type { FieldError } from '../field-errors.ts';
import { invalidValue } from '../field-errors.ts';
import { countAt, objectAt, textAt } from '../json-access.ts';
import type { KindContext, KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { metaOf } from '../object-meta.ts';
import { nameCell, sinceCell } from './cell-text.ts';

function validate(object: JsonObject): FieldError[] {
  const namespace = textAt(objectAt(object, 'involvedObject'), 'namespace');
  const own = textAt(metaOf(object), 'namespace');
  // Events about cluster-scoped objects stand in `default`.
  if (namespace === own || (namespace === '' && own === 'default')) return [];
  return [invalidValue('involvedObject.namespace', namespace, 'does not match event.namespace')];
}

function sourceCell(object: JsonObject): string {
  const source = objectAt(object, 'source');
  const component = textAt(source, 'component') || textAt(object, 'reportingComponent');
  const host = textAt(source, 'host') || textAt(object, 'reportingInstance');
  return host === '' ? component : `${component}, ${host}`;
}

function cells(object: JsonObject, context: KindContext): Json[] {
  const involved = objectAt(object, 'involvedObject');
  const first = textAt(object, 'firstTimestamp') || textAt(object, 'eventTime');
  const last = textAt(object, 'lastTimestamp') || first;
  const name = textAt(involved, 'name');
  const kind = textAt(involved, 'kind').toLowerCase();
  return [
    sinceCell(context, last),
    textAt(object, 'type'),
    textAt(object, 'reason'),
    name === '' ? kind : `${kind}/${name}`,
    textAt(involved, 'fieldPath'),
    sourceCell(object),
    textAt(object, 'message').trim(),
    sinceCell(context, first),
    countAt(object, 'count') || 1,
    nameCell(object),
  ];
}

/** Event. */
export const EVENT: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'events',
  singular: 'event',
  shortNames: ['ev'],
  kind: 'Event',
  namespaced: true,
  categories: [],
  hasStatus: false,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  nameRule: 'subdomain',
  applyDefaults: () => {},
  validate,
  columns: [
    column('Last Seen', 'string'),
    column('Type', 'string'),
    column('Reason', 'string'),
    column('Object', 'string'),
    column('Subobject', 'string', 1),
    column('Source', 'string', 1),
    column('Message', 'string'),
    column('First Seen', 'string', 1),
    column('Count', 'string', 1),
    column('Name', 'string', 1),
  ],
  cells,
};
