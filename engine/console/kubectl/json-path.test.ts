import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parseJsonPath, parseRelaxedPath, printJsonPath } from './json-path.ts';
import type { Json } from '../../platforms/kubernetes/api-types.ts';

const LIST: Json = {
  items: [
    {
      metadata: { name: 'a', labels: { 'app.kubernetes.io/name': 'x' } },
      status: { phase: 'Running', n: 3 },
    },
    {
      metadata: { name: 'b', labels: {} },
      status: { phase: 'Pending', n: 5, ready: [{ ok: true }, { ok: false }] },
    },
  ],
};

function print(text: string): string {
  const parsed = parseJsonPath(text);
  return parsed.ok ? printJsonPath(parsed.template, LIST) : parsed.error;
}

describe('JSONPath', () => {
  it.each([
    ['{.items[*].metadata.name}', 'a b'],
    ['{range .items[*]}{.metadata.name}{"\\t"}{.status.phase}{"\\n"}{end}', 'a\tRunning\nb\tPending\n'],
    [
      '{.items[0].metadata.labels.app\\.kubernetes\\.io/name}',
      'error parsing jsonpath {.items[0].metadata.labels.app\\.kubernetes\\.io/name}, unrecognized ' +
        "character in action: U+002F '/'",
    ],
    ["{.items[0].metadata.labels['app.kubernetes.io/name']}", 'x'],
    ['{.items[?(@.status.phase=="Running")].metadata.name}', 'a'],
    ['{.items[?(@.status.n>3)].metadata.name}', 'b'],
    ['{.items[?(@.status.ready)].metadata.name}', 'b'],
    ['{.items[-1].metadata.name} and {.items[0:1].metadata.name}', 'b and a'],
    ["{.items[0].metadata['name','labels']}", 'a {"app.kubernetes.io/name":"x"}'],
    ['{..name}', 'a b'],
    ['{$.items[1].status.n}', '5'],
    ['{.nothing.here}', ''],
    ['no braces', 'no braces'],
    ['{.items[', 'error parsing jsonpath {.items[, unterminated array'],
    ['{.items[}', 'error parsing jsonpath {.items[}, unterminated array'],
    ['{end}', 'error parsing jsonpath {end}, not in range, nothing to end'],
    ['{range .items[*]}x', 'error parsing jsonpath {range .items[*]}x, unexpected end of range'],
  ])('%j prints %j', (template, printed) => {
    expect(print(template)).toBe(printed);
  });

  it('takes the relaxed form of --sort-by', () => {
    for (const text of ['.items[0].status.n', 'items[0].status.n', '{.items[0].status.n}']) {
      const parsed = parseRelaxedPath(text);
      expect(parsed.ok && printJsonPath(parsed.template, LIST)).toBe('3');
    }
  });

  it('never throws', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '.',
      '..',
      '[',
      ']',
      '*',
      '?(',
      ')',
      '@',
      '"',
      "'",
      '\\',
      'items',
      '0',
      ':',
      ',',
      'range ',
      'end',
      '==',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => void print(pieces.join(''))),
      { numRuns: 1000 },
    );
  });
});
