/** `kubectl events`. */
import { printTable } from '../align-columns.ts';
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import type { KubeObject } from '../../platforms/kubernetes/api-types.ts';
import { asJson, objectAt, textAt } from '../../platforms/kubernetes/json-access.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { listObjects } from './ask.ts';
import { eventAge, lastSeen } from './describe/lines.ts';
import { nothingFound } from './get.ts';
import { flagList, flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { printObjects } from './object-output.ts';
import { observeObjects } from './observe-objects.ts';
import { unknownKind } from './resource-names.ts';

/** Answers `kubectl events …`. */
export function runEvents(invocation: Invocation): ConsoleReading {
  const kind = findResourceByWord('events');
  if (!kind) return refusal(unknownKind('events'));
  if (invocation.words.length > 0) {
    return refusal(
      `error: unknown command "${invocation.words[0]}" for "kubectl events"\nSee 'kubectl events -h' ` +
        'for help and examples',
    );
  }
  const about = readAbout(invocation);
  if (!about.ok) return refusal(about.error);
  const types = flagList(invocation, 'types');
  const wrong = types.find((type) => !['normal', 'warning'].includes(type.toLowerCase()));
  if (wrong !== undefined) return refusal('error: valid --types are Normal or Warning');
  const list = listObjects(invocation, kind);
  if (!list.ok) return refusal(list.error);
  const events = list.value
    .filter((event) => about.matches(event))
    .filter(
      (event) =>
        types.length === 0 ||
        types.some((type) => type.toLowerCase() === textAt(asJson(event), 'type').toLowerCase()),
    )
    .sort(
      (a, b) =>
        compareText(lastSeen(asJson(a)), lastSeen(asJson(b))) ||
        compareText(a.metadata.name, b.metadata.name),
    );
  if (events.length === 0) {
    const none = invocation.allNamespaces
      ? 'No events found.\n'
      : `No events found in ${invocation.namespace} namespace.\n`;
    return {
      ...shown(''),
      stderr: flagText(invocation, 'output') === undefined ? none : nothingFound(invocation, [kind]),
    };
  }
  const output = flagText(invocation, 'output') ?? '';
  if (output !== '') {
    const choice = { output, single: false, showManagedFields: false, noHeaders: false };
    const printed = printObjects(
      events.map((object) => ({ kind, object })),
      choice,
    );
    return printed.ok ? shown(printed.text, observeObjects(kind, events, true)) : refusal(printed.error);
  }
  return shown(printEvents(invocation, events), observeObjects(kind, events, false));
}

type About = { ok: true; matches: (event: KubeObject) => boolean } | { ok: false; error: string };

/** Which object `--for TYPE/NAME` means. */
function readAbout(invocation: Invocation): About {
  const text = flagText(invocation, 'for');
  if (text === undefined) return { ok: true, matches: () => true };
  const [word, name, ...more] = text.split('/');
  if (more.length > 0 || !name) return { ok: false, error: `error: --for must be in resource/name form` };
  const kind = findResourceByWord(word);
  if (!kind) return { ok: false, error: unknownKind(word) };
  return {
    ok: true,
    matches: (event) => {
      const about = objectAt(asJson(event), 'involvedObject');
      return textAt(about, 'kind') === kind.kind && textAt(about, 'name') === name;
    },
  };
}

function printEvents(invocation: Invocation, events: readonly KubeObject[]): string {
  const { kube, cluster } = invocation.world;
  const clock = { origin: kube.store, atMicros: cluster.nowMicros };
  const every = invocation.allNamespaces;
  const header = [...(every ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'];
  const rows = events.map((event) => {
    const json = asJson(event);
    const about = objectAt(json, 'involvedObject');
    return [
      ...(every ? [event.metadata.namespace ?? ''] : []),
      eventAge(json, clock),
      textAt(json, 'type'),
      textAt(json, 'reason'),
      `${textAt(about, 'kind')}/${textAt(about, 'name')}`,
      textAt(json, 'message').trim().replaceAll('\n', ' '),
    ];
  });
  return printTable(flagOn(invocation, 'no-headers') ? null : header, rows);
}
