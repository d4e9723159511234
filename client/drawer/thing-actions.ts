/**
 * What can be done with a thing: real lines with its own names, each with a sentence about it. The list is
 * the same for every thing of a kind; only names and numbers that stand in its facts are filled in. What a
 * line needs besides is chosen from lists, so that nobody has to type.
 */
import type { FactVolume, ThingFacts } from '@chaotic-good/engine/protocol/thing-facts';

/** Something to choose before a line is put into the terminal. */
export type ActionField = {
  /** What it is. */
  label: string;
  /** What can be chosen. */
  options: string[];
  /** What is chosen at first. */
  value: string;
};

/** A line that a person may run. */
export type ThingAction = {
  /** What it does, in two or three words. */
  label: string;
  /** The shell line, with what is chosen at first. */
  line: string;
  /** What can be chosen; empty when nothing can. */
  fields: ActionField[];
  /** The line with these choices, in the order of the fields. */
  write: (values: readonly string[]) => string;
  /** What it does, in a sentence. */
  why: string;
  /** Whether it changes the system. */
  changes: boolean;
};

/** Entries of a configuration that are short enough to be written in a line. */
const VALUE_MAX = 60;

function look(label: string, line: string, why: string): ThingAction {
  return { label, line, why, fields: [], write: () => line, changes: false };
}

function change(label: string, line: string, why: string): ThingAction {
  return { label, line, why, fields: [], write: () => line, changes: true };
}

/** A change whose line depends on choices. */
function choose(label: string, fields: ActionField[], write: ThingAction['write'], why: string): ThingAction {
  return { label, line: write(fields.map(({ value }) => value)), why, fields, write, changes: true };
}

/** A field whose present value stands first in mind; it is offered even when it is an odd one. */
function field(label: string, present: string, usual: readonly string[]): ActionField {
  const options = usual.includes(present) || present === '' ? [...usual] : [present, ...usual];
  return { label, options, value: present === '' ? usual[0] : present };
}

/** `kubectl`, with the namespace where it is not the terminal's own. */
export function kubectlFor(namespace: string, home: string): string {
  return namespace === '' || namespace === home ? 'kubectl' : `kubectl -n ${namespace}`;
}

function volumeActions({ namespace, pod, container, path, log }: FactVolume, home: string): ThingAction[] {
  const inside = `${kubectlFor(namespace, home)} exec ${pod} -c ${container} --`;
  const cut =
    log === ''
      ? []
      : [
          change(
            'Empty the log',
            `${inside} truncate -s 0 ${log}`,
            `Cuts ${log} to nothing; the program goes on writing to it. What it said until now is lost.`,
          ),
        ];
  return [
    look('Free space', `${inside} df -h ${path}`, `Tells how full ${path} is.`),
    look('What takes it', `${inside} du -ah ${path}`, `Tells how large each file below ${path} is.`),
    ...cut,
  ];
}

/** Actions on volumes, each path once. */
function onVolumes({ volumes }: ThingFacts, home: string): ThingAction[] {
  const paths = new Set<string>();
  return volumes
    .filter(({ path }) => !paths.has(path) && paths.add(path))
    .flatMap((volume) => volumeActions(volume, home));
}

function podActions(facts: ThingFacts, home: string): ThingAction[] {
  const { name, containers } = facts;
  const kubectl = kubectlFor(facts.namespace, home);
  return [
    look('Describe', `${kubectl} describe pod ${name}`, 'Tells all about this pod, its newest events last.'),
    ...containers.map((one) =>
      look(
        `Logs of ${one.name}`,
        `${kubectl} logs ${name} -c ${one.name} --tail=40`,
        `Prints the newest 40 lines that ${one.name} has logged.`,
      ),
    ),
    ...onVolumes(facts, home),
    ...databaseActions(facts, home),
    change(
      'Delete',
      `${kubectl} delete pod ${name}`,
      'Ends this pod; its workload makes a new one, on a node that takes pods.',
    ),
  ];
}

/** Sizes that people give containers. */
const CPU_SIZES = ['100m', '250m', '500m', '1', '2', '4'];
const MEMORY_SIZES = ['64Mi', '128Mi', '256Mi', '512Mi', '1Gi', '2Gi', '4Gi'];

/** Sets one limit and leaves the other as it is. */
function limitActions(
  { name, cpuLimit, memoryLimit }: ThingFacts['containers'][number],
  command: string,
): ThingAction[] {
  const limit = (resource: 'cpu' | 'memory', present: string, sizes: readonly string[]) =>
    choose(
      `${resource === 'cpu' ? 'CPU' : 'Memory'} limit of ${name}`,
      [field('limit', present, sizes)],
      ([size]) => `${command} -c ${name} --limits=${resource}=${size}`,
      `Sets how much ${resource === 'cpu' ? 'CPU' : 'memory'} the container may use; its pods are replaced.`,
    );
  return [limit('cpu', cpuLimit, CPU_SIZES), limit('memory', memoryLimit, MEMORY_SIZES)];
}

/** Values that an entry of a configuration can sensibly have besides the present one. */
const LEVELS = ['debug', 'info', 'warn', 'error'];
const SWITCHES = [
  ['true', 'false'],
  ['on', 'off'],
  ['yes', 'no'],
];

/** What can be chosen in place of a value, by what kind of value it is. */
function usualValues(value: string): string[] {
  const list = [LEVELS, ...SWITCHES].find((values) => values.includes(value.toLowerCase()));
  if (list !== undefined) return list;
  const [, digits = '', unit = ''] = /^(\d+)([a-zA-Z]{0,2})$/.exec(value) ?? [];
  if (digits === '' || Number(digits) === 0) return [value];
  const number = Number(digits);
  const scaled = [number / 4, number / 2, number, number * 2, number * 4].map(Math.round);
  return [...new Set(scaled.filter((one) => one > 0))].map((one) => `${one}${unit}`);
}

/** How much a PostgreSQL logs of what it is asked; two lines in one, because a setting must be read again. */
function databaseActions({ id, kind, name, containers, namespace }: ThingFacts, home: string): ThingAction[] {
  const database = containers.find(({ image }) => /(^|\/)postgres(:|$)/.test(image));
  if (database === undefined) return [];
  const pod = kind === 'pod' ? name : id;
  const psql = `${kubectlFor(namespace, home)} exec ${pod} -c ${database.name} -- psql -U postgres -c`;
  const settings = choose(
    'Statements logged',
    [field('log_statement', '', ['none', 'ddl', 'mod', 'all'])],
    ([value]) => `${psql} "alter system set log_statement = '${value}'" && ${psql} "select pg_reload_conf()"`,
    'Sets which statements the database writes to its log, and lets it read its settings again.',
  );
  return [
    look('Database settings', `${psql} "show log_statement"`, 'Tells which statements the database logs.'),
    settings,
  ];
}

function workloadActions(facts: ThingFacts, home: string): ThingAction[] {
  const { id, kind, replicas } = facts;
  const kubectl = kubectlFor(facts.namespace, home);
  const scale =
    kind === 'daemonset'
      ? []
      : [
          change(
            'Scale',
            `${kubectl} scale ${id} --replicas=${(replicas ?? 1) + 1}`,
            `Runs one pod more than the ${replicas ?? 1} of now; change the number for another count.`,
          ),
        ];
  return [
    look('Describe', `${kubectl} describe ${id}`, 'Tells all about it: limits, image, newest events last.'),
    look('Rollout history', `${kubectl} rollout history ${id}`, 'Lists its revisions and what made each.'),
    change(
      'Undo the rollout',
      `${kubectl} rollout undo ${id}`,
      'Goes back to the revision before, pod by pod.',
    ),
    change(
      'Restart',
      `${kubectl} rollout restart ${id}`,
      'Replaces its pods by new ones, one after another.',
    ),
    ...scale,
    ...facts.containers.flatMap((one) => limitActions(one, `${kubectl} set resources ${id}`)),
    ...databaseActions(facts, home),
  ];
}

function nodeActions({ name }: ThingFacts): ThingAction[] {
  return [
    look('Describe', `kubectl describe node ${name}`, 'Tells all about this node, its newest events last.'),
    look(
      'Its pods',
      `kubectl get pods -A -o wide --field-selector spec.nodeName=${name}`,
      'Lists the pods that run on this node.',
    ),
    change('Cordon', `kubectl cordon ${name}`, 'New pods no longer come here; those that run stay.'),
    change('Uncordon', `kubectl uncordon ${name}`, 'New pods may come here again.'),
  ];
}

/** One more rule of a network policy, as a JSON patch. */
function admission(app: string, port: number): string {
  const value = {
    from: [{ podSelector: { matchLabels: { app } } }],
    ports: [{ protocol: 'TCP', port }],
  };
  return JSON.stringify([{ op: 'add', path: '/spec/ingress/-', value }]);
}

function objectActions(facts: ThingFacts, home: string): ThingAction[] {
  const { id, kind, name, data } = facts;
  const kubectl = kubectlFor(facts.namespace, home);
  const yaml = look('Show', `${kubectl} get ${id} -o yaml`, 'Prints it whole, as it is stored.');
  const describe = look(
    'Describe',
    `${kubectl} describe ${id}`,
    'Tells about it in words, newest events last.',
  );
  if (kind === 'configmap') {
    const short = data.filter(({ value }) => value.length <= VALUE_MAX && !/['"\\\n]/.test(value));
    const entries = short.map(({ key, value }) =>
      choose(
        `Set ${key}`,
        [field(key, value, usualValues(value))],
        ([chosen]) => {
          const patch = JSON.stringify({ data: { [key]: chosen } });
          return `${kubectl} patch configmap ${name} --type=merge -p '${patch}'`;
        },
        'Writes this entry; programs read it when they start, so restart what uses it.',
      ),
    );
    return [yaml, ...entries];
  }
  if (kind === 'networkpolicy') {
    const why = 'Removes this rule; what only it let through is no longer let through.';
    const { apps = [], ports = [] } = facts.rules ?? {};
    const admit = choose(
      'Let in one more',
      [field('from pods with app', '', apps), field('on port', '', ports.map(String))],
      ([app, port]) => `${kubectl} patch ${id} --type=json -p '${admission(app, Number(port))}'`,
      'Adds a rule that admits these pods on this port; what it lets in already stays as it is.',
    );
    const rules = apps.length === 0 || ports.length === 0 ? [] : [admit];
    return [yaml, describe, ...rules, change('Delete', `${kubectl} delete ${id}`, why)];
  }
  if (kind === 'persistentvolumeclaim') return [describe, ...onVolumes(facts, home)];
  const behind = `${kubectl} get endpoints ${name}`;
  return [yaml, describe, look('Endpoints', behind, 'Lists the addresses that it sends to.')];
}

/** What can be done with a thing; `home` is the namespace that the terminal is set to. */
export function thingActions(facts: ThingFacts, home: string): ThingAction[] {
  switch (facts.kind) {
    case 'pod':
      return podActions(facts, home);
    case 'node':
      return nodeActions(facts);
    case 'deployment':
    case 'statefulset':
    case 'daemonset':
      return workloadActions(facts, home);
    default:
      return objectActions(facts, home);
  }
}
