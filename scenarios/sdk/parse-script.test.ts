import { expect, it } from 'vitest';
import { dueMicros, parseScript, parseTime } from './parse-script.ts';

it('times count from the start or, with a plus, from the onset', () => {
  expect(parseTime('02:05')).toEqual({ from: 'start', micros: 125e6 });
  expect(parseTime('1:00:01')).toEqual({ from: 'start', micros: 3601e6 });
  expect(parseTime('+90.5')).toEqual({ from: 'onset', micros: 90.5e6 });
  expect(dueMicros({ from: 'onset', micros: 5e6 }, 40e6)).toBe(45e6);
  for (const wrong of ['02:60', '-5', '1:2:3:4', 'soon', '']) expect(parseTime(wrong)).toBeNull();
});

it('lines say who does what; comments and blank lines say nothing', () => {
  const script = `
    # the opening
    00:00 ada role ops
    +02:05   ada  sh   kubectl get pods | grep -v "Running  "

    130 bo do {"type":"DeclareIncident","severity":"SEV2"}`;
  expect(parseScript(script, 'x')).toEqual([
    { number: 3, time: { from: 'start', micros: 0 }, player: 'ada', action: { do: 'role', role: 'ops' } },
    {
      number: 4,
      time: { from: 'onset', micros: 125e6 },
      player: 'ada',
      action: { do: 'sh', line: 'kubectl get pods | grep -v "Running  "' },
    },
    {
      number: 6,
      time: { from: 'start', micros: 130e6 },
      player: 'bo',
      action: { do: 'command', command: { type: 'DeclareIncident', severity: 'SEV2' } },
    },
  ]);
});

it.each([
  ['later ada sh ls', 'moves.txt:1: later is no time'],
  ['00:10', 'moves.txt:1: after the time comes the player'],
  ['00:10 ada', 'moves.txt:1: after the player comes sh, do or role'],
  ['00:10 system sh ls', 'moves.txt:1: system is not a player'],
  ['00:10 ada run ls', 'moves.txt:1: no verb run; there is sh, do, role'],
  ['00:10 ada sh', 'moves.txt:1: sh needs something after it'],
  ['00:10 ada role opps', 'moves.txt:1: no role opps; '],
  ['\n00:10 ada do {oops', 'moves.txt:2: this is not JSON'],
  ['00:10 ada do {"type":"DeclareResolve"}', 'did you mean DeclareResolved?'],
])('%j is refused with file, line and reason', (text, message) => {
  expect(() => parseScript(text, 'moves.txt')).toThrow(message);
});
