import { expect, it } from 'vitest';
import { readScript, splitWords } from './script-lines.ts';

it('splits a line into words, with quotes and selectors kept whole', () => {
  expect(splitWords(`kubectl patch deploy polls -p '{"spec": {"replicas": 3}}' --type "merge"`)).toEqual([
    'kubectl',
    'patch',
    'deploy',
    'polls',
    '-p',
    '{"spec": {"replicas": 3}}',
    '--type',
    'merge',
  ]);
  expect(splitWords('kubectl delete pod {pods app=polls node=worker-2} --wait=false')).toEqual([
    'kubectl',
    'delete',
    'pod',
    '{pods app=polls node=worker-2}',
    '--wait=false',
  ]);
  expect(splitWords(`a "" b\\ c`)).toEqual(['a', '', 'b c']);
});

it('reads times, seats and both kinds of lines, in order of time', () => {
  const lines = readScript(`
    # what ana and ben did
    08:00.5  ben  do  {"type":"DeclareResolved"}
    07:10    ana  sh  kubectl get pods
  `);
  expect(lines).toEqual([
    { atMicros: 430_000_000, seat: 'ana', kind: 'sh', argv: ['kubectl', 'get', 'pods'] },
    { atMicros: 480_500_000, seat: 'ben', kind: 'do', command: { type: 'DeclareResolved' } },
  ]);
});

it('says which line it cannot read', () => {
  expect(() => readScript('soon ana sh kubectl')).toThrow('soon ana sh kubectl');
});
