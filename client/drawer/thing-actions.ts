/**
 * What can be done with a thing: real lines with its own names, each with a sentence about it. The list is
 * the same for every thing of a kind; only names and numbers that stand in its facts are filled in.
 */
import type { FactVolume, ThingFacts } from '@chaotic-good/engine/protocol/thing-facts';

/** A line that a person may run. */
export type ThingAction = {
  /** What it does, in two or three words. */
  label: string;
  /** The shell line. */
  line: string;
  /** What it does, in a sentence. */
  why: string;
  /** Whether it changes the system. */
  changes: boolean;
};

/** Entries of a configuration that are short enough to be written in a line. */
const VALUE_MAX = 60;

function look(label: string, line: string, why: string): ThingAction {
  return { label, line, why, changes: false };
}

function change(label: string, line: string, why: string): ThingAction {
  return { label, line, why, changes: true };
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
    change(
      'Delete',
      `${kubectl} delete pod ${name}`,
      'Ends this pod; its workload makes a new one, on a node that takes pods.',
    ),
  ];
}

/** Limits as `set resources` takes them; round ones where there are none. */
function limitsText({ cpuLimit, memoryLimit }: ThingFacts['containers'][number]): string {
  const parts = [cpuLimit && `cpu=${cpuLimit}`, memoryLimit && `memory=${memoryLimit}`].filter(Boolean);
  return parts.length === 0 ? 'cpu=1,memory=1Gi' : parts.join(',');
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
    ...facts.containers.map((one) =>
      change(
        `Limits of ${one.name}`,
        `${kubectl} set resources ${id} -c ${one.name} --limits=${limitsText(one)}`,
        'Sets what the container may use; it says the present limits, change a number first.',
      ),
    ),
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
      change(
        `Set ${key}`,
        `${kubectl} patch configmap ${name} --type=merge -p '${JSON.stringify({ data: { [key]: value } })}'`,
        'Writes this entry; it says what is there now, change it first. Programs read it when they start.',
      ),
    );
    return [yaml, ...entries];
  }
  if (kind === 'networkpolicy') {
    const why = 'Removes this rule; what only it let through is no longer let through.';
    return [yaml, describe, change('Delete', `${kubectl} delete ${id}`, why)];
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
