/** What kubectl says about itself, its configuration and what the server serves. */
import { printTable } from '../align-columns.ts';
import type { ConsoleReading } from '../console-types.ts';
import { refusal, shown } from '../reading.ts';
import { compareText } from '../../platforms/kubernetes/json-values.ts';
import { RESOURCES, findResourceByWord } from '../../platforms/kubernetes/resources.ts';
import { writeYaml } from '../write-yaml.ts';
import { flagOn, flagText } from './invocation.ts';
import type { Invocation } from './invocation.ts';
import { writeJson } from './object-output.ts';
import { unknownKind } from './resource-names.ts';

const VERSION = 'v1.32.5';
const CONTEXT = 'incident';

/** Answers `kubectl version`. */
export function runVersion(invocation: Invocation): ConsoleReading {
  const client = `Client Version: ${VERSION}\nKustomize Version: v5.5.0\n`;
  if (flagOn(invocation, 'client')) return shown(client);
  const info = (gitVersion: string) => ({ major: '1', minor: '32', gitVersion, platform: 'linux/amd64' });
  const all = { clientVersion: info(VERSION), kustomizeVersion: 'v5.5.0', serverVersion: info(VERSION) };
  const output = flagText(invocation, 'output');
  if (output === 'json') return shown(`${writeJson(all)}\n`);
  if (output === 'yaml') return shown(writeYaml(all));
  if (output !== undefined) return refusal("error: --output must be 'yaml' or 'json'");
  return shown(`${client}Server Version: ${VERSION}\n`);
}

/** Answers `kubectl config …`. */
export function runConfig(invocation: Invocation): ConsoleReading {
  const [action] = invocation.words;
  switch (action) {
    case 'current-context':
      return shown(`${CONTEXT}\n`);
    case 'get-contexts': {
      const rows = [['*', CONTEXT, CONTEXT, invocation.seat, invocation.namespace]];
      return shown(printTable(['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'], rows));
    }
    case 'get-clusters':
      return shown(`NAME\n${CONTEXT}\n`);
    case 'get-users':
      return shown(`NAME\n${invocation.seat}\n`);
    case 'view':
      return shown(
        writeYaml({
          apiVersion: 'v1',
          clusters: [{ cluster: { server: 'https://10.96.0.1:443' }, name: CONTEXT }],
          contexts: [
            {
              context: { cluster: CONTEXT, namespace: invocation.namespace, user: invocation.seat },
              name: CONTEXT,
            },
          ],
          'current-context': CONTEXT,
          kind: 'Config',
          preferences: {},
          users: [{ name: invocation.seat, user: { token: 'REDACTED' } }],
        }),
      );
    case undefined:
      return shown(
        'Modify kubeconfig files. Available here: current-context, get-contexts, get-clusters, ' +
          'get-users, view\n',
      );
    default:
      return refusal(`error: kubectl config ${action} is not available here; name the namespace with -n`);
  }
}

/** Answers `kubectl cluster-info`. */
export function runClusterInfo(): ConsoleReading {
  return shown(
    'Kubernetes control plane is running at https://10.96.0.1:443\n\n' +
      "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
  );
}

/** Answers `kubectl auth …`. */
export function runAuth(invocation: Invocation): ConsoleReading {
  const [action, verb, resource] = invocation.words;
  if (action === 'whoami') return shown(printTable(['ATTRIBUTE', 'VALUE'], [['Username', invocation.seat]]));
  if (action !== 'can-i') {
    return refusal(`error: unknown command "${action ?? ''}"\nSee 'kubectl auth -h' for help and examples`);
  }
  if (flagOn(invocation, 'list'))
    return shown(
      printTable(['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'], [['*.*', '[]', '[]', '[*]']]),
    );
  if (verb === undefined || resource === undefined) {
    return refusal(
      'error: you must specify two arguments: verb resource or verb resource/resourceName.\n' +
        "See 'kubectl auth can-i -h' for help and examples.",
    );
  }
  const kind = findResourceByWord(resource.split('/')[0]);
  const warning =
    kind || resource === '*' ? '' : `Warning: the server doesn't have a resource type '${resource}'\n`;
  const quiet = flagOn(invocation, 'quiet');
  return { ...shown(quiet ? '' : 'yes\n'), stderr: warning };
}

/** Answers `kubectl api-resources`. */
export function runApiResources(invocation: Invocation): ConsoleReading {
  const group = flagText(invocation, 'api-group');
  const namespaced = flagText(invocation, 'namespaced');
  const kinds = RESOURCES.filter((kind) => group === undefined || kind.group === group)
    .filter((kind) => namespaced === undefined || String(kind.namespaced) === namespaced)
    .sort((a, b) => compareText(a.group, b.group) || compareText(a.plural, b.plural));
  const output = flagText(invocation, 'output') ?? '';
  if (output === 'name') {
    return shown(
      kinds.map((kind) => `${kind.plural}${kind.group === '' ? '' : `.${kind.group}`}\n`).join(''),
    );
  }
  if (output !== '' && output !== 'wide') return refusal(`error: --output must be one of 'wide', 'name'`);
  const wide = output === 'wide';
  const header = [
    'NAME',
    'SHORTNAMES',
    'APIVERSION',
    'NAMESPACED',
    'KIND',
    ...(wide ? ['VERBS', 'CATEGORIES'] : []),
  ];
  const verbs = 'create,delete,deletecollection,get,list,patch,update,watch';
  const rows = kinds.map((kind) => [
    kind.plural,
    kind.shortNames.join(','),
    kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    String(kind.namespaced),
    kind.kind,
    ...(wide ? [verbs, kind.categories.join(',')] : []),
  ]);
  return shown(printTable(flagOn(invocation, 'no-headers') ? null : header, rows));
}

/** Answers `kubectl api-versions`. */
export function runApiVersions(): ConsoleReading {
  const versions = RESOURCES.map(({ group, version }) => (group === '' ? version : `${group}/${version}`));
  return shown(
    [...new Set(versions)]
      .sort(compareText)
      .map((one) => `${one}\n`)
      .join(''),
  );
}

/** Answers `kubectl explain …`: which kind it is and what it has, in short. */
export function runExplain(invocation: Invocation): ConsoleReading {
  const [word] = invocation.words;
  if (word === undefined) {
    return refusal(
      'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a ' +
        'complete list of supported resources.',
    );
  }
  const [name, ...path] = word.split('.');
  const kind = findResourceByWord(word) ?? findResourceByWord(name);
  if (!kind) return refusal(unknownKind(name));
  if (path.length > 0 && !findResourceByWord(word)) {
    return refusal(
      `error: fields are not explained here; kubectl get ${name} NAME -o yaml shows what an object has`,
    );
  }
  const group = kind.group === '' ? '' : `GROUP:      ${kind.group}\n`;
  const fields = [
    ['apiVersion', '<string>'],
    ['kind', '<string>'],
    ['metadata', '<ObjectMeta>'],
    ...(kind.hasStatus || kind.countsGeneration ? [['spec', `<${kind.kind}Spec>`]] : []),
    ...(kind.hasStatus ? [['status', `<${kind.kind}Status>`]] : []),
  ];
  const list = fields.map(([field, type]) => `  ${field}\t${type}\n`).join('');
  return shown(`${group}KIND:       ${kind.kind}\nVERSION:    ${kind.version}\n\nFIELDS:\n${list}`);
}
