import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { readYaml } from './read-yaml.ts';
import { writeYaml } from './write-yaml.ts';
import type { Json } from '../platforms/kubernetes/api-types.ts';

const SAMPLE: Json = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  data: {
    'polls.conf': 'LOG_LEVEL=info\n# comment\nPOOL=10\n',
    empty: '',
    port: '8080',
    on: 'true',
    'a: b': "it's",
  },
  spec: {
    args: ['--flag=x', '-v', '', '*', 'a: b', '# no', '{', 'null', '1e3', '10.0.0.1', '2026-01-05T00:00:00Z'],
    nested: [[1, 2], [], {}, [{ name: 'x', value: null }], { deep: [{ a: 1 }] }],
    number: 1.5,
    flag: false,
    last: 'line one\nline two',
    kept: 'text\n\n',
    indented: '  two\nnone\n',
  },
};

describe('YAML', () => {
  it('is written as kubectl prints it', () => {
    expect(writeYaml(SAMPLE)).toMatchInlineSnapshot(`
      "apiVersion: v1
      data:
        'a: b': it's
        empty: ""
        "on": "true"
        polls.conf: |
          LOG_LEVEL=info
          # comment
          POOL=10
        port: "8080"
      kind: ConfigMap
      spec:
        args:
        - --flag=x
        - -v
        - ""
        - '*'
        - 'a: b'
        - '# no'
        - '{'
        - "null"
        - "1e3"
        - 10.0.0.1
        - "2026-01-05T00:00:00Z"
        flag: false
        indented: |2
            two
          none
        kept: |+
          text

        last: |-
          line one
          line two
        nested:
        - - 1
          - 2
        - []
        - {}
        - - name: x
            value: null
        - deep:
          - a: 1
        number: 1.5
      "
    `);
  });

  // Each right side is what kubectl 1.32 printed for a config map with this value.
  it.each([
    ['a: b', "'a: b'"],
    ["it's", "it's"],
    ['- x', "'- x'"],
    ['a\tb', '"a\\tb"'],
    ['?x', '?x'],
    ['x #y', "'x #y'"],
    ['@a', "'@a'"],
    ['a:', "'a:'"],
    [':a', ':a'],
    ['-', "'-'"],
    ['=', '='],
    ['1_0', '"1_0"'],
    ['12:30', '"12:30"'],
    ['é', 'é'],
    [' lead', "' lead'"],
    ['trail ', "'trail '"],
    [' l\nb', '|2-\n   l\n  b'],
    ['a \nb', '"a \\nb"'],
    ['{"a":1}', `'{"a":1}'`],
    ['a, b', 'a, b'],
    ['~', '"~"'],
    ['0o7', '"0o7"'],
    ['<<', '<<'],
    ['. ', "'. '"],
    ['x]', 'x]'],
    ['\\n', '\\n'],
  ])('quotes %j as kubectl does', (value, written) => {
    expect(writeYaml({ k: value })).toBe(`k: ${written}\n`);
  });

  it('is read back as it was written', () => {
    expect(readYaml(writeYaml(SAMPLE))).toEqual({ ok: true, documents: [SAMPLE] });
  });

  it('comes back from any JSON value', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(' ', '\n', 'a', '#', ':', '-', '"', "'", '\t', '|', '1', '.') }),
      fc.constantFrom('y', 'no', '~', '0x1f', '0o7', '1_000', '12:30', '<<', '.5', '-', '? a', 'é', '😀'),
    );
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(text, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(readYaml(writeYaml({ value }))).toEqual({ ok: true, documents: [{ value }] });
      }),
      { numRuns: 1000 },
    );
  });

  it('reads what people write', () => {
    const text = `# a comment
apiVersion: apps/v1   # trailing
kind: Deployment
metadata: {name: polls, labels: {app: "polls", tier: web}}
spec:
  template:
    spec:
      containers:
      - name: polls
        command: ["/bin/sh", "-c",
          'sleep 1']
        args:
          - |
            one
              two
          - >-
            folded
            text
      -   name: sidecar
          image: a long
            plain text
---
---
{"kind": "List", "items": [1, true, null]}
`;
    expect(readYaml(text)).toEqual({
      ok: true,
      documents: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'polls', labels: { app: 'polls', tier: 'web' } },
          spec: {
            template: {
              spec: {
                containers: [
                  {
                    name: 'polls',
                    command: ['/bin/sh', '-c', 'sleep 1'],
                    args: ['one\n  two\n', 'folded text'],
                  },
                  { name: 'sidecar', image: 'a long plain text' },
                ],
              },
            },
          },
        },
        { kind: 'List', items: [1, true, null] },
      ],
    });
  });

  it.each([
    ['a: 1\n  b: 2\n', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a:\n  - 1\n b: 2\n', 'yaml: line 3: did not find expected key'],
    ['a: [1, 2\n', "yaml: line 1: did not find expected ',' or ']'"],
    ['a: "open\n', 'yaml: line 1: found unexpected end of stream'],
    ['a: &x 1\n', 'yaml: line 1: anchors, aliases and tags are not understood here'],
    ['a: 1\na: 2\n', 'yaml: line 2: key "a" already set in map'],
    ['a: b: c\n', 'yaml: line 1: mapping values are not allowed in this context'],
    ['\ta: 1\n', 'yaml: line 1: found character that cannot start any token'],
  ])('refuses %j with its line', (text, error) => {
    expect(readYaml(text)).toEqual({ ok: false, error });
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      'a',
      ': ',
      ':',
      '- ',
      '\n',
      '  ',
      '|',
      '>',
      '"',
      "'",
      '[',
      ']',
      '{',
      '}',
      ',',
      '#',
      '\t',
      '&',
      '---\n',
      '\\',
      '1',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        readYaml(pieces.join(''));
      }),
      { numRuns: 1000 },
    );
  });
});
