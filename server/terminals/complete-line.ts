/** What could stand at the cursor of a line: programs, verbs, kinds, flags, and names that exist now. */
import { GLOBAL_FLAGS, VERBS as VERB_DEFINITIONS } from '@chaotic-good/engine/console/kubectl/verbs';
import { CONSOLE_PROGRAMS, SHELL_PROGRAMS } from '@chaotic-good/scenarios/sdk/shell/console-programs';

/** Asks the console something that nobody sees and nothing records; '' when it cannot say. */
export type QuietRead = (argv: string[]) => Promise<string>;

const ITEMS_MAX = 100;

const VERBS = [
  'get',
  'describe',
  'logs',
  'top',
  'events',
  'rollout',
  'scale',
  'set',
  'patch',
  'label',
  'annotate',
  'apply',
  'delete',
  'cordon',
  'uncordon',
  'drain',
  'exec',
];

const KINDS = [
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'services',
  'endpoints',
  'endpointslices',
  'networkpolicies',
  'configmaps',
  'persistentvolumeclaims',
  'persistentvolumes',
  'events',
  'nodes',
  'namespaces',
];

const ROLLOUT = ['status', 'history', 'undo', 'restart', 'pause', 'resume'];
const SET = ['image', 'resources', 'env'];
const TOP = ['pods', 'nodes'];

/** What `-o` takes. */
const OUTPUTS = ['json', 'name', 'wide', 'yaml'];

/** Programs that every container has and people ask for. */
const INSIDE = ['cat', 'curl', 'df', 'du', 'env', 'ls', 'ps', 'tail', 'truncate'];

/** Verbs whose next word is a kind, and those that take pods at once. */
const TAKES_KIND = ['get', 'describe', 'scale', 'patch', 'label', 'annotate', 'delete'];
const TAKES_POD = ['logs', 'exec'];
const TAKES_NODE = ['cordon', 'uncordon', 'drain'];

/** The words before the cursor since the last `|`, `;` or `&`, and the one that is being typed. */
function wordsAt(line: string, cursor: number): { before: string[]; typed: string; from: number } {
  const left = line.slice(0, cursor);
  const start = Math.max(left.lastIndexOf('|'), left.lastIndexOf(';'), left.lastIndexOf('&')) + 1;
  const typed = /\S*$/.exec(left.slice(start))?.[0] ?? '';
  const from = cursor - typed.length;
  return { before: left.slice(start, from).split(/\s+/).filter(Boolean), typed, from };
}

/** Words that are no flags, nor values of those that take one. */
function plainWords(words: readonly string[]): { plain: string[]; namespace: string[] } {
  const plain: string[] = [];
  let namespace: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '-n' || word === '--namespace') namespace = ['-n', words[++at] ?? ''];
    else if (word === '-A' || word === '--all-namespaces') namespace = [word];
    else if (word.startsWith('--namespace=')) namespace = [word];
    else if (['-c', '--container', '-l', '-o', '-f', '--tail', '--since'].includes(word)) at++;
    else if (!word.startsWith('-')) plain.push(word);
  }
  return { plain, namespace };
}

/** Names of a kind that exist now. */
async function names(kind: string, namespace: string[], read: QuietRead): Promise<string[]> {
  const text = await read(['kubectl', 'get', kind, '-o', 'name', ...namespace]);
  return text.split('\n').filter(Boolean);
}

/** Flags of the verb that stands in the words, with those that every verb takes. */
function flagsOf([verb = '', second = '']: readonly string[]): string[] {
  const definition = VERB_DEFINITIONS[`${verb} ${second}`] ?? VERB_DEFINITIONS[verb];
  return [...(definition?.flags ?? []), ...GLOBAL_FLAGS].map(({ name }) => `--${name}`);
}

/** Containers of the pod or workload that stands in the words. */
async function containers(plain: readonly string[], namespace: string[], read: QuietRead): Promise<string[]> {
  const named = plain.find((word) => word.includes('/')) ?? plain[1];
  if (named === undefined) return [];
  const [kind, name] = named.includes('/') ? named.split('/') : ['pods', named];
  const inside = kind.startsWith('po') ? '.spec' : '.spec.template.spec';
  const path = `jsonpath={${inside}.containers[*].name}`;
  return (await read(['kubectl', 'get', kind, name, '-o', path, ...namespace])).split(/\s+/).filter(Boolean);
}

/** What takes the place of a flag's value, or of a flag; null when a plain word is to come. */
async function flagItems(words: readonly string[], typed: string, read: QuietRead): Promise<string[] | null> {
  const last = words.at(-1);
  if (last === '-n' || last === '--namespace') {
    return (await names('namespaces', [], read)).map((name) => name.replace(/^.*\//, ''));
  }
  if (last === '-o' || last === '--output') return OUTPUTS;
  const { plain, namespace } = plainWords(words);
  if (last === '-c' || last === '--container') return containers(plain, namespace, read);
  if (last === '--' && plain[0] === 'exec') return INSIDE;
  return typed.startsWith('-') ? flagsOf(plain) : null;
}

async function kubectlItems(words: readonly string[], typed: string, read: QuietRead): Promise<string[]> {
  const ofFlag = await flagItems(words, typed, read);
  if (ofFlag !== null) return ofFlag;
  const { plain, namespace } = plainWords(words);
  const [verb, second] = plain;
  if (verb === undefined) return VERBS;
  const bare = async (kind: string) =>
    (await names(kind, namespace, read)).map((name) => name.replace(/^.*\//, ''));
  if (plain.length === 1) {
    if (typed.includes('/')) return names(typed.slice(0, typed.indexOf('/')), namespace, read);
    if (verb === 'rollout') return ROLLOUT;
    if (verb === 'set') return SET;
    if (verb === 'top') return TOP;
    if (TAKES_POD.includes(verb)) return bare('pods');
    if (TAKES_NODE.includes(verb)) return bare('nodes');
    return TAKES_KIND.includes(verb) ? KINDS : [];
  }
  if (verb === 'rollout' || verb === 'set') {
    const known = await Promise.all(
      ['deployments', 'statefulsets'].map((kind) => names(kind, namespace, read)),
    );
    return known.flat().map((name) => name.replace(/\.apps\//, '/'));
  }
  return TAKES_KIND.includes(verb) || verb === 'top' ? bare(second) : [];
}

/** What could stand at the cursor, and from which column on it would be put. */
export async function completeLine(
  line: string,
  cursor: number,
  read: QuietRead,
): Promise<{ from: number; items: string[] }> {
  const { before, typed, from } = wordsAt(line, Math.max(0, Math.min(cursor, line.length)));
  const [program] = before;
  let items: string[] = [];
  if (program === undefined) items = [...CONSOLE_PROGRAMS, ...SHELL_PROGRAMS, 'help'];
  else if (program === 'kubectl' || program === 'k') items = await kubectlItems(before.slice(1), typed, read);
  const fitting = items.filter((item) => item.startsWith(typed)).sort((a, b) => (a < b ? -1 : 1));
  return { from, items: [...new Set(fitting)].slice(0, ITEMS_MAX) };
}
