/** The forms of names, label keys and label values, with the real explanations of what is wrong. */

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SERVICE = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;

const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start " +
  "and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must " +
  "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const SERVICE_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic " +
  "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for " +
  "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')";
const QUALIFIED_TEXT =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an " +
  "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const VALUE_TEXT =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must " +
  "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used " +
  "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

function longerThan(text: string, largest: number): string | undefined {
  return text.length > largest ? `must be no more than ${largest} bytes` : undefined;
}

/** What is wrong with a DNS subdomain (most object names), or undefined. */
export function subdomainProblem(text: string): string | undefined {
  return longerThan(text, 253) ?? (SUBDOMAIN.test(text) ? undefined : SUBDOMAIN_TEXT);
}

/** What is wrong with a DNS label (namespaces, containers, volumes, ports' hosts), or undefined. */
export function labelNameProblem(text: string): string | undefined {
  return longerThan(text, 63) ?? (LABEL.test(text) ? undefined : LABEL_TEXT);
}

/** What is wrong with a Service name, or undefined. */
export function serviceNameProblem(text: string): string | undefined {
  return longerThan(text, 63) ?? (SERVICE.test(text) ? undefined : SERVICE_TEXT);
}

/** What is wrong with a label or annotation key, or undefined. */
export function qualifiedNameProblem(text: string): string | undefined {
  const parts = text.split('/');
  if (parts.length > 2) {
    return (
      "a qualified name must consist of alphanumeric characters, '-', '_' or '.' with an optional DNS " +
      "subdomain prefix and '/' (e.g. 'example.com/MyName')"
    );
  }
  if (parts.length === 2) {
    if (parts[0] === '') return 'prefix part must be non-empty';
    const prefix = subdomainProblem(parts[0]);
    if (prefix !== undefined) return `prefix part ${prefix}`;
  }
  const name = parts[parts.length - 1];
  if (name === '') return 'name part must be non-empty';
  const long = longerThan(name, 63);
  if (long !== undefined) return `name part ${long}`;
  return QUALIFIED.test(name) ? undefined : QUALIFIED_TEXT;
}

/** What is wrong with a label value, or undefined. */
export function labelValueProblem(text: string): string | undefined {
  return longerThan(text, 63) ?? (LABEL_VALUE.test(text) ? undefined : VALUE_TEXT);
}

/** What is wrong with the name of a port, or undefined. */
export function portNameProblem(text: string): string | undefined {
  if (text.length > 15) return 'must be no more than 15 characters';
  if (!/^[-a-z0-9]+$/.test(text))
    return 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)';
  if (!/[a-z]/.test(text)) return 'must contain at least one letter (a-z)';
  if (text.includes('--')) return 'must not contain consecutive hyphens';
  return /^-|-$/.test(text) ? 'must not begin or end with a hyphen' : undefined;
}

/** What is wrong with the name of an environment variable, or undefined. */
export function envNameProblem(text: string): string | undefined {
  if (/^[ -<>-~]+$/.test(text)) return undefined;
  return "a valid environment variable name must consist only of printable ASCII characters other than '='";
}

/** What is wrong with a key of a ConfigMap or Secret, or undefined. */
export function configKeyProblem(text: string): string | undefined {
  const long = longerThan(text, 253);
  if (long !== undefined) return long;
  if (text === '.' || text === '..') return `must not be '${text}'`;
  if (text.startsWith('..')) return "must not start with '..'";
  if (/^[-._a-zA-Z0-9]+$/.test(text)) return undefined;
  return (
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or " +
    "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
  );
}
