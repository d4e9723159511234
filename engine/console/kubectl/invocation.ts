/** One call of kubectl with its words and flags read. */
import type { World } from '../../platforms/kubernetes/kube-state.ts';

/** One call of kubectl. */
export type Invocation = {
  /** What is looked at. */
  world: World;
  /** Seat that asks. */
  seat: string;
  /** The verb with its sub-verb, e.g. `rollout undo`. */
  verb: string;
  /** Namespace in effect. */
  namespace: string;
  /** Over all namespaces (`-A`). */
  allNamespaces: boolean;
  /** Words after the verb that are no flags, before `--`. */
  words: string[];
  /** Words after `--`; null when there was none. */
  afterDashes: string[] | null;
  /** Values of flags by long name. */
  flags: Map<string, string[]>;
  /** Standard input. */
  stdin: string;
  /** The whole line, for streams that go on with it. */
  argv: string[];
};

/** The last value of a flag, or undefined when it was not given. */
export function flagText(invocation: Invocation, name: string): string | undefined {
  return invocation.flags.get(name)?.at(-1);
}

/** Whether a switch is on; `otherwise` when it was not given. */
export function flagOn(invocation: Invocation, name: string, otherwise = false): boolean {
  const text = flagText(invocation, name);
  return text === undefined ? otherwise : text === 'true';
}

/** A number, or undefined when it was not given. */
export function flagNumber(invocation: Invocation, name: string): number | undefined {
  const text = flagText(invocation, name);
  return text === undefined ? undefined : Number(text) + 0;
}

/** All values of a flag that may be repeated or hold a comma list. */
export function flagList(invocation: Invocation, name: string): string[] {
  return (invocation.flags.get(name) ?? []).flatMap((text) => text.split(',')).filter((text) => text !== '');
}

/** The command's name as error messages say it. */
export function commandPath(invocation: Invocation): string {
  return `kubectl ${invocation.verb}`;
}
