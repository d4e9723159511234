import { describe, expect, it } from 'vitest';
import { readFlags } from './read-flags.ts';
import type { FlagSpec } from './read-flags.ts';

const SPECS: FlagSpec[] = [
  { name: 'namespace', short: 'n', kind: 'text' },
  { name: 'watch', short: 'w', kind: 'switch' },
  { name: 'stdin', short: 'i', kind: 'switch' },
  { name: 'tty', short: 't', kind: 'switch' },
  { name: 'replicas', short: '', kind: 'number' },
  { name: 'since', short: '', kind: 'duration' },
  { name: 'env', short: 'e', kind: 'list' },
  { name: 'dry-run', short: '', kind: 'optional' },
];

describe('flags', () => {
  it.each([
    ['-n polls pods', { namespace: ['polls'] }, ['pods']],
    ['pods -npolls', { namespace: ['polls'] }, ['pods']],
    ['pods -n=polls', { namespace: ['polls'] }, ['pods']],
    ['pods --namespace=polls --namespace b', { namespace: ['b'] }, ['pods']],
    ['-it x -- ls -l', { stdin: ['true'], tty: ['true'] }, ['x', 'ls', '-l']],
    ['-wn polls', { watch: ['true'], namespace: ['polls'] }, []],
    ['--watch=false -e a=1 -e b=2', { watch: ['false'], env: ['a=1', 'b=2'] }, []],
    ['--dry-run x --dry-run=client -', { 'dry-run': ['client'] }, ['x', '-']],
  ])('reads %j', (line, values, words) => {
    const reading = readFlags(line.split(' '), SPECS);
    expect(
      reading.ok && { values: Object.fromEntries(reading.read.values), words: reading.read.words },
    ).toEqual({
      values,
      words,
    });
  });

  it.each([
    ['--foo', 'unknown flag: --foo'],
    ['-wz', "unknown shorthand flag: 'z' in -z"],
    ['pods -n', "flag needs an argument: 'n' in -n"],
    ['--namespace', 'flag needs an argument: --namespace'],
    [
      '--replicas x',
      'invalid argument "x" for "--replicas" flag: strconv.ParseInt: parsing "x": invalid syntax',
    ],
    ['--since 5', 'invalid argument "5" for "--since" flag: time: invalid duration "5"'],
    [
      '-w=maybe',
      'invalid argument "maybe" for "-w, --watch" flag: strconv.ParseBool: parsing "maybe": invalid syntax',
    ],
  ])('refuses %j as Go does', (line, error) => {
    expect(readFlags(line.split(' '), SPECS)).toEqual({ ok: false, error });
  });
});
