import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withoutExcused } from './allowlist.ts';
import { PACKAGE_RULES, checkDeclared, checkVersions } from './declared-packages.ts';
import type { Manifest, Manifests } from './declared-packages.ts';
import { ROOT, TOP_FOLDERS, parseSource, projectSources } from './source-files.ts';
import { printViolations } from './violation.ts';

/** The manifests that exist. */
function readManifests(): Manifests {
  const folders = ['', ...TOP_FOLDERS].filter((folder) => existsSync(join(ROOT, folder, 'package.json')));
  const read = (folder: string) =>
    JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;
  return Object.fromEntries(folders.map((folder) => [folder, read(folder)]));
}

it('every workspace declares what it imports, in exact versions', () => {
  const manifests = readManifests();
  const found = [
    ...projectSources().flatMap((source) => checkDeclared(source, manifests)),
    ...Object.entries(manifests).flatMap(([folder, manifest]) =>
      checkVersions(`${folder || '.'}/package.json`, manifest),
    ),
  ];
  expect(printViolations(withoutExcused(found, PACKAGE_RULES))).toEqual([]);
});

const SAMPLE: Manifests = {
  '': { devDependencies: { vitest: '4.1.12' } },
  server: { dependencies: { zod: '4.6.7' } },
};

it.each([
  ['server/config/a.ts', "import { z } from 'zod';", 0],
  ['server/config/a.ts', "import { readFileSync } from 'node:fs';", 0],
  ['server/config/a.ts', "import type { Logger } from 'pino';", 1],
  ['server/config/a.ts', "import { it } from 'vitest';", 1],
  ['server/config/a.test.ts', "import { it } from 'vitest';", 0],
  ['infra/checks/a.ts', "import { it } from 'vitest';", 0],
  ['infra/checks/a.ts', "import { z } from 'zod';", 1],
])('in %s, %s lacks %d declarations', (path, text, count) => {
  expect(checkDeclared(parseSource(path, text), SAMPLE)).toHaveLength(count);
});

it('a range of versions is refused', () => {
  const versions = (version: string) =>
    checkVersions('package.json', { dependencies: { a: version } }).length;
  expect(['1.2.3', '1.0.0-beta.1', '^1.2.3', '~1.2', '*', 'latest'].map(versions)).toEqual([
    0, 0, 1, 1, 1, 1,
  ]);
});
