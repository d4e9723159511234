import { describe, expect, it } from 'vitest';
import { mayKnow } from './audience.ts';
import type { Audience, Viewer } from './audience.ts';
import type { ClusterCommand, Observation } from './cluster-commands.ts';
import { matchesCommand } from './command-sign.ts';
import type { CommandPattern } from './command-sign.ts';
import { matchesName } from './name-pattern.ts';
import { matchesObservation } from './observation-pattern.ts';
import type { ObservationPattern } from './observation-pattern.ts';

describe('names with gaps', () => {
  it.each<[string, string, boolean]>([
    ['polls', 'polls', true],
    ['polls', 'polls-1', false],
    ['polls-*', 'polls-7c9f-x2x4l', true],
    ['*-polls', 'web-polls', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['ab*ba', 'aba', false],
    ['*', '', true],
  ])('%s for %s: %s', (pattern, name, fits) => expect(matchesName(pattern, name)).toBe(fits));
});

describe('observations', () => {
  const logs: Observation = {
    tool: 'logs',
    namespace: 'polls',
    pod: 'polls-7c',
    container: 'polls',
    templates: ['access', 'dbTimeout'],
  };
  const get: Observation = {
    tool: 'get',
    resource: 'networkpolicies',
    namespace: 'polls',
    names: ['postgres'],
    detail: true,
  };
  it.each<[string, ObservationPattern, Observation, boolean]>([
    ['what was shown', { tool: 'logs', pod: 'polls-*', template: 'db*' }, logs, true],
    ['not what was not shown', { tool: 'logs', pod: 'polls-*', template: 'oom' }, logs, false],
    ['in detail', { tool: 'get', resource: 'networkpolicies', name: 'postgres', detail: true }, get, true],
    [
      'a list is no detail',
      { tool: 'get', resource: 'networkpolicies', detail: true },
      { ...get, detail: false },
      false,
    ],
    ['another tool', { tool: 'top', resource: 'pods' }, logs, false],
    [
      'a series by label',
      { tool: 'series', name: 'node_*', labels: { node: 'worker-2' } },
      { tool: 'series', name: 'node_retransmits', labels: { node: 'worker-2' } },
      true,
    ],
    [
      'a series of another node',
      { tool: 'series', name: 'node_*', labels: { node: 'worker-2' } },
      { tool: 'series', name: 'node_retransmits', labels: { node: 'worker-1' } },
      false,
    ],
    [
      'a failed request',
      { tool: 'request', ok: false, error: '*timeout' },
      { tool: 'request', from: 'polls-1', to: 'postgres', port: 5432, ok: false, error: 'connect-timeout' },
      true,
    ],
  ])('%s', (_name, pattern, seen, fits) => expect(matchesObservation(pattern, seen)).toBe(fits));
});

describe('commands', () => {
  const target = { group: 'apps', version: 'v1', resource: 'deployments', namespace: 'polls', name: 'polls' };
  const patch = (body: object): ClusterCommand => ({
    type: 'PatchObject',
    target,
    subresource: '',
    patchType: 'merge',
    patch: body as never,
    fieldManager: 'kubectl',
    said: '',
  });
  const restart = patch({
    spec: {
      template: {
        metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-01-06T14:05:00Z' } },
      },
    },
  });
  const limited = (cpu: string) =>
    patch({
      spec: { template: { spec: { containers: [{ name: 'polls', resources: { limits: { cpu } } }] } } },
    });
  const LOW: CommandPattern = {
    type: 'lowLimit',
    resource: 'deployments',
    container: 'polls',
    of: 'cpu',
    atMost: '100m',
  };
  it.each<[string, CommandPattern, ClusterCommand, boolean]>([
    ['a restart', { type: 'restart', resource: 'deployments', name: 'polls' }, restart, true],
    [
      'a scale is no restart',
      { type: 'restart', resource: 'deployments' },
      patch({ spec: { replicas: 0 } }),
      false,
    ],
    [
      'scaled to zero',
      { type: 'scale', resource: 'deployments', replicasAtMost: 0 },
      patch({ spec: { replicas: 0 } }),
      true,
    ],
    [
      'scaled up',
      { type: 'scale', resource: 'deployments', replicasAtMost: 0 },
      patch({ spec: { replicas: 5 } }),
      false,
    ],
    ['a limit that is lowered', LOW, limited('40m'), true],
    ['a limit that is left', LOW, limited('100m'), true],
    ['a limit that is raised', LOW, limited('0.5'), false],
    ['a change of no limit', LOW, restart, false],
    ['any change', { type: 'change', resource: 'deployments', name: 'p*' }, restart, true],
    ['a change of something else', { type: 'change', resource: 'services' }, restart, false],
    [
      'a removed file',
      { type: 'removeFile', path: '/var/log/*' },
      {
        type: 'RemoveFile',
        in: { namespace: 'polls', pod: 'p', container: 'c' },
        path: '/var/log/a',
        recursive: false,
        force: false,
      },
      true,
    ],
  ])('%s', (_name, pattern, command, fits) => expect(matchesCommand(pattern, command)).toBe(fits));
});

describe('who may know', () => {
  const viewers: Viewer[] = [
    { kind: 'public' },
    { kind: 'seat', seat: 'ana', roles: ['ops'] },
    { kind: 'facilitator' },
    { kind: 'referee' },
  ];
  it.each<[string, Audience, boolean[]]>([
    ['everyone', 'everyone', [true, true, true, true]],
    ['the own seat', { seat: 'ana' }, [false, true, true, true]],
    ['another seat', { seat: 'ben' }, [false, false, true, true]],
    ['the own role', { role: 'ops' }, [false, true, true, true]],
    ['another role', { role: 'scribe' }, [false, false, true, true]],
    ['the facilitator', 'facilitator', [false, false, true, true]],
    ['the referee', 'referee', [false, false, false, true]],
  ])('%s', (_name, audience, expected) => {
    expect(viewers.map((viewer) => mayKnow(audience, viewer))).toEqual(expected);
  });
});
