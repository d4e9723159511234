/** The verbs of kubectl: which flags each takes and what answers it. */
import type { ConsoleReading } from '../console-types.ts';
import type { FlagKind, FlagSpec } from '../read-flags.ts';
import {
  runApiResources,
  runApiVersions,
  runAuth,
  runClusterInfo,
  runConfig,
  runExplain,
  runVersion,
} from './about.ts';
import { runApply } from './apply.ts';
import { runDelete } from './delete.ts';
import { runDescribe } from './describe.ts';
import { runEvents } from './events.ts';
import { runExec } from './exec.ts';
import { runGet } from './get.ts';
import type { Invocation } from './invocation.ts';
import { runLabel } from './label.ts';
import { runLogs } from './logs.ts';
import { runCordon, runDrain, runTaint } from './nodes.ts';
import { runPatch } from './patch.ts';
import { runRollout } from './rollout.ts';
import { runScale } from './scale.ts';
import { runSetEnv, runSetImage, runSetResources } from './set.ts';
import { runTop } from './top.ts';

/** A verb, or a sub-verb such as `rollout undo`. */
export type VerbDefinition = {
  /** Its flags besides those that every verb takes. */
  flags: readonly FlagSpec[];
  /** How it is called, for `--help`. */
  usage: string;
  /** What answers it. */
  run: (invocation: Invocation) => ConsoleReading;
};

const KIND_OF_MARK: { readonly [mark: string]: FlagKind } = {
  '!': 'switch',
  '#': 'number',
  '@': 'duration',
  '+': 'list',
  '?': 'optional',
};

/** Reads `all-namespaces/A! output/o` as flags; the mark says what a flag takes, none is a text. */
function flags(text: string): FlagSpec[] {
  return text.split(' ').map((word) => {
    const found = /^([a-z-]+)(?:\/([A-Za-z]))?([!#@+?])?$/.exec(word);
    return {
      name: found?.[1] ?? word,
      short: found?.[2] ?? '',
      kind: KIND_OF_MARK[found?.[3] ?? ''] ?? 'text',
    };
  });
}

/** Flags that every verb takes. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = flags(
  'namespace/n kubeconfig context cluster user server/s token request-timeout as as-group+ as-uid ' +
    'cache-dir v/v ' +
    'certificate-authority client-certificate client-key tls-server-name insecure-skip-tls-verify! ' +
    'match-server-version! disable-compression! warnings-as-errors! help/h!',
);

const PRINT = 'output/o template show-managed-fields! allow-missing-template-keys!';
const FILES = 'filename/f+ kustomize/k recursive/R!';
const SELECT = 'selector/l field-selector';

const ROLLOUT_USAGE = '(TYPE NAME | TYPE/NAME) [flags]';

const rollout = (more: string): VerbDefinition => ({
  flags: flags(`${PRINT} ${FILES} ${SELECT} dry-run? field-manager ${more}`),
  usage: ROLLOUT_USAGE,
  run: runRollout,
});

const TOP_PODS: VerbDefinition = {
  flags: flags(`all-namespaces/A! ${SELECT} containers! no-headers! sort-by sum! use-protocol-buffers!`),
  usage: '[NAME | -l label]',
  run: runTop,
};

const TOP_NODES: VerbDefinition = {
  flags: flags(`${SELECT} no-headers! sort-by show-capacity! use-protocol-buffers!`),
  usage: '[NAME | -l label]',
  run: runTop,
};

const SET = `${PRINT} ${FILES} ${SELECT} all! dry-run? field-manager local!`;
const CHANGE =
  `${PRINT} ${FILES} ${SELECT} all! all-namespaces/A! dry-run? field-manager overwrite! ` +
  'list! resource-version local!';
const APPLY =
  `${PRINT} ${FILES} ${SELECT} dry-run? field-manager validate? server-side! ` +
  'force-conflicts! force! prune! overwrite! wait! cascade? grace-period# timeout@ save-config! ' +
  'edit! windows-line-endings!';

/** All verbs by name; sub-verbs stand under `verb sub`. */
export const VERBS: { readonly [verb: string]: VerbDefinition } = {
  get: {
    flags: flags(
      `${PRINT} ${FILES} ${SELECT} all-namespaces/A! watch/w! watch-only! output-watch-events! ` +
        'ignore-not-found! ' +
        'no-headers! show-labels! show-kind! label-columns/L+ sort-by subresource chunk-size# raw ' +
        'server-print!',
    ),
    usage:
      '[(-o|--output=)json|yaml|name|jsonpath|custom-columns|wide] (TYPE[.VERSION][.GROUP] [NAME | ' +
      '-l label] | TYPE[.VERSION][.GROUP]/NAME ...) [flags]',
    run: runGet,
  },
  describe: {
    flags: flags(`${FILES} ${SELECT} all-namespaces/A! show-events! chunk-size#`),
    usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
    run: runDescribe,
  },
  logs: {
    flags: flags(
      `${SELECT} container/c follow/f! previous/p! tail# since@ since-time timestamps! prefix! ` +
        'all-containers! ' +
        'all-pods! limit-bytes# max-log-requests# ignore-errors! pod-running-timeout@ ' +
        'insecure-skip-tls-verify-backend!',
    ),
    usage: '[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]',
    run: runLogs,
  },
  exec: {
    flags: flags('container/c stdin/i! tty/t! quiet/q! pod-running-timeout@ filename/f+'),
    usage: '(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args...]',
    run: runExec,
  },
  'top pod': TOP_PODS,
  'top node': TOP_NODES,
  events: {
    flags: flags(`${PRINT} all-namespaces/A! for types+ no-headers! watch/w! chunk-size#`),
    usage: '[(-o|--output=)json|yaml|name|jsonpath] [--for TYPE/NAME] [--types=Normal,Warning]',
    run: runEvents,
  },
  'rollout status': rollout('watch/w! timeout@ revision#'),
  'rollout history': rollout('revision#'),
  'rollout undo': rollout('to-revision#'),
  'rollout restart': rollout('all!'),
  'rollout pause': rollout('all!'),
  'rollout resume': rollout('all!'),
  scale: {
    flags: flags(
      `${PRINT} ${FILES} ${SELECT} all! replicas# current-replicas# resource-version timeout@ dry-run?`,
    ),
    usage: '[--current-replicas=count] --replicas=COUNT TYPE NAME',
    run: runScale,
  },
  'set image': { flags: flags(SET), usage: 'TYPE NAME CONTAINER_NAME=CONTAINER_IMAGE ...', run: runSetImage },
  'set env': {
    flags: flags(`${SET} containers/c env/e+ from keys+ list! overwrite! prefix resolve!`),
    usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
    run: runSetEnv,
  },
  'set resources': {
    flags: flags(`${SET} containers/c limits requests`),
    usage: 'TYPE NAME ([--limits=LIMITS & --requests=REQUESTS]',
    run: runSetResources,
  },
  patch: {
    flags: flags(`${PRINT} ${FILES} patch/p patch-file type subresource dry-run? field-manager local!`),
    usage: 'TYPE NAME -p PATCH [--type json|merge|strategic]',
    run: runPatch,
  },
  delete: {
    flags: flags(
      `output/o ${FILES} ${SELECT} all! all-namespaces/A! grace-period# force! now! wait! cascade? ` +
        'timeout@ ' +
        'ignore-not-found! dry-run? interactive/i! raw',
    ),
    usage: '([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
    run: runDelete,
  },
  cordon: { flags: flags(`${SELECT} dry-run?`), usage: 'NODE', run: runCordon },
  uncordon: { flags: flags(`${SELECT} dry-run?`), usage: 'NODE', run: runCordon },
  drain: {
    flags: flags(
      `${SELECT} force! ignore-daemonsets! delete-emptydir-data! delete-local-data! grace-period# timeout@ ` +
        'disable-eviction! pod-selector skip-wait-for-delete-timeout# chunk-size# dry-run? ignore-errors!',
    ),
    usage: 'NODE',
    run: runDrain,
  },
  label: {
    flags: flags(CHANGE),
    usage: '[--overwrite] TYPE NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
    run: runLabel,
  },
  annotate: {
    flags: flags(CHANGE),
    usage: '[--overwrite] TYPE NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
    run: runLabel,
  },
  taint: {
    flags: flags(`${PRINT} ${SELECT} all! overwrite! dry-run? field-manager validate?`),
    usage: 'NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
    run: runTaint,
  },
  apply: { flags: flags(APPLY), usage: '-f -', run: runApply },
  create: { flags: flags(APPLY), usage: '-f -', run: runApply },
  replace: { flags: flags(APPLY), usage: '-f -', run: runApply },
  explain: { flags: flags('recursive! api-version output/o'), usage: 'TYPE', run: runExplain },
  'api-resources': {
    flags: flags('output/o api-group namespaced? no-headers! cached! verbs+ sort-by categories+'),
    usage: '[flags]',
    run: runApiResources,
  },
  'api-versions': { flags: [], usage: '', run: runApiVersions },
  version: { flags: flags('client! output/o short!'), usage: '[flags]', run: runVersion },
  config: {
    flags: flags('output/o minify! raw! no-headers! current! flatten!'),
    usage: 'SUBCOMMAND',
    run: runConfig,
  },
  'cluster-info': { flags: [], usage: '', run: runClusterInfo },
  auth: {
    flags: flags('list! quiet/q! all-namespaces/A! subresource output/o'),
    usage: 'can-i VERB TYPE',
    run: runAuth,
  },
};

/** Verbs that are real but not here, and what to use in their place. */
export const REFUSED_VERBS: { readonly [verb: string]: string } = {
  edit: 'kubectl edit needs an editor; use kubectl patch or apply -f -',
  'port-forward':
    'kubectl port-forward is not available here; use kubectl exec POD -- curl http://localhost:PORT/',
  cp: 'kubectl cp is not available here; use kubectl exec POD -- cat FILE',
  attach: 'kubectl attach is not available here; use kubectl logs -f or kubectl exec POD -- COMMAND',
  debug: 'kubectl debug is not available here; use kubectl exec POD -- COMMAND',
  run: 'kubectl run is not available here; use kubectl create -f - with a manifest',
  expose: 'kubectl expose is not available here; use kubectl create -f - with a Service manifest',
  autoscale: 'kubectl autoscale is not available here; use kubectl scale',
  wait: 'kubectl wait is not available here; use kubectl rollout status or kubectl get -w',
  diff: 'kubectl diff is not available here; use kubectl get -o yaml',
  proxy: 'kubectl proxy is not available here; use kubectl get -o json',
  kustomize: 'kubectl kustomize is not available here; use kubectl apply -f -',
  certificate: 'kubectl certificate is not available here',
  completion: 'kubectl completion is not available here',
  plugin: 'kubectl plugin is not available here',
};

/** Verbs that only group others, with what they group. */
export const GROUP_VERBS: { readonly [verb: string]: { [word: string]: string } } = {
  top: { pod: 'pod', pods: 'pod', po: 'pod', node: 'node', nodes: 'node', no: 'node' },
  rollout: {
    status: 'status',
    history: 'history',
    undo: 'undo',
    restart: 'restart',
    pause: 'pause',
    resume: 'resume',
  },
  set: { image: 'image', env: 'env', resources: 'resources' },
};
