/**
 * Label and field selectors.
 *
 * Reads  objects only. A selector is parsed once per request and then matched against many objects.
 */
import type { Json, JsonObject, KubeObject } from './api-types.ts';
import { asJson, isObject, memberAt, objectsAt, textAt, textMapAt, textsAt, valueAt } from './json-access.ts';
import { compareText } from './json-values.ts';

/** One condition on one label. */
export type LabelRequirement = {
  /** Label key. */
  key: string;
  /** How the value is judged. */
  operator: 'in' | 'notin' | 'exists' | 'absent';
  /** Values of `in` and `notin`. */
  values: string[];
};

/** All conditions must hold; no condition matches everything. */
export type LabelSelector = LabelRequirement[];

/** One condition on one field. */
export type FieldRequirement = {
  /** Dotted field, e.g. `spec.nodeName`. */
  field: string;
  /** The value wanted, or not wanted. */
  value: string;
  /** True for `!=`. */
  negated: boolean;
};

/** A parsed selector, or why the text is none. */
export type SelectorParse<T> = { ok: true; selector: T } | { ok: false; error: string };

const KEY = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;

/** Splits at commas outside parentheses. */
function splitTerms(text: string): string[] {
  const terms: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      terms.push(text.slice(start, at));
      start = at + 1;
    }
  }
  terms.push(text.slice(start));
  return terms.map((term) => term.trim());
}

function parseLabelTerm(term: string): LabelRequirement | undefined {
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(term);
  if (set !== null) {
    const values = set[3].split(',').map((value) => value.trim());
    return { key: set[1], operator: set[2] === 'in' ? 'in' : 'notin', values };
  }
  const equality = /^([^=!\s]+)\s*(==|=|!=)\s*([^=!\s]*)$/.exec(term);
  if (equality !== null) {
    return { key: equality[1], operator: equality[2] === '!=' ? 'notin' : 'in', values: [equality[3]] };
  }
  if (term.startsWith('!')) return { key: term.slice(1).trim(), operator: 'absent', values: [] };
  return /^\S+$/.test(term) ? { key: term, operator: 'exists', values: [] } : undefined;
}

/** Parses the text form, e.g. `app=polls,tier!=edge,env in (a,b),!canary`. */
export function parseLabelSelector(text: string): SelectorParse<LabelSelector> {
  const selector: LabelSelector = [];
  if (text.trim() === '') return { ok: true, selector };
  for (const term of splitTerms(text)) {
    const requirement = parseLabelTerm(term);
    if (requirement === undefined || !KEY.test(requirement.key)) {
      const found = term === '' ? "''" : `'${term}'`;
      return { ok: false, error: `unable to parse requirement: found ${found}, expected: identifier` };
    }
    selector.push(requirement);
  }
  return { ok: true, selector };
}

const OPERATORS = new Map<string, LabelRequirement['operator']>([
  ['In', 'in'],
  ['NotIn', 'notin'],
  ['Exists', 'exists'],
  ['DoesNotExist', 'absent'],
]);

/** The selector of `{matchLabels, matchExpressions}`; an empty object selects everything. */
export function labelSelectorOf(source: JsonObject | undefined): LabelSelector {
  const selector: LabelSelector = [];
  const labels = textMapAt(source, 'matchLabels');
  for (const key of Object.keys(labels)) selector.push({ key, operator: 'in', values: [labels[key]] });
  for (const expression of objectsAt(source, 'matchExpressions')) {
    const operator = OPERATORS.get(textAt(expression, 'operator'));
    if (operator === undefined) continue;
    selector.push({ key: textAt(expression, 'key'), operator, values: textsAt(expression, 'values') });
  }
  return selector;
}

/** Does a set of labels meet every condition? */
export function matchesLabels(
  selector: LabelSelector,
  labels: { [key: string]: string } | undefined,
): boolean {
  return selector.every((requirement) => {
    const value = memberAt(labels, requirement.key);
    const has = typeof value === 'string';
    if (requirement.operator === 'exists') return has;
    if (requirement.operator === 'absent') return !has;
    const listed = has && requirement.values.includes(value);
    // As upstream: an absent label also counts as "not in".
    return requirement.operator === 'in' ? listed : !listed;
  });
}

/** The text form of a selector, sorted by key, as kubectl and Scale print it. */
export function formatLabelSelector(selector: LabelSelector): string {
  const sorted = selector
    .slice()
    .sort((a, b) => compareText(a.key, b.key) || compareText(a.operator, b.operator));
  return sorted
    .map((requirement) => {
      if (requirement.operator === 'exists') return requirement.key;
      if (requirement.operator === 'absent') return `!${requirement.key}`;
      const values = requirement.values.slice().sort(compareText);
      if (requirement.operator === 'in' && values.length === 1) return `${requirement.key}=${values[0]}`;
      return `${requirement.key} ${requirement.operator} (${values.join(',')})`;
    })
    .join(',');
}

/** Parses `spec.nodeName=worker-1,status.phase!=Running`; the fields must be among `supported`. */
export function parseFieldSelector(
  text: string,
  supported: readonly string[],
): SelectorParse<FieldRequirement[]> {
  const selector: FieldRequirement[] = [];
  for (const term of text.split(',').map((part) => part.trim())) {
    if (term === '') continue;
    const parts = /^([^=!]+?)\s*(==|=|!=)\s*(.*)$/.exec(term);
    if (parts === null) {
      return { ok: false, error: `invalid selector: '${text}'; can't understand '${term}'` };
    }
    if (!supported.includes(parts[1])) return { ok: false, error: `field label not supported: ${parts[1]}` };
    selector.push({ field: parts[1], value: parts[3], negated: parts[2] === '!=' });
  }
  return { ok: true, selector };
}

/** Boolean fields that a selector sees as "false" when they are absent. */
const BOOLEAN_FIELDS = ['spec.unschedulable', 'spec.hostNetwork'];

/** A field as selectors see it: text, '' when absent. */
function fieldText(object: KubeObject, field: string): string {
  const root = asJson(object);
  if (field === 'source') {
    return textAt(root, 'reportingComponent') || String(valueAt(root, 'source', 'component') ?? '');
  }
  if (field === 'status.podIPs') {
    const list = valueAt(root, 'status', 'podIPs');
    return (Array.isArray(list) ? list : [])
      .map((item: Json) => (isObject(item) ? textAt(item, 'ip') : ''))
      .join(',');
  }
  const value = valueAt(root, ...field.split('.'));
  if (value === undefined || value === null) return BOOLEAN_FIELDS.includes(field) ? 'false' : '';
  return String(value);
}

/** Does an object meet every field condition? */
export function matchesFields(selector: FieldRequirement[], object: KubeObject): boolean {
  return selector.every((one) => (fieldText(object, one.field) === one.value) !== one.negated);
}
