/** What is wrong with one field of an object, worded as apimachinery's field errors. */
import type { JsonObject } from './api-types.ts';
import { goQuoted } from './go-text.ts';

/** One complaint about one field. */
export type FieldError = {
  /** Machine word, e.g. `FieldValueInvalid`; goes into the Status causes. */
  reason: string;
  /** Path, e.g. `spec.template.spec.containers[0].name`. */
  field: string;
  /** What is printed after the path. */
  message: string;
};

/** A value as a message prints it: strings quoted, numbers and booleans bare, `raw` for Go dumps. */
export type PrintedValue = string | number | boolean | { raw: string };

function printed(value: PrintedValue): string {
  if (typeof value === 'string') return goQuoted(value);
  return typeof value === 'object' ? value.raw : String(value);
}

function withDetail(head: string, detail: string): string {
  return detail === '' ? head : `${head}: ${detail}`;
}

/** "Invalid value": the value breaks a rule. */
export function invalidValue(field: string, value: PrintedValue, detail: string): FieldError {
  return {
    reason: 'FieldValueInvalid',
    field,
    message: withDetail(`Invalid value: ${printed(value)}`, detail),
  };
}

/** "Required value": the value is missing. */
export function requiredValue(field: string, detail = ''): FieldError {
  return { reason: 'FieldValueRequired', field, message: withDetail('Required value', detail) };
}

/** "Forbidden": the value may not be set, or not be changed. */
export function forbiddenValue(field: string, detail: string): FieldError {
  return { reason: 'FieldValueForbidden', field, message: withDetail('Forbidden', detail) };
}

/** "Duplicate value". */
export function duplicateValue(field: string, value: PrintedValue): FieldError {
  return { reason: 'FieldValueDuplicate', field, message: `Duplicate value: ${printed(value)}` };
}

/** "Not found": a reference inside the object leads nowhere. */
export function missingValue(field: string, value: PrintedValue): FieldError {
  return { reason: 'FieldValueNotFound', field, message: `Not found: ${printed(value)}` };
}

/** "Unsupported value": not one of the known words. */
export function unsupportedValue(
  field: string,
  value: PrintedValue,
  supported: readonly string[],
): FieldError {
  const words = supported.map(goQuoted).join(', ');
  const message = `Unsupported value: ${printed(value)}: supported values: ${words}`;
  return { reason: 'FieldValueNotSupported', field, message };
}

/** "Too long". */
export function tooLong(field: string, largest: number): FieldError {
  return { reason: 'FieldValueTooLong', field, message: `Too long: may not be more than ${largest} bytes` };
}

/** Adds an error for a word that is none of the supported ones; absent words pass. */
export function checkWord(
  errors: FieldError[],
  field: string,
  word: string,
  supported: readonly string[],
): void {
  if (word !== '' && !supported.includes(word)) errors.push(unsupportedValue(field, word, supported));
}

/** Adds an error for a number below zero; absent numbers pass. */
export function checkNotNegative(errors: FieldError[], field: string, value: number | undefined): void {
  if (value !== undefined && value < 0) {
    errors.push(invalidValue(field, value, 'must be greater than or equal to 0'));
  }
}

/** The causes of an Invalid Status. */
export function statusCauses(errors: readonly FieldError[]): JsonObject[] {
  return errors.map((error) => ({ reason: error.reason, message: error.message, field: error.field }));
}
