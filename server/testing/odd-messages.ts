/** Texts that are no message of a client: of every kind that somebody could think of. */

const PATCH = {
  type: 'PatchObject',
  target: { group: '', version: 'v1', resource: 'pods', namespace: 'polls', name: 'x' },
  subresource: '',
  patchType: 'merge',
  patch: {},
  fieldManager: 'x',
  said: 'patched',
};

/** JSON that is a value, but no message. */
const VALUES = [
  null,
  true,
  0,
  -1.5e300,
  'text',
  '',
  [],
  [[]],
  {},
  { type: null },
  { type: 'Command' },
  { type: 'toString' },
  { type: ['command'] },
  { type: 'welcome' },
  { type: 'command' },
  { type: 'command', commandId: 7, command: { type: 'Pause' } },
  { type: 'command', commandId: '', command: { type: 'Pause' } },
  { type: 'command', commandId: 'a/b', command: { type: 'Pause' } },
  { type: 'command', commandId: 'a'.repeat(65), command: { type: 'Pause' } },
  { type: 'command', commandId: 'a', command: null },
  { type: 'command', commandId: 'b', command: { type: 'Explode' } },
  { type: 'command', commandId: 'c', command: { type: 'Pause' }, seat: 'system' },
  { type: 'command', commandId: 'd', command: { type: 'PostMessage', text: { length: 1 } } },
  { type: 'command', commandId: 'e', command: { type: 'PostMessage', text: 'a'.repeat(10_001) } },
  { type: 'command', commandId: 'f', command: { type: 'JoinSeat', name: 'Eve', kind: 'facilitator' } },
  { type: 'command', commandId: 'g', command: { type: 'Connected', seat: 'seat-000000000000' } },
  { type: 'command', commandId: 'h', command: { type: 'Observed', observation: { tool: 'get' } } },
  { type: 'command', commandId: 'i', command: { type: 'ServerReturned', awaySeconds: 1 } },
  { type: 'command', commandId: 'j', command: { type: 'ChooseRole', role: 'constructor' } },
  { type: 'command', commandId: 'k', command: { type: 'SetSpeed', speed: '4' } },
  { type: 'command', commandId: 'l', command: { type: 'ExtendTime', seconds: null } },
  { type: 'command', commandId: 'm', command: { type: 'PinEvent', eventSeq: 1.5 } },
  { type: 'command', commandId: 'n', command: { type: 'RunCluster', command: { type: 'RemoveFile' } } },
  { type: 'command', commandId: 'o', command: { type: 'RunCluster', command: { ...PATCH, extra: 1 } } },
  { type: 'command', commandId: 'p', command: { type: 'RunCluster', command: { ...PATCH, target: 'x' } } },
  { type: 'line', terminal: 'main', lineId: 'x', line: 7 },
  { type: 'line', terminal: '../main', lineId: 'x', line: 'ls' },
  { type: 'line', terminal: 'main', lineId: 'x', line: 'a'.repeat(20_001) },
  { type: 'interrupt' },
  { type: 'complete', requestId: 'x', terminal: 'main', line: 'k', cursor: -1 },
  { type: 'received', seq: -1 },
  { type: 'received', seq: 1e400 },
  { type: 'resync', now: true },
  { type: 'query', requestId: 'x', query: { kind: 'wire' } },
  { type: 'query', requestId: 'x', query: { kind: 'summary' } },
  { type: 'query', requestId: 'x', query: { kind: 'logs', search: { limit: 1e9 } } },
  { type: 'query', requestId: 'x', query: { kind: 'series', name: 'up', labels: [], fromMicros: 0 } },
];

/** JSON with members that mean something to JavaScript; `JSON.stringify` would not write them. */
const PROTOTYPES = [
  '{"__proto__":{"type":"resync"}}',
  '{"type":"resync","__proto__":{}}',
  '{"type":"command","commandId":"q","command":{"type":"Pause","__proto__":{"seat":"system"}}}',
  '{"type":"command","commandId":"r","command":{"type":"Pause","constructor":{"prototype":{}}}}',
];

/** No JSON, or too much of it. */
const TEXTS = [
  '',
  ' ',
  '{',
  '{"type":"resync"}}',
  "{'type':'resync'}",
  'NaN',
  'undefined',
  '\u0000',
  '\ud800',
  '\ufeff{"type":"resync"}',
  '['.repeat(20_000),
  '['.repeat(5000) + ']'.repeat(5000),
  `{"type":"resync","x":${'{"x":'.repeat(40)}1${'}'.repeat(40)}}`,
  `[${'0,'.repeat(20_000)}0]`,
];

/** All of them. */
export function oddMessages(): string[] {
  return [...VALUES.map((value) => JSON.stringify(value)), ...PROTOTYPES, ...TEXTS];
}
