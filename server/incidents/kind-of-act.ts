/** What kind of act a shell line is, for those who may not read the line itself. */

/** Kinds by the words that a line of kubectl begins with; the first that fits. */
const KINDS: readonly [begin: string, kind: string][] = [
  ['rollout restart', 'a restart'],
  ['rollout undo', 'a rollback'],
  ['rollout', 'a rollout'],
  ['scale', 'a change of replicas'],
  ['autoscale', 'a change of replicas'],
  ['set resources', 'a change of limits'],
  ['set image', 'another image'],
  ['set env', 'a change of settings'],
  ['delete', 'a deletion'],
  ['cordon', 'taking a node out'],
  ['drain', 'taking a node out'],
  ['uncordon', 'putting a node back'],
  ['exec', 'a command in a container'],
];
const CHANGES = ['apply', 'create', 'edit', 'patch', 'replace', 'label', 'annotate', 'taint'];

/** Words of a line without the name of the program and its first options: `-n polls`, `--context=x`. */
function wordsOf(line: string): string[] {
  const words = line.trim().split(/\s+/);
  if (words[0] === 'kubectl' || words[0] === 'k') words.shift();
  while (words[0]?.startsWith('-')) {
    const [option] = words.splice(0, 1);
    if ((option === '-n' || option === '--namespace') && words.length > 0) words.shift();
  }
  return words;
}

/** The kind of act in two or three words: `a restart`, `a rollback`; `a proposal` where no line tells. */
export function kindOfAct(line: string): string {
  const words = wordsOf(line);
  const [verb = ''] = words;
  const found = KINDS.find(([begin]) => begin === verb || begin === words.slice(0, 2).join(' '));
  if (found !== undefined) return found[1];
  return CHANGES.includes(verb) ? 'a change of the cluster' : 'a proposal';
}
