/** Refusals of the API server: Status objects with the real reasons, codes and wordings. */
import type { ApiAnswer, JsonObject } from './api-types.ts';
import type { FieldError } from './field-errors.ts';
import { statusCauses } from './field-errors.ts';

/** What a refusal is about: the resource by its message names. */
export type StatusSubject = {
  /** API group, '' for core. */
  group: string;
  /** Plural resource. */
  plural: string;
  /** Kind. */
  kind: string;
};

/** An answer that refuses. */
export type Refusal = Extract<ApiAnswer, { ok: false }>;

/** `deployments.apps` or `pods`, as messages name a resource. */
export function resourceText(subject: { group: string; plural: string }): string {
  return subject.group === '' ? subject.plural : `${subject.plural}.${subject.group}`;
}

/** A refusal with the given code, reason and message. */
export function refuse(code: number, reason: string, message: string, details?: JsonObject): Refusal {
  const status: Refusal['status'] = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  };
  if (details !== undefined) status.details = details;
  return { ok: false, code, status };
}

function about(subject: StatusSubject, name: string): JsonObject {
  const details: JsonObject = { name, kind: subject.plural };
  if (subject.group !== '') details.group = subject.group;
  return details;
}

/** 404 for an object. */
export function notFound(subject: StatusSubject, name: string): Refusal {
  return refuse(404, 'NotFound', `${resourceText(subject)} "${name}" not found`, about(subject, name));
}

/** 404 for a resource nobody serves. */
export function unknownResource(): Refusal {
  return refuse(404, 'NotFound', 'the server could not find the requested resource');
}

/** 405. */
export function methodNotAllowed(): Refusal {
  const message = 'the server does not allow this method on the requested resource';
  return refuse(405, 'MethodNotAllowed', message);
}

/** 409 for a name that is taken. */
export function alreadyExists(subject: StatusSubject, name: string): Refusal {
  return refuse(
    409,
    'AlreadyExists',
    `${resourceText(subject)} "${name}" already exists`,
    about(subject, name),
  );
}

/** 409 with any cause. */
export function conflict(subject: StatusSubject, name: string, cause: string): Refusal {
  const message = `Operation cannot be fulfilled on ${resourceText(subject)} "${name}": ${cause}`;
  return refuse(409, 'Conflict', message, about(subject, name));
}

/** 409 for a write based on an older version. */
export function staleVersion(subject: StatusSubject, name: string): Refusal {
  const advice = 'please apply your changes to the latest version and try again';
  return conflict(subject, name, `the object has been modified; ${advice}`);
}

/** 409 for a request that means another object of the same name. */
export function wrongUid(
  subject: StatusSubject,
  name: string,
  uids: { asked: string; found: string },
): Refusal {
  const cause = `Precondition failed: UID in precondition: ${uids.asked}, UID in object meta: ${uids.found}`;
  return conflict(subject, name, cause);
}

/** 400. */
export function badRequest(message: string): Refusal {
  return refuse(400, 'BadRequest', message);
}

/** 403 from an admission rule. */
export function forbidden(subject: StatusSubject, name: string, cause: string): Refusal {
  const message = `${resourceText(subject)} "${name}" is forbidden: ${cause}`;
  return refuse(403, 'Forbidden', message, about(subject, name));
}

/** 422 with the fields that are wrong. */
export function invalid(
  subject: { group: string; kind: string },
  name: string,
  errors: FieldError[],
): Refusal {
  const seen = new Set<string>();
  const texts: string[] = [];
  for (const error of errors) {
    const text = `${error.field}: ${error.message}`;
    if (!seen.has(text)) texts.push(text);
    seen.add(text);
  }
  const kind = subject.group === '' ? subject.kind : `${subject.kind}.${subject.group}`;
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const details: JsonObject = { name, kind: subject.kind, causes: statusCauses(errors) };
  if (subject.group !== '') details.group = subject.group;
  return refuse(422, 'Invalid', `${kind} "${name}" is invalid: ${list}`, details);
}

/** 410 for a watch that asks for versions the log no longer has. */
export function expired(asked: number, oldest: number): Refusal {
  return refuse(410, 'Expired', `too old resource version: ${asked} (${oldest})`);
}
