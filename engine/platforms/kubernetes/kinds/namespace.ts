/** Namespace (v1). */
import type { JsonObject } from '../api-types.ts';
import { textAt, valueAt } from '../json-access.ts';
import type { KindDefinition } from '../kind-definition.ts';
import { column } from '../kind-definition.ts';
import { metaOf } from '../object-meta.ts';
import { ageCell, nameCell } from './cell-text.ts';
import { ensureObject } from './defaults.ts';

function prepareCreate(draft: JsonObject): void {
  ensureObject(draft, 'spec').finalizers = ['kubernetes'];
  draft.status = { phase: 'Active' };
}

/** The name is also a label, so that selectors can name a namespace. */
function applyDefaults(draft: JsonObject): void {
  const meta = metaOf(draft);
  ensureObject(meta, 'labels')['kubernetes.io/metadata.name'] = textAt(meta, 'name');
}

/** Namespace. */
export const NAMESPACE: KindDefinition = {
  group: '',
  version: 'v1',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  kind: 'Namespace',
  namespaced: false,
  categories: [],
  hasStatus: true,
  hasScale: false,
  countsGeneration: false,
  fieldLabels: ['status.phase'],
  nameRule: 'label',
  prepareCreate,
  prepareUpdate: (draft) => {
    ensureObject(draft, 'spec').finalizers = ['kubernetes'];
  },
  applyDefaults,
  validate: () => [],
  columns: [column('Name', 'string'), column('Status', 'string'), column('Age', 'string')],
  cells: (object, context) => [
    nameCell(object),
    String(valueAt(object, 'status', 'phase') ?? ''),
    ageCell(object, context),
  ],
};
