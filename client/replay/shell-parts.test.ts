import { expect, it } from 'vitest';
import { shellParts } from './shell-parts.ts';

/** The commands of a line; `→` behind one whose output went on. */
function parts(line: string): string[] {
  return shellParts(line).map(({ text, goesOn }) => (goesOn ? `${text} →` : text));
}

it('takes a line apart at the signs of a shell, and leaves out what only filters', () => {
  expect(parts('kubectl get pods')).toEqual(['kubectl get pods']);
  expect(parts('kubectl get pods|grep x | wc -l')).toEqual(['kubectl get pods →']);
  expect(parts('kubectl get a; kubectl get b && kubectl get c || date &')).toEqual([
    'kubectl get a',
    'kubectl get b',
    'kubectl get c',
    'date',
  ]);
  expect(parts('kubectl get a | head; kubectl get b >> x.txt; ls')).toEqual([
    'kubectl get a →',
    'kubectl get b →',
    'ls',
  ]);
  expect(parts('kubectl logs web 2>&1')).toEqual(['kubectl logs web']);
});

it('takes no sign for one that is quoted or escaped', () => {
  for (const line of [`psql -c 'a;b|c'`, `echo "a && \\"b"`, 'echo a\\;b'])
    expect(parts(line)).toEqual([line]);
  expect(parts(`echo 'never ends | x`)[0]).toContain(`'never ends`);
  expect(parts('  ')).toEqual([]);
});
