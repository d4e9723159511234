/** Reads a kubectl line: finds the verb, reads its flags, and lets the verb answer. */
import type { ConsoleContext, ConsoleReading } from '../console-types.ts';
import { nearMisses } from '../near-miss.ts';
import { readFlags } from '../read-flags.ts';
import { refusal, shown } from '../reading.ts';
import type { World } from '../../platforms/kubernetes/kube-state.ts';
import type { Invocation } from './invocation.ts';
import { GLOBAL_FLAGS, GROUP_VERBS, REFUSED_VERBS, VERBS } from './verbs.ts';
import type { VerbDefinition } from './verbs.ts';

/** A line typed to kubectl; `argv[0]` is kubectl itself. */
export type KubectlLine = { world: World; context: ConsoleContext; argv: string[]; stdin: string };

/** The line read into a call, or the answer that ends it. */
export type InvocationReading =
  { ok: true; definition: VerbDefinition; invocation: Invocation } | { ok: false; reading: ConsoleReading };

/** Answers a kubectl line. */
export function runKubectl(line: KubectlLine): ConsoleReading {
  const read = readInvocation(line);
  return read.ok ? read.definition.run(read.invocation) : read.reading;
}

/** Reads a line into a call. */
export function readInvocation(line: KubectlLine): InvocationReading {
  const words = line.argv.slice(1);
  const at = verbIndex(words);
  const verb = words[at];
  if (verb === undefined) return answer(shown(helpText()));
  if (verb === 'help') return answer(shown(helpFor(words.slice(at + 1))));
  if (verb === 'options') return answer(shown(optionsText()));
  if (Object.hasOwn(REFUSED_VERBS, verb)) return answer(refusal(`error: ${REFUSED_VERBS[verb]}`));
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  if (Object.hasOwn(GROUP_VERBS, verb)) return readGroup(line, verb, rest, at);
  if (!Object.hasOwn(VERBS, verb)) return answer(unknownVerb(verb));
  return readCall(line, verb, rest);
}

const answer = (reading: ConsoleReading): InvocationReading => ({ ok: false, reading });

/** Reads `rollout undo`, `top pods`, `set image`. */
function readGroup(
  line: KubectlLine,
  verb: string,
  rest: readonly string[],
  from: number,
): InvocationReading {
  const at = from + verbIndex(rest.slice(from));
  const word = rest[at];
  const known = GROUP_VERBS[verb];
  if (word === undefined || word === '--') return answer(refusal(groupHelp(verb)));
  if (!Object.hasOwn(known, word)) {
    const [near] = nearMisses(word, Object.keys(known));
    const hint = near === undefined ? '' : `\n\nDid you mean this?\n\t${near}\n`;
    return answer(
      refusal(`error: unknown command "${word}"\nSee 'kubectl ${verb} -h' for help and examples${hint}`),
    );
  }
  return readCall(line, `${verb} ${known[word]}`, [...rest.slice(0, at), ...rest.slice(at + 1)]);
}

function readCall(line: KubectlLine, verb: string, rest: readonly string[]): InvocationReading {
  const definition = VERBS[verb];
  const specs = [...definition.flags, ...GLOBAL_FLAGS];
  const flags = readFlags(rest, specs);
  if (!flags.ok) {
    const typed = /^unknown flag: --(.*)$/.exec(flags.error);
    const [near] = typed
      ? nearMisses(
          typed[1],
          specs.map(({ name }) => name).filter((name) => name.length > 3),
        )
      : [];
    const hint = near === undefined ? '' : `\nDid you mean "--${near}"?`;
    return answer(refusal(`error: ${flags.error}\nSee 'kubectl ${verb} --help' for usage.${hint}`));
  }
  const { values, words, dashAt } = flags.read;
  if (values.get('help')?.at(-1) === 'true') return answer(shown(verbHelp(verb, definition)));
  const context = values.get('context')?.at(-1);
  if (context !== undefined && context !== 'incident') {
    return answer(refusal(`error: context "${context}" does not exist`));
  }
  const isExec = verb === 'exec';
  const invocation: Invocation = {
    world: line.world,
    seat: line.context.seat,
    verb,
    namespace: values.get('namespace')?.at(-1) || line.context.namespace,
    allNamespaces: values.get('all-namespaces')?.at(-1) === 'true',
    words: isExec && dashAt !== null ? words.slice(0, dashAt) : words,
    afterDashes: isExec && dashAt !== null ? words.slice(dashAt) : null,
    flags: values,
    stdin: line.stdin,
    argv: line.argv,
  };
  return { ok: true, definition, invocation };
}

/** Where the first word stands that is neither a flag nor the value of one. */
function verbIndex(words: readonly string[]): number {
  let at = 0;
  while (at < words.length && words[at].startsWith('-') && words[at] !== '-') {
    const word = words[at];
    const spec = GLOBAL_FLAGS.find(
      ({ name, short }) => word === `--${name}` || (short !== '' && word === `-${short}`),
    );
    at += spec && spec.kind !== 'switch' ? 2 : 1;
  }
  return at;
}

function unknownVerb(verb: string): ConsoleReading {
  const known = [...Object.keys(VERBS), ...Object.keys(GROUP_VERBS), ...Object.keys(REFUSED_VERBS)];
  const near = nearMisses(
    verb,
    known.filter((name) => !name.includes(' ')),
  );
  const hint =
    near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
  return refusal(`error: unknown command "${verb}" for "kubectl"${hint}`);
}

function helpText(): string {
  const verbs = [
    ...Object.keys(VERBS).filter((verb) => !verb.includes(' ')),
    ...Object.keys(GROUP_VERBS),
  ].sort((a, b) => (a < b ? -1 : 1));
  return (
    'kubectl controls the Kubernetes cluster manager.\n\n' +
    `Commands: ${verbs.join(', ')}\n\n` +
    'Usage:\n  kubectl [flags] [options]\n\n' +
    'Use "kubectl <command> --help" for more information about a given command.\n'
  );
}

function helpFor(words: readonly string[]): string {
  const [verb, sub] = words;
  if (verb === undefined) return helpText();
  const name = Object.hasOwn(GROUP_VERBS, verb) ? `${verb} ${GROUP_VERBS[verb][sub ?? ''] ?? ''}` : verb;
  if (Object.hasOwn(VERBS, name)) return verbHelp(name, VERBS[name]);
  return Object.hasOwn(GROUP_VERBS, verb) ? groupHelp(verb) : helpText();
}

function groupHelp(verb: string): string {
  const subs = [...new Set(Object.values(GROUP_VERBS[verb]))].map((sub) => `  ${sub}\n`).join('');
  return `Available Commands:\n${subs}\nUsage:\n  kubectl ${verb} SUBCOMMAND [options]\n`;
}

function verbHelp(verb: string, definition: VerbDefinition): string {
  const options = definition.flags
    .map(
      ({ name, short, kind }) =>
        `    ${short === '' ? '' : `-${short}, `}--${name}${kind === 'switch' ? '' : '='}\n`,
    )
    .join('');
  const list = options === '' ? '' : `\nOptions:\n${options}`;
  return `Usage:\n  kubectl ${verb} ${definition.usage}\n${list}`;
}

function optionsText(): string {
  const list = GLOBAL_FLAGS.map(
    ({ name, short }) => `    ${short === '' ? '' : `-${short}, `}--${name}\n`,
  ).join('');
  return `The following options can be passed to any command:\n\n${list}`;
}
