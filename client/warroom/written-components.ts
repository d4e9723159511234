/** Which components a shell line would change, read off its words; it is never run for that. */

/** Kinds by what people type for them. */
const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['pod', 'po pods'],
      ['deployment', 'deploy deployments deployment.apps deployments.apps'],
      ['statefulset', 'sts statefulsets statefulset.apps statefulsets.apps'],
      ['daemonset', 'ds daemonsets daemonset.apps daemonsets.apps'],
      ['service', 'svc services'],
      ['node', 'no nodes'],
      ['configmap', 'cm configmaps'],
      ['networkpolicy', 'netpol networkpolicies networkpolicy.networking.k8s.io'],
      ['persistentvolumeclaim', 'pvc persistentvolumeclaims'],
    ] as const
  ).flatMap(([kind, others]) => [kind, ...others.split(' ')].map((word) => [word, kind])),
);

/** Flags whose value is the next word; without them `-n polls` would read as a name. */
const WITH_VALUE = new Set(
  (
    '-n --namespace -c --container -p --patch --type -l --selector -f --filename -o --output ' +
    '--replicas --context --grace-period --timeout --to-revision --limits --requests --subresource'
  ).split(' '),
);
const WORKLOADS = ['deployment', 'statefulset', 'daemonset'];
/** Verbs that change what they name; `exec` only with a command that destroys. */
const WRITES = ['delete', 'scale', 'patch', 'edit', 'apply', 'cordon', 'uncordon', 'drain', 'set', 'rollout'];
const OF_NODES = ['cordon', 'uncordon', 'drain'];
const WRITING_ROLLOUTS = ['restart', 'undo', 'pause', 'resume'];

/** Words of the simple commands of a line, quotes taken off. */
function commandsOf(line: string): string[][] {
  const words = line.match(/"[^"]*"|'[^']*'|&&|\|\||[|;]|[^\s|;&"']+/g) ?? [];
  const commands: string[][] = [[]];
  for (const word of words) {
    if (/^(&&|\|\||[|;])$/.test(word)) commands.push([]);
    else commands.at(-1)?.push(word.replace(/^["']|["']$/g, ''));
  }
  return commands;
}

/** Words that are neither flags nor their values, nor settings as in `app=polls:2`. */
function plainWords(words: readonly string[]): string[] {
  return words.filter((word, at) => !/^-|=/.test(word) && !WITH_VALUE.has(words[at - 1] ?? ''));
}

/** `deploy/polls`, `deploy polls redis` and `pod/a pod/b` as components. */
function named(words: readonly string[]): string[] {
  if (words[0]?.includes('/')) {
    return words.flatMap((word) => {
      const [kind = '', name = ''] = word.split('/');
      return KINDS[kind] === undefined || name === '' ? [] : [`${KINDS[kind]}/${name}`];
    });
  }
  const kinds = (words[0] ?? '').split(',').map((word) => KINDS[word]);
  return words.slice(1).flatMap((name) => kinds.flatMap((kind) => (kind ? [`${kind}/${name}`] : [])));
}

/** What `exec` would change: its pod, when the command in it destroys. */
function executed(words: readonly string[]): string[] {
  const from = words.indexOf('--');
  const [target = ''] = plainWords(from < 0 ? words : words.slice(0, from));
  const inside = from < 0 ? words : words.slice(from + 1);
  if (!inside.some((word) => /(^|[\s/;&|])(rm|truncate)(\s|$)/.test(word))) return [];
  return named([target.includes('/') ? target : `pod/${target}`]);
}

function changedBy(words: readonly string[]): string[] {
  const [program = '', ...rest] = words;
  if (program !== 'kubectl' && program !== 'k') return [];
  const at = rest.indexOf(plainWords(rest)[0] ?? '');
  const verb = rest[at] ?? '';
  const after = rest.slice(at + 1);
  if (verb === 'exec') return executed(after);
  if (!WRITES.includes(verb)) return [];
  const plain = plainWords(after);
  if (OF_NODES.includes(verb)) return plain.map((name) => (name.includes('/') ? name : `node/${name}`));
  if (verb === 'rollout') return WRITING_ROLLOUTS.includes(plain[0] ?? '') ? named(plain.slice(1)) : [];
  return named(verb === 'set' ? plain.slice(1) : plain);
}

/** The workload that a pod belongs to: pods are named after it. The longest name that fits wins. */
function workloadOf(pod: string, components: readonly string[]): string[] {
  const owners = components.filter((component) => {
    const [kind = '', name = ''] = component.split('/');
    return WORKLOADS.includes(kind) && pod.startsWith(`${name}-`);
  });
  return owners.sort((a, b) => b.length - a.length).slice(0, 1);
}

/** The component and, for a pod, what it belongs to. */
export function withOwner(component: string, components: readonly string[]): string[] {
  if (!component.startsWith('pod/')) return [component];
  return [component, ...workloadOf(component.slice('pod/'.length), components)];
}

/**
 * Components (`kind/name`) that a line would change; a pod and the workload of `components` that it belongs
 * to. Empty for lines that only read, and for those whose target cannot be read off.
 */
export function writtenComponents(line: string, components: readonly string[]): string[] {
  const found = commandsOf(line)
    .flatMap(changedBy)
    .flatMap((one) => withOwner(one, components));
  return [...new Set(found)];
}
