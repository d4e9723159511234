/** The pieces that every `kubectl describe` is made of: labels, annotations, times, events. */
import type { Json, JsonObject, KubeObject } from '../../../platforms/kubernetes/api-types.ts';
import {
  asJson,
  countAt,
  listAt,
  objectAt,
  textAt,
  textMapAt,
} from '../../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../../platforms/kubernetes/json-values.ts';
import { ageText } from '../../../platforms/kubernetes/timestamps.ts';
import type { ClockOrigin } from '../../../platforms/kubernetes/timestamps.ts';

/** What a description may look at besides its object. */
export type DescribeClock = {
  /** For ages. */
  origin: ClockOrigin;
  /** Now. */
  atMicros: number;
};

/** A line at a level of indentation. */
export function line(level: number, text: string): string {
  return `${'  '.repeat(level)}${text}\n`;
}

/** `Name:`, `Namespace:` and the like; '' leaves the line out. */
export function optionalLine(level: number, title: string, value: string): string {
  return value === '' ? '' : line(level, `${title}:\t${value}`);
}

/** Labels one below the other. */
export function labelLines(title: string, labels: { [key: string]: string }, inner = '\t'): string {
  const keys = Object.keys(labels).sort(compareText);
  if (keys.length === 0) return `${title}:${inner}<none>\n`;
  return keys
    .map((key, index) => `${index === 0 ? `${title}:${inner}` : inner}${key}=${labels[key]}\n`)
    .join('');
}

const ANNOTATION_LENGTH_MAX = 140;

/** Annotations one below the other; what apply last wrote is left out. */
export function annotationLines(title: string, annotations: { [key: string]: string }): string {
  const keys = Object.keys(annotations)
    .filter((key) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .sort(compareText);
  if (keys.length === 0) return `${title}:\t<none>\n`;
  let text = `${title}:\t`;
  for (const [index, key] of keys.entries()) {
    const value = annotations[key].replace(/\n$/, '');
    if (index > 0) text += '\t';
    if (value.length + key.length + 2 > ANNOTATION_LENGTH_MAX || value.includes('\n')) {
      text += `${key}:\n`;
      for (const part of value.split('\n')) text += `\t  ${shortened(part, ANNOTATION_LENGTH_MAX - 2)}\n`;
    } else text += `${key}: ${value}\n`;
  }
  return text;
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}

/** Labels and annotations of an object. */
export function metaLines(object: KubeObject): string {
  const meta = objectAt(asJson(object), 'metadata');
  return (
    labelLines('Labels', textMapAt(meta, 'labels')) +
    annotationLines('Annotations', textMapAt(meta, 'annotations'))
  );
}

/** Tolerations one below the other. */
export function tolerationLines(title: string, tolerations: readonly JsonObject[]): string {
  if (tolerations.length === 0) return `${title}:\t<none>\n`;
  const sorted = tolerations.slice().sort((a, b) => compareText(textAt(a, 'key'), textAt(b, 'key')));
  return sorted
    .map((toleration, index) => {
      const [key, value, effect] = ['key', 'value', 'effect'].map((name) => textAt(toleration, name));
      const lead = key + (value === '' ? '' : `=${value}`) + (effect === '' ? '' : `:${effect}`);
      const exists = textAt(toleration, 'operator') === 'Exists' && value === '';
      const operator = exists ? `${lead === '' ? '' : ' '}op=Exists` : '';
      const seconds = toleration.tolerationSeconds;
      const lasts = typeof seconds === 'number' ? ` for ${seconds}s` : '';
      return `${index === 0 ? `${title}:\t` : '\t'}${lead}${operator}${lasts}\n`;
    })
    .join('');
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A timestamp as RFC 1123 with a numeric zone: `Mon, 05 Jan 2026 09:00:00 +0000`. */
export function longTime(timestamp: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}:\d{2})/.exec(timestamp);
  if (!parts) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const weekday = DAYS[((dayNumber(year, month, day) % 7) + 7) % 7];
  return `${weekday}, ${parts[3]} ${MONTHS[month - 1] ?? 'Jan'} ${parts[1]} ${parts[4]} +0000`;
}

/** Days since 1970-01-01 (H. Hinnant's days-from-civil). */
function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The controller that owns an object, `ReplicaSet/polls-5d4f8c7b9`; '' when none does. */
export function controllerText(object: KubeObject): string {
  const owner = object.metadata.ownerReferences?.find(({ controller }) => controller === true);
  return owner ? `${owner.kind}/${owner.name}` : '';
}

/** Events of an object, oldest first, as they stand at the end of a description. */
export function eventLines(events: readonly KubeObject[], clock: DescribeClock): string {
  if (events.length === 0) return 'Events:\t<none>\n';
  const sorted = events.map(asJson).sort((a, b) => {
    return compareText(lastSeen(a), lastSeen(b)) || compareText(nameOf(a), nameOf(b));
  });
  // kubectl underlines three letters with four dashes here.
  const head = line(1, 'Type\tReason\tAge\tFrom\tMessage') + line(1, '----\t------\t----\t----\t-------');
  let text = `Events:\n${head}`;
  for (const event of sorted) {
    const source = textAt(objectAt(event, 'source'), 'component') || textAt(event, 'reportingComponent');
    const cells = [textAt(event, 'type'), textAt(event, 'reason'), eventAge(event, clock), source];
    text += line(1, [...cells, textAt(event, 'message').trim().replaceAll('\n', ' ')].join('\t'));
  }
  return text;
}

function nameOf(event: JsonObject): string {
  return textAt(objectAt(event, 'metadata'), 'name');
}

/** When an event was last seen. */
export function lastSeen(event: JsonObject): string {
  const series = textAt(objectAt(event, 'series'), 'lastObservedTime');
  return (
    series || textAt(event, 'lastTimestamp') || textAt(event, 'eventTime') || textAt(event, 'firstTimestamp')
  );
}

/** `3m12s`, or `5s (x12 over 3m)` for an event that came again. */
export function eventAge(event: JsonObject, clock: DescribeClock): string {
  const age = (timestamp: string) => ageText(clock.origin, clock.atMicros, timestamp);
  const first = age(textAt(event, 'eventTime') || textAt(event, 'firstTimestamp'));
  const series = objectAt(event, 'series');
  if (series)
    return `${age(textAt(series, 'lastObservedTime'))} (x${countAt(series, 'count')} over ${first})`;
  const count = countAt(event, 'count');
  return count > 1 ? `${age(textAt(event, 'lastTimestamp'))} (x${count} over ${first})` : first;
}

/** Titles of columns, underlined. */
export function headerLines(titles: readonly string[]): string {
  return line(1, titles.join('\t')) + line(1, titles.map((title) => '-'.repeat(title.length)).join('\t'));
}

/** Conditions with the given columns. */
export function conditionLines(
  conditions: readonly JsonObject[],
  columns: readonly [string, string][],
): string {
  if (conditions.length === 0) return '';
  const titles = columns.map(([title]) => title);
  let text = `Conditions:\n${headerLines(titles)}`;
  for (const condition of conditions) {
    const cells = columns.map(([, field]) => textAt(condition, field));
    text += line(1, cells.map((cell, index) => (index === 0 ? `${cell} ` : cell)).join('\t'));
  }
  return text;
}

/** A list of JSON texts as Go prints it, e.g. `[ReadWriteOnce]`. */
export function textList(parent: JsonObject | undefined, key: string, separator = ','): string {
  return listAt(parent, key)
    .map((item: Json) => String(item))
    .join(separator);
}
