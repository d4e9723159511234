/** Rules and system fields of `metadata`, the same for every kind. */
import type { JsonObject } from './api-types.ts';
import { utf8Length } from './base64.ts';
import type { FieldError } from './field-errors.ts';
import { forbiddenValue, invalidValue, requiredValue, tooLong } from './field-errors.ts';
import { goTexts } from './go-text.ts';
import { flagAt, memberAt, objectAt, objectsAt, textAt, textMapAt, textsAt } from './json-access.ts';
import { cloneJson, equalJson } from './json-values.ts';
import type { NameRule } from './kind-definition.ts';
import {
  labelNameProblem,
  labelValueProblem,
  qualifiedNameProblem,
  serviceNameProblem,
  subdomainProblem,
} from './names.ts';

const LARGEST_ANNOTATIONS = 262144;

const NAME_PROBLEMS = {
  subdomain: subdomainProblem,
  label: labelNameProblem,
  service: serviceNameProblem,
} as const;

/** Adds the complaints about a map of labels. */
export function checkLabels(errors: FieldError[], field: string, labels: { [key: string]: string }): void {
  for (const key of Object.keys(labels)) {
    const keyProblem = qualifiedNameProblem(key);
    if (keyProblem !== undefined) errors.push(invalidValue(field, key, keyProblem));
    const valueProblem = labelValueProblem(labels[key]);
    if (valueProblem !== undefined) errors.push(invalidValue(field, labels[key], valueProblem));
  }
}

/** Adds the complaints about annotations. */
export function checkAnnotations(
  errors: FieldError[],
  field: string,
  annotations: { [key: string]: string },
): void {
  let size = 0;
  for (const key of Object.keys(annotations)) {
    const problem = qualifiedNameProblem(key.toLowerCase());
    if (problem !== undefined) errors.push(invalidValue(field, key, problem));
    size += key.length + utf8Length(annotations[key]);
  }
  if (size > LARGEST_ANNOTATIONS) errors.push(tooLong(field, LARGEST_ANNOTATIONS));
}

function checkOwners(errors: FieldError[], meta: JsonObject): void {
  const field = 'metadata.ownerReferences';
  const controllers: string[] = [];
  objectsAt(meta, 'ownerReferences').forEach((owner, at) => {
    for (const key of ['apiVersion', 'kind', 'name', 'uid']) {
      if (textAt(owner, key) === '') {
        const word = key === 'apiVersion' ? 'version' : key;
        errors.push(invalidValue(`${field}[${at}].${key}`, '', `${word} must not be empty`));
      }
    }
    if (flagAt(owner, 'controller')) controllers.push(textAt(owner, 'name'));
  });
  if (controllers.length > 1) {
    const detail =
      'Only one reference can have Controller set to true. Found "true" in references for ' +
      `${controllers[0]} and ${controllers[1]}`;
    errors.push(invalidValue(field, { raw: `[]v1.OwnerReference of ${controllers.length}` }, detail));
  }
}

/** What is wrong with the metadata of an object. */
export function validateMeta(meta: JsonObject, rule: NameRule): FieldError[] {
  const errors: FieldError[] = [];
  const name = textAt(meta, 'name');
  if (name === '') errors.push(requiredValue('metadata.name', 'name or generateName is required'));
  else {
    const problem = NAME_PROBLEMS[rule](name);
    if (problem !== undefined) errors.push(invalidValue('metadata.name', name, problem));
  }
  checkLabels(errors, 'metadata.labels', textMapAt(meta, 'labels'));
  checkAnnotations(errors, 'metadata.annotations', textMapAt(meta, 'annotations'));
  checkOwners(errors, meta);
  for (const finalizer of textsAt(meta, 'finalizers')) {
    const problem = qualifiedNameProblem(finalizer);
    if (problem !== undefined) errors.push(invalidValue('metadata.finalizers', finalizer, problem));
  }
  return errors;
}

/** What may not change in metadata. */
export function validateMetaUpdate(meta: JsonObject, current: JsonObject): FieldError[] {
  if (textAt(current, 'deletionTimestamp') === '') return [];
  const before = textsAt(current, 'finalizers');
  const added = textsAt(meta, 'finalizers').filter((finalizer) => !before.includes(finalizer));
  if (added.length === 0) return [];
  const detail =
    'no new finalizers can be added if the object is being deleted, found new finalizers ' + goTexts(added);
  return [forbiddenValue('metadata.finalizers', detail)];
}

/** Members of metadata that a client may change; the rest is the server's. */
const CLIENT_MEMBERS = ['labels', 'annotations', 'ownerReferences', 'finalizers'];

/** Metadata after an update: the server's members from the stored object, the client's from the draft. */
export function updatedMeta(draft: JsonObject | undefined, current: JsonObject): JsonObject {
  const meta = cloneJson(current);
  for (const member of CLIENT_MEMBERS) {
    const value = memberAt(draft, member);
    const isEmpty = value === undefined || value === null || Object.keys(value).length === 0;
    if (isEmpty) delete meta[member];
    else meta[member] = cloneJson(value);
  }
  return meta;
}

/** True when a draft's metadata differs from the stored one in anything a client may change. */
export function metaDiffers(draft: JsonObject, current: JsonObject): boolean {
  return CLIENT_MEMBERS.some((member) => !equalJson(memberAt(draft, member), memberAt(current, member)));
}

/** The metadata of an object held as JSON. */
export function metaOf(object: JsonObject): JsonObject {
  return objectAt(object, 'metadata') ?? {};
}
