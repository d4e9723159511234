/** What the store must know of a kind: its names, defaults, rules and columns. */
import type { Json, JsonObject, TableColumn } from './api-types.ts';
import type { FieldError } from './field-errors.ts';
import type { Refusal } from './status.ts';
import type { Store } from './store-state.ts';

/** What a kind's functions may look at besides the object. */
export type KindContext = {
  /** The store, for references to other objects and for the calendar. Only read. */
  store: Store;
  /** Now. */
  atMicros: number;
};

/** How names of a kind are formed. */
export type NameRule = 'subdomain' | 'label' | 'service';

/** One kind of object. Functions get decoded objects: every field is absent or of its type. */
export type KindDefinition = {
  /** API group, '' for core. */
  group: string;
  /** API version. */
  version: string;
  /** Plural resource name. */
  plural: string;
  /** Singular resource name. */
  singular: string;
  /** Abbreviations kubectl accepts. */
  shortNames: readonly string[];
  /** Kind, also the name of its schema type. */
  kind: string;
  /** False for cluster-scoped kinds. */
  namespaced: boolean;
  /** Groups of resources, e.g. `all`. */
  categories: readonly string[];
  /** Has a status subresource, so main writes leave status alone. */
  hasStatus: boolean;
  /** Has a scale subresource. */
  hasScale: boolean;
  /** `metadata.generation` counts changes of spec. */
  countsGeneration: boolean;
  /** Fields a field selector may name besides metadata.name and metadata.namespace. */
  fieldLabels: readonly string[];
  /** How names are formed. */
  nameRule: NameRule;
  /** What the server adds on creation: initial status, addresses, finalizers. Changes the draft. */
  prepareCreate?: (draft: JsonObject, context: KindContext) => void;
  /** What the server carries over on update. Changes the draft. */
  prepareUpdate?: (draft: JsonObject, current: JsonObject, context: KindContext) => void;
  /** Server-side defaults. Changes the draft; must do nothing to an object it has already been through. */
  applyDefaults: (draft: JsonObject) => void;
  /** What is wrong with the object by itself. */
  validate: (object: JsonObject, context: KindContext) => FieldError[];
  /** What may not change. */
  validateUpdate?: (object: JsonObject, current: JsonObject, context: KindContext) => FieldError[];
  /** Refusals by admission rules, which answer 403 in place of 422. */
  admit?: (object: JsonObject, current: JsonObject | undefined, context: KindContext) => Refusal | undefined;
  /** Columns of `kubectl get`. */
  columns: readonly TableColumn[];
  /** The cells of one row, one a column. */
  cells: (object: JsonObject, context: KindContext) => Json[];
};

/** A column; `priority` 1 shows it only with `-o wide`. */
export function column(name: string, type: string, priority = 0): TableColumn {
  return { name, type, format: name === 'Name' && priority === 0 ? 'name' : '', description: '', priority };
}
